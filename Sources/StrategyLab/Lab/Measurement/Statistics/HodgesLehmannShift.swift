import LabKernel

/// By how much the values of one sample are larger than those of another: the median of all differences.
///
/// Hodges and Lehmann (1963), "Estimates of Location Based on Rank Tests", Annals of Mathematical
/// Statistics 34(2), 598-611, doi:10.1214/aoms/1177704172. The interval's ends are the differences that the
/// Mann-Whitney test just does not reject: Bauer (1972), "Constructing Confidence Sets Using Rank
/// Statistics", JASA 67(339), 687-690, doi:10.1080/01621459.1972.10481279.
public struct HodgesLehmannShift: Sendable, Hashable {
  /// The median of the differences of first minus second.
  public var estimate: Double
  /// The lower end of the interval; minus infinity if the samples are too small for the confidence.
  public var low: Double
  /// The upper end of the interval; infinity if the samples are too small for the confidence.
  public var high: Double

  /// The shift between two samples; nil if one is empty.
  ///
  /// - Parameters:
  ///   - first: One sample, in any order.
  ///   - second: The sample that is subtracted.
  ///   - confidence: The probability with which such intervals hold the shift, above 0 and below 1.
  /// - Complexity: O(n log n); the exact rank of up to 2,500 pairs takes O(pairs²) once more.
  public init?(_ first: [Double], _ second: [Double], confidence: Double = 0.95) {
    precondition(confidence > 0 && confidence < 1, "a confidence must be within 0 and 1")
    guard !first.isEmpty, !second.isEmpty else { return nil }
    let exact = first.count * second.count <= MannWhitneyDistribution.largestProduct
    let miss = (1 - confidence) / 2
    self.init(
      PairwiseDifferences(first: first.sorted(), second: second.sorted()),
      rank: exact
        ? MannWhitneyDistribution(first.count, second.count).largest(withAtMost: miss) + 1
        : Self.rank(first.count, second.count, score: Elementary.normalQuantile(miss)))
  }

  /// The shift whose interval reaches from the difference of a rank (from 1) to the one as far from the end.
  init(_ differences: PairwiseDifferences, rank: Int) {
    estimate = differences.median
    low = rank >= 1 ? differences.value(rank: rank) : -.infinity
    high = rank >= 1 ? differences.value(rank: differences.count + 1 - rank) : .infinity
  }

  /// The rank of the lower end by the normal approximation, rounded so that the interval is rather too long.
  ///
  /// Ties are not taken off the variance, which makes the interval longer still.
  ///
  /// - Parameters:
  ///   - first: The size of one sample.
  ///   - second: The size of the other.
  ///   - score: The normal quantile of the probability of missing at this end; negative.
  /// - Returns: the rank, from 1; below 1 if the samples are too small.
  static func rank(_ first: Int, _ second: Int, score: Double) -> Int {
    let (m, n) = (Double(first), Double(second))
    let deviation = (m * n * (m + n + 1) / 12).squareRoot()
    return Int((m * n / 2 + score * deviation + 0.5).rounded(.down))
  }
}

extension MannWhitney {
  /// By how much the first sample's values exceed the second's.
  ///
  /// - Parameter confidence: The probability with which such intervals hold the shift, above 0 and below 1.
  /// - Returns: nil if a sample is empty.
  /// - Complexity: O(n log n); the exact rank of up to 2,500 pairs takes O(pairs²) once more.
  public func shift(confidence: Double = 0.95) -> HodgesLehmannShift? {
    HodgesLehmannShift(first, second, confidence: confidence)
  }
}
