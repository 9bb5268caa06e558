import LabKernel

/// A metric at both levels of detail, world by world: whether the same worlds have it, and whether the means are equal.
///
/// Both levels play the same worlds, so the difference is taken in each and judged by Student's t; the world's luck
/// cancels out. Two things are added. A difference that is explained by the counting of single requests or
/// users cannot be told apart by a variance that was estimated from a level at which none occurred: its
/// probability is at least that of a Poisson count of the missing ones being 0. And a metric that exists in other worlds at
/// the one level than at the other is judged by McNemar's exact test on the worlds in which only one has it.
///
/// "Student" (1908), doi:10.1093/biomet/6.1.1; McNemar (1947), "Note on the Sampling Error of the Difference Between
/// Correlated Proportions or Percentages", Psychometrika 12(2), 153-157, doi:10.1007/BF02295996.
struct PairedLevels {
  /// Fewer pairs than this say nothing about a mean difference.
  static let leastPairs = 3
  /// Differences below this share of the values are rounding: the levels add up the same numbers in another order.
  private static let rounding = 1e-9

  /// Worlds in which both levels have a value.
  let pairs: Int
  /// The mean of request minus flow over these worlds; nil without any.
  let difference: Double?
  /// Half the length of the difference's 99% interval; nil with fewer than ``leastPairs``.
  let halfWidth: Double?
  /// The probability of being at least this far apart by chance; nil if there is too little to tell.
  let probability: Double?
  /// The same without regard to how few requests or users the difference comes to.
  let uncountedProbability: Double?

  /// The comparison of two columns.
  ///
  /// - Parameters:
  ///   - flow: a value a world, not-a-number where there is none.
  ///   - request: the values of the same worlds, in the same order.
  ///   - grain: what a single request or user makes of the metric's value, 0 if none does.
  ///   - resolution: the share of a value below which it is not measured.
  init(flow: [Double], request: [Double], grain: Double = 0, resolution: Double = 0) {
    var differences: [Double] = []
    var size = 0.0
    var (onlyFlow, onlyRequest) = (0, 0)
    for (left, right) in zip(flow, request) {
      switch (left.isNaN, right.isNaN) {
      case (false, false):
        let larger = max(left.magnitude, right.magnitude)
        let difference = right - left
        differences.append(difference.magnitude <= Self.rounding * larger ? 0 : difference)
        size += larger
      case (false, true): onlyFlow += 1
      case (true, false): onlyRequest += 1
      case (true, true): break
      }
    }
    pairs = differences.count
    let presence = Self.presence(
      onlyFlow: onlyFlow, onlyRequest: onlyRequest, worlds: min(flow.count, request.count))
    guard pairs >= Self.leastPairs, let interval = StudentInterval(differences, confidence: 0.99)
    else {
      difference = StudentInterval(differences)?.mean
      halfWidth = nil
      probability = presence
      uncountedProbability = presence
      return
    }
    difference = interval.mean
    halfWidth = interval.halfWidth
    let beyond = max(0, interval.mean.magnitude - resolution * size / Double(pairs))
    let student = Self.student(beyond, interval)
    let missing = grain > 0 ? beyond * Double(pairs) / grain : .infinity
    let counted = max(student, missing < 700 ? Elementary.exponential(-missing) : 0)
    probability = Self.both(counted, presence)
    uncountedProbability = Self.both(student, presence)
  }

  /// The two-sided probability of Student's t.
  private static func student(_ beyond: Double, _ interval: StudentInterval) -> Double {
    if beyond == 0 { return 1 }
    // The same difference in every world is no accident.
    guard interval.standardDeviation > 0 else { return 0 }
    let error = interval.standardDeviation / Double(interval.count).squareRoot()
    return 2
      * StudentDistribution.upperTail(
        beyond / error, degreesOfFreedom: Double(interval.count - 1))
  }

  /// McNemar's exact probability; nil where both levels have the value in the same worlds.
  static func presence(onlyFlow: Int, onlyRequest: Int, worlds: Int) -> Double? {
    let discordant = onlyFlow + onlyRequest
    guard discordant > 0 else { return nil }
    let larger = max(onlyFlow, onlyRequest)
    // What every world has at one level, and none at the other, is missing there.
    if larger == worlds, worlds >= leastPairs { return 0 }
    return min(1, 2 * BinomialDistribution.atLeast(larger, trials: discordant, probability: 0.5))
  }

  /// The probability of the rarer of two, corrected for looking at both.
  private static func both(_ value: Double, _ presence: Double?) -> Double {
    guard let presence else { return value }
    return min(1, 2 * min(value, presence))
  }
}
