import LabUnits

/// Holds the candidate's share of bad requests against a maximum, interval by interval.
///
/// A measurement falls on the first reading at or after the end of each interval and looks at the requests since
/// the one before. With fewer requests than the rule wants it is dropped, requests and all, as an analysis of
/// Argo Rollouts neither fails nor passes without data. Failures add up and are never forgiven:
/// `failureLimit` of them are allowed, one more fails the rule.
struct ThresholdMonitor: Sendable {
  let rule: ThresholdRule
  private var nextMeasurement: Instant
  private var counts = RequestCounts.none
  private var failures = 0
  private var lastFailure = RequestCounts.none

  init(rule: ThresholdRule, start: Instant) {
    self.rule = rule
    nextMeasurement = start + rule.interval
  }

  private var hasFailed: Bool { failures > rule.failureLimit }

  mutating func observe(_ reading: MonitorReading) -> Bool {
    guard !hasFailed else { return true }
    counts += reading.candidate
    guard reading.time >= nextMeasurement else { return false }
    // The measurements stay on their grid, however late the reading came.
    let late = (reading.time - nextMeasurement).nanoseconds / rule.interval.nanoseconds
    nextMeasurement = nextMeasurement + rule.interval * Int(late + 1)
    measure()
    counts = .none
    return hasFailed
  }

  /// Measures now, whatever the interval says.
  mutating func conclude() -> Bool {
    if !hasFailed {
      measure()
      counts = .none
    }
    return hasFailed
  }

  private mutating func measure() {
    guard counts.total >= max(rule.minimumRequests, 1), exceeds else { return }
    failures += 1
    lastFailure = counts
  }

  /// Whether the share is above the maximum, in whole numbers of twice the width, which cannot overflow.
  private var exceeds: Bool {
    let bad = counts.bad(rule.of).multipliedFullWidth(by: 1_000_000)
    let allowed = counts.total.multipliedFullWidth(by: Int(rule.maximum.millionths))
    return (bad.high, bad.low) > (allowed.high, allowed.low)
  }

  var reason: String {
    guard failures > 0 else { return "" }
    let share = Double(lastFailure.bad(rule.of)) / Double(lastFailure.total)
    let finding =
      "\(PrintedFigure.percent(share)) \(rule.of.plural) above \(PrintedFigure.percent(rule.maximum))"
    return failures == 1 ? finding : "\(finding), \(failures) times"
  }
}
