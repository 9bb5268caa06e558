import LabStrategies
import LabUnits

extension PlanInspection {
  /// Watched pauses of a textbook strategy that end before the analysis has measured once.
  ///
  /// A controller that measures by itself says so through ``PlanChecked``.
  var analysisWarning: PlanWarning? {
    guard let phased = strategy as? any PhasedStrategy else { return nil }
    let monitoring = scenario.monitoring
    let needed = monitoring.analysis.map { $0.leastWatch(reading: monitoring.scrapeInterval) }.max()
    let pauses = phased.plan.phases.compactMap { phase -> Span? in
      if case .hold(let span, analysed: true) = phase { span } else { nil }
    }
    guard let needed, let shortest = pauses.min(), shortest < needed else { return nil }
    let short = pauses.count { $0 < needed }
    let which =
      pauses.count == 1
      ? "the watched pause is \(shortest.text)"
      : short == 1
        ? "1 of \(pauses.count) watched pauses is shorter, \(shortest.text)"
        : "\(short) of \(pauses.count) watched pauses are shorter, the shortest \(shortest.text)"
    return PlanWarning(
      .analysisSlowerThanStep, .warning,
      "the analysis needs \(needed.text) to measure once, and \(which): the release goes on unjudged",
      hint: "write pauses of at least \(needed.text), or measure more often")
  }
}

extension MonitorRule {
  /// The shortest time after which the rule can have said anything against a candidate.
  ///
  /// - Parameter interval: The time between two readings of the counters.
  /// - Returns: a time that begins with the watching; an alert's delay comes on top.
  fileprivate func leastWatch(reading interval: Span) -> Span {
    switch self {
    case .threshold(let rule): max(rule.interval, interval)
    case .burnRate(let rule): max(rule.holds, interval)
    case .sequential: interval
    case .rank(let rule): interval * rule.minimumReadings
    }
  }
}
