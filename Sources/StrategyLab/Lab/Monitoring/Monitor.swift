import LabUnits

/// A rule at work: it is shown one reading after the other and says when it has failed.
///
///     var monitor = Monitor(rule: rule, objective: .percent(99), start: .zero)
///     monitor.observe(reading)  // true: the candidate is worse than the rule allows
///
/// Readings come in order of time. Threshold, sequential and rank rules, once failed, stay so until
/// ``restart(at:)``; a burn rate, being an alert, ends when the trouble does.
public struct Monitor: Sendable {
  /// One state a rule; an enumeration, so that a reading costs neither an allocation nor a table of methods.
  private enum State: Sendable {
    case threshold(ThresholdMonitor)
    case burnRate(BurnRateMonitor)
    case sequential(SequentialMonitor)
    case rank(RankMonitor)
    /// Stands in while a state is worked on, which then is the only owner of its arrays.
    case inWork
  }

  private var state: State

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
    case .threshold(let rule): state = .threshold(ThresholdMonitor(rule: rule, start: start))
    case .burnRate(let rule):
      state = .burnRate(
        BurnRateMonitor(
          rule: rule, objective: objective, start: start, cleanHistory: cleanHistory))
    case .sequential(let rule): state = .sequential(SequentialMonitor(rule: rule))
    case .rank(let rule): state = .rank(RankMonitor(rule: rule))
    }
  }

  /// Takes a reading into account and says whether the rule has failed.
  ///
  /// - Parameter reading: What was counted since the reading before.
  /// - Returns: true from the reading at which the rule fails.
  /// - Complexity: O(1) amortised; a rank rule takes time in proportion to the readings it keeps.
  public mutating func observe(_ reading: MonitorReading) -> Bool {
    let current = state
    state = .inWork
    switch consume current {
    case .threshold(var monitor):
      let hasFailed = monitor.observe(reading)
      state = .threshold(monitor)
      return hasFailed
    case .burnRate(var monitor):
      let isBurning = monitor.observe(reading)
      state = .burnRate(monitor)
      return isBurning
    case .sequential(var monitor):
      let hasFailed = monitor.observe(reading)
      state = .sequential(monitor)
      return hasFailed
    case .rank(var monitor):
      let hasFailed = monitor.observe(reading)
      state = .rank(monitor)
      return hasFailed
    case .inWork: return false
    }
  }

  /// Judges what was seen so far, where a rule would otherwise have waited for the end of an interval.
  ///
  /// - Returns: whether the rule has failed.
  public mutating func conclude() -> Bool {
    switch state {
    case .threshold(var monitor):
      let hasFailed = monitor.conclude()
      state = .threshold(monitor)
      return hasFailed
    case .burnRate(let monitor): return monitor.hasFailed
    case .sequential(let monitor): return monitor.hasFailed
    case .rank(let monitor): return monitor.hasFailed
    case .inWork: return false
    }
  }

  /// Forgets everything seen and starts again.
  public mutating func restart(at start: Instant) {
    switch state {
    case .threshold(let monitor):
      state = .threshold(ThresholdMonitor(rule: monitor.rule, start: start))
    case .burnRate(let monitor): state = .burnRate(monitor.restarted(at: start))
    case .sequential(let monitor): state = .sequential(SequentialMonitor(rule: monitor.rule))
    case .rank(let monitor): state = .rank(RankMonitor(rule: monitor.rule))
    case .inWork: break
    }
  }

  /// What the rule found against the candidate, for people; empty as long as it finds nothing.
  public var reason: String {
    switch state {
    case .threshold(let monitor): monitor.reason
    case .burnRate(let monitor): monitor.reason
    case .sequential(let monitor): monitor.reason
    case .rank(let monitor): monitor.reason
    case .inWork: ""
    }
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
