/// The interval that holds a quantile of a population, whatever its distribution: two values of the sorted sample.
///
/// The number of values below the quantile is binomial. Thompson (1936), "On Confidence Ranges for the
/// Median and Other Expectation Distributions for Populations of Unknown Distribution Form", Annals of
/// Mathematical Statistics 7(3), 122-128, doi:10.1214/aoms/1177732502; Wilks (1941),
/// doi:10.1214/aoms/1177731788.
public struct OrderStatisticInterval: Sendable, Hashable {
  /// The rank of the lower end in the sorted sample, from 1; nil if the sample is too small to bound it.
  public var lowRank: Int?
  /// The rank of the upper end, from 1; nil if the sample is too small to bound it.
  public var highRank: Int?
  /// The probability with which the interval really holds the quantile; at least the confidence asked for.
  public var coverage: Double

  /// The interval of a quantile.
  ///
  ///     OrderStatisticInterval(count: 10, quantile: 0.5)  // 2nd to 9th value, coverage 97.9%
  ///
  /// Each end misses with at most half of what the confidence leaves.
  ///
  /// - Parameters:
  ///   - count: The size of the sample, 0 or more.
  ///   - quantile: The part of the population below the quantile, above 0 and below 1.
  ///   - confidence: The least probability of holding the quantile, above 0 and below 1.
  /// - Complexity: O(log `count`) binomial tails.
  public init(count: Int, quantile: Double, confidence: Double = 0.95) {
    precondition(quantile > 0 && quantile < 1, "a quantile must be within 0 and 1")
    precondition(confidence > 0 && confidence < 1, "a confidence must be within 0 and 1")
    let miss = (1 - confidence) / 2
    func below(_ rank: Int) -> Double {
      BinomialDistribution.atMost(rank - 1, trials: count, probability: quantile)
    }
    func above(_ rank: Int) -> Double {
      BinomialDistribution.atLeast(rank, trials: count, probability: quantile)
    }
    // The largest rank whose value lies above the quantile rarely enough.
    let low = Self.firstRank(upTo: count) { below($0) > miss } - 1
    // The smallest rank whose value lies below the quantile rarely enough.
    let high = Self.firstRank(upTo: count) { above($0) <= miss }
    lowRank = low >= 1 ? low : nil
    highRank = high <= count ? high : nil
    coverage = 1 - (low >= 1 ? below(low) : 0) - (high <= count ? above(high) : 0)
  }

  /// The interval's ends in a sorted sample; an open end is infinite.
  public func bounds(in sorted: [Double]) -> (low: Double, high: Double) {
    (lowRank.map { sorted[$0 - 1] } ?? -.infinity, highRank.map { sorted[$0 - 1] } ?? .infinity)
  }

  /// The first rank from 1 on that meets a condition which then stays met; one more than the last if none does.
  private static func firstRank(upTo count: Int, where condition: (Int) -> Bool) -> Int {
    var low = 1
    var high = count + 1
    while low < high {
      let middle = low + (high - low) / 2
      if condition(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
