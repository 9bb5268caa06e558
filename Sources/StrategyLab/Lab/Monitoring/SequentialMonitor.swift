import LabKernel
import LabUnits

/// Tests after every reading whether the candidate's share of bad requests is above stable's.
///
/// A ``MixtureSequentialTest`` on all requests since the start. The rule fails when the candidate is the worse one
/// and λ reaches 1/α. λ is that of the two-sided test, whose alarms in the wrong direction do not count: about half
/// of the bound is left to pay for the variance being estimated.
///
/// The variance is the larger of two estimates, each version's own and that of equal shares. The first alone
/// fails where stable answers few requests: without a bad one among them it has no variance, and the usual failures
/// of the candidate look certain. In 240 readings of 30 requests to stable and 3,000 to the candidate, 1% of
/// both failing and 5% false alarms allowed, it cries wolf in 75% of 4,000 simulated releases; the larger one in 0.2%.
struct SequentialMonitor: Sendable {
  let rule: SequentialRule
  private let test: MixtureSequentialTest
  private let alarm: Double
  private var stable = RequestCounts.none
  private var candidate = RequestCounts.none
  private(set) var hasFailed = false

  init(rule: SequentialRule) {
    self.rule = rule
    let deviation = rule.mixture.fraction
    test = MixtureSequentialTest(mixtureVariance: deviation * deviation)
    alarm = -Elementary.logarithm(rule.falseAlarms.fraction)
  }

  mutating func observe(_ reading: MonitorReading) -> Bool {
    guard !hasFailed else { return true }
    stable += reading.stable
    candidate += reading.candidate
    hasFailed = isCandidateWorse
    return hasFailed
  }

  private var isCandidateWorse: Bool {
    guard stable.total > 0, candidate.total > 0 else { return false }
    let pair = TwoProportions(
      successes: candidate.bad(rule.of), of: candidate.total, against: stable.bad(rule.of),
      of: stable.total)
    let effect = pair.difference
    guard effect > 0 else { return false }
    let variance = max(pair.variance, pair.pooledVariance)
    // λ stays below exp(d² / 2v), which needs no logarithm and settles most readings.
    guard effect * effect >= 2 * variance * alarm else { return false }
    return test.logRatio(effect: effect, variance: variance) >= alarm
  }

  var reason: String {
    guard hasFailed else { return "" }
    let found = Double(candidate.bad(rule.of)) / Double(candidate.total)
    let usual = Double(stable.bad(rule.of)) / Double(stable.total)
    return
      "\(PrintedFigure.percent(found)) \(rule.of.plural) against \(PrintedFigure.percent(usual)) of stable, "
      + "with at most \(PrintedFigure.percent(rule.falseAlarms)) false alarms"
  }
}
