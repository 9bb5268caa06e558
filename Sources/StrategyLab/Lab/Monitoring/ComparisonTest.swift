import LabUnits

/// The gate of an A/B release: compares an outcome between the cohorts, with one bound on false alarms.
///
/// Where a health threshold asks whether the candidate is good enough, this asks whether it is worse than what the other
/// cohort gets at the same time, after every reading and for as long as the release takes. It is the
/// mixture sequential test of the `sequential` monitor.
public struct ComparisonTest: Sendable {
  private var monitor: SequentialMonitor

  /// A comparison that starts with empty hands.
  ///
  /// - Parameters:
  ///   - kind: The outcome compared.
  ///   - falseAlarms: The probability of ever calling an equal candidate worse, above 0 and below 100%.
  ///   - mixture: The difference of shares that is found soonest, above 0; 1% as in a `sequential` monitor.
  public init(
    of kind: BadRequest = .failures, falseAlarms: Share, mixture: Share = .percent(1)
  ) {
    monitor = SequentialMonitor(
      rule: SequentialRule(of: kind, falseAlarms: falseAlarms, mixture: mixture))
  }

  /// Takes a reading into account and says whether the candidate is worse than stable.
  ///
  /// - Parameter reading: What was counted since the reading before.
  /// - Returns: true from the reading at which the test finds it worse.
  public mutating func observe(_ reading: MonitorReading) -> Bool { monitor.observe(reading) }

  /// Forgets everything seen and starts again.
  ///
  /// - Parameter start: When watching begins; the test counts requests and not time, and makes no use of it.
  public mutating func restart(at start: Instant) {
    monitor = SequentialMonitor(rule: monitor.rule)
  }

  /// What the test found against the candidate, for people; empty as long as it found nothing.
  public var reason: String { monitor.reason }
}
