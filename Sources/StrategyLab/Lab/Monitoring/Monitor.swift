import LabUnits

/// A rule at work: it is shown one reading after the other and says when it has failed.
///
///     var monitor = Monitor(rule: rule, objective: .percent(99), start: .zero)
///     monitor.observe(reading)  // true: the candidate is worse than the rule allows
///
/// Readings come in order of time. Threshold, sequential and rank rules, once failed, stay so until
/// ``restart(at:)``; a burn rate, being an alert, ends when the trouble does.
public struct Monitor: Sendable {
  // One of them is there. Optional values are worked on where they lie; those of an enumeration would be moved out
  // and back at every reading.
  private var threshold: ThresholdMonitor?
  private var burnRate: BurnRateMonitor?
  private var sequential: SequentialMonitor?
  private var rank: RankMonitor?

  /// A rule that starts with empty hands.
  ///
  /// - Parameters:
  ///   - rule: The rule.
  ///   - objective: The share of requests that shall succeed, for burn rates.
  ///   - start: When watching begins; the first reading counts from here.
  ///   - cleanHistory: What burn rates saw before the start; nil if nothing was recorded.
  public init(
    rule: MonitorRule, objective: Share, start: Instant, cleanHistory: RequestRate? = nil
  ) {
    switch rule {
    case .threshold(let rule): threshold = ThresholdMonitor(rule: rule, start: start)
    case .burnRate(let rule):
      burnRate = BurnRateMonitor(
        rule: rule, objective: objective, start: start, cleanHistory: cleanHistory)
    case .sequential(let rule): sequential = SequentialMonitor(rule: rule)
    case .rank(let rule): rank = RankMonitor(rule: rule)
    }
  }

  /// Takes a reading into account and says whether the rule has failed.
  ///
  /// - Parameter reading: What was counted since the reading before.
  /// - Returns: true from the reading at which the rule fails.
  /// - Complexity: O(1) amortised; a rank rule takes time in proportion to the readings it keeps.
  public mutating func observe(_ reading: MonitorReading) -> Bool {
    threshold?.observe(reading) ?? burnRate?.observe(reading) ?? sequential?.observe(reading)
      ?? rank?.observe(reading) ?? false
  }

  /// Takes several readings into account over which counts are spread evenly.
  ///
  /// - Parameters:
  ///   - reading: the counts of all of them.
  ///   - readings: how many they are.
  ///   - interval: the time between two of them.
  /// - Returns: whether the rule has failed after the last one; only burn rates tell readings apart.
  mutating func observe(
    _ reading: MonitorReading, spreadOver readings: Int, every interval: Span
  ) -> Bool {
    burnRate?.observe(reading, spreadOver: readings, every: interval) ?? observe(reading)
  }

  /// Judges what was seen so far, where a rule would otherwise have waited for the end of an interval.
  ///
  /// - Returns: whether the rule has failed.
  public mutating func conclude() -> Bool {
    threshold?.conclude() ?? burnRate?.hasFailed ?? sequential?.hasFailed ?? rank?.hasFailed
      ?? false
  }

  /// Whether the rule will not fail while requests go on as they do; only burn rates look ahead.
  func staysSilent(_ requests: SteadyReadings) -> Bool {
    burnRate?.staysSilent(requests) ?? false
  }

  /// Forgets everything seen and starts again.
  public mutating func restart(at start: Instant) {
    threshold = threshold.map { ThresholdMonitor(rule: $0.rule, start: start) }
    burnRate = burnRate?.restarted(at: start)
    sequential = sequential.map { SequentialMonitor(rule: $0.rule) }
    rank = rank.map { RankMonitor(rule: $0.rule) }
  }

  /// What the rule found against the candidate, for people; empty as long as it finds nothing.
  public var reason: String {
    threshold?.reason ?? burnRate?.reason ?? sequential?.reason ?? rank?.reason ?? ""
  }
}

extension BadRequest {
  /// What the requests are called in a sentence: `3.2% failures`.
  var plural: String {
    switch self {
    case .failures: "failures"
    case .slow: "slow answers"
    }
  }
}
