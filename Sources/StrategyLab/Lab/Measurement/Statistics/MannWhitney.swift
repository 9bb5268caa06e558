import LabKernel

/// The Mann-Whitney test: whether the values of one sample tend to be larger than those of another.
///
/// Mann and Whitney (1947), "On a Test of Whether one of Two Random Variables is Stochastically Larger than
/// the Other", Annals of Mathematical Statistics 18(1), 50-60, doi:10.1214/aoms/1177730491.
///
///     let test = MannWhitney([1, 7, 8, 9, 10, 11], [2, 3, 4, 5, 6, 12])
///     test.statistic            // 25
///     test.exactProbability     // 0.3095
public struct MannWhitney: Sendable, Hashable {
  /// The sizes of the two samples.
  public var counts: [Int] { [first.count, second.count] }
  /// Pairs in which the first sample's value is the larger, equal pairs counted half.
  public let statistic: Double
  /// Whether two values are equal, within a sample or across.
  public let hasTies: Bool

  /// The sorted samples.
  let first: [Double]
  let second: [Double]
  /// The sum of t³ - t over the groups of t equal values.
  private let tieTerm: Double

  /// The test of two samples.
  ///
  /// - Parameters:
  ///   - first: One sample, in any order.
  ///   - second: The other sample.
  /// - Complexity: O(n log n).
  public init(_ first: [Double], _ second: [Double]) {
    self.first = first.sorted()
    self.second = second.sorted()
    let (x, y) = (self.first, self.second)
    var (i, j) = (0, 0)
    var (doubledPairs, ties) = (0, 0.0)
    while i < x.count || j < y.count {
      let value = min(i < x.count ? x[i] : .infinity, j < y.count ? y[j] : .infinity)
      let (firstEqual, secondEqual) = (
        Self.run(of: value, in: x, from: i), Self.run(of: value, in: y, from: j)
      )
      // What is not a number equals nothing, itself included, and the loop would not end.
      precondition(firstEqual + secondEqual > 0, "values must be numbers")
      doubledPairs += firstEqual * (2 * j + secondEqual)
      let group = Double(firstEqual + secondEqual)
      ties += group * group * group - group
      i += firstEqual
      j += secondEqual
    }
    statistic = Double(doubledPairs) / 2
    hasTies = ties > 0
    tieTerm = ties
  }

  private static func run(of value: Double, in sorted: [Double], from start: Int) -> Int {
    var end = start
    while end < sorted.count, sorted[end] == value { end += 1 }
    return end - start
  }

  /// The same statistic for the second sample.
  public var complement: Double { pairs - statistic }

  /// The probability that a value of the first sample exceeds one of the second, equal ones counted half.
  public var commonLanguageEffect: Double { statistic / pairs }

  private var pairs: Double { Double(first.count) * Double(second.count) }

  /// The two-sided probability of a statistic at least so far from its expectation if the samples come
  /// from one distribution; nil with ties or above ``MannWhitneyDistribution/largestProduct`` pairs.
  public var exactProbability: Double? {
    guard !hasTies, !first.isEmpty, !second.isEmpty,
      first.count * second.count <= MannWhitneyDistribution.largestProduct
    else { return nil }
    let distribution = MannWhitneyDistribution(first.count, second.count)
    return min(1, 2 * distribution.atMost(Int(min(statistic, complement))))
  }

  /// The two-sided probability by the normal approximation, corrected for ties.
  ///
  /// Lehmann (1975), "Nonparametrics: Statistical Methods Based on Ranks", section 1.3.
  ///
  /// - Parameter continuityCorrection: Whether half a step is taken off the distance to the expectation.
  /// - Returns: 1 if all values are equal or a sample is empty.
  public func asymptoticProbability(continuityCorrection: Bool = true) -> Double {
    let total = Double(first.count + second.count)
    let variance = pairs / 12 * (total + 1 - tieTerm / (total * (total - 1)))
    guard variance > 0 else { return 1 }
    let distance = (statistic - pairs / 2).magnitude - (continuityCorrection ? 0.5 : 0)
    return min(1, 2 * Elementary.normalCumulative(-distance / variance.squareRoot()))
  }
}
