import LabKernel
import LabUnits

/// Tests whether the candidate's readings rank above stable's, as Kayenta's judge does.
///
/// Each reading gives one share of bad requests for each version that had requests. The rule fails when the lower end of the
/// Hodges-Lehmann interval of candidate minus stable lies above 0 and above the tolerated part of the
/// estimate (Kayenta, `MannWhitneyClassifier` and `NetflixACAJudge`). The interval is that of the normal approximation,
/// which R also takes for tied values, and shares of few requests are often tied. The last 60 readings are kept,
/// or as many as the rule needs.
struct RankMonitor: Sendable {
  let rule: RankRule
  private let score: Double
  private var stable: RecentValues
  private var candidate: RecentValues
  private var finding: HodgesLehmannShift?

  init(rule: RankRule) {
    self.rule = rule
    score = Elementary.normalQuantile((1 - rule.confidence.fraction) / 2)
    let capacity = max(60, rule.minimumReadings)
    stable = RecentValues(capacity: capacity)
    candidate = RecentValues(capacity: capacity)
  }

  mutating func observe(_ reading: MonitorReading) -> Bool {
    guard finding == nil else { return true }
    stable.append(shareOf: reading.stable, rule.of)
    candidate.append(shareOf: reading.candidate, rule.of)
    let (m, n) = (candidate.sorted.count, stable.sorted.count)
    guard min(m, n) >= max(rule.minimumReadings, 1) else { return false }
    let rank = HodgesLehmannShift.rank(m, n, score: score)
    let differences = PairwiseDifferences(first: candidate.sorted, second: stable.sorted)
    // Most readings end here: the lower end is above 0 only if fewer differences than its rank are not.
    guard rank >= 1, differences.count(atMost: 0) < rank else { return false }
    let shift = HodgesLehmannShift(differences, rank: rank)
    guard shift.low > rule.tolerance * shift.estimate.magnitude else { return false }
    finding = shift
    return true
  }

  var hasFailed: Bool { finding != nil }

  var reason: String {
    guard let finding else { return "" }
    return "\(PrintedFigure.percent(finding.estimate)) more \(rule.of.plural) than stable, "
      + "\(PrintedFigure.percent(rule.confidence)) interval \(PrintedFigure.percent(finding.low)) "
      + "to \(PrintedFigure.percent(finding.high))"
  }
}

/// The last values of a sequence, also in ascending order.
private struct RecentValues: Sendable {
  /// The values kept, ascending.
  private(set) var sorted: [Double] = []
  private let capacity: Int
  /// The values kept, by arrival, the oldest at `oldest`.
  private var arrivals: [Double] = []
  private var oldest = 0

  init(capacity: Int) { self.capacity = capacity }

  /// Takes in the share of bad requests, if there were any requests.
  mutating func append(shareOf counts: RequestCounts, _ kind: BadRequest) {
    guard counts.total > 0 else { return }
    let share = Double(counts.bad(kind)) / Double(counts.total)
    if arrivals.count < capacity {
      arrivals.append(share)
    } else {
      sorted.remove(at: place(of: arrivals[oldest]))
      arrivals[oldest] = share
      oldest = (oldest + 1) % capacity
    }
    sorted.insert(share, at: place(of: share))
  }

  /// The first place whose value is not smaller.
  private func place(of value: Double) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
