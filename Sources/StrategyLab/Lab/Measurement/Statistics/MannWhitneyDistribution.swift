import LabKernel

/// The distribution of the Mann-Whitney statistic when both samples come from one continuous distribution.
///
/// Counted by the recursion of Mann and Whitney (1947), doi:10.1214/aoms/1177730491: the largest value
/// belongs to the one sample or to the other. It only adds, so that no digits are lost.
public struct MannWhitneyDistribution: Sendable, Hashable {
  /// The most pairs for which the distribution is counted; above them the normal approximation is as good.
  public static let largestProduct = 2_500

  /// The probability of each statistic at most half of the pairs, from 0; the distribution is symmetric.
  private let probabilities: [Double]
  private let pairs: Int

  /// The distribution for two sample sizes.
  ///
  /// - Parameters:
  ///   - first: The size of one sample, 1 or more.
  ///   - second: The size of the other; at most ``largestProduct`` pairs.
  /// - Complexity: O(pairs²).
  public init(_ first: Int, _ second: Int) {
    precondition(first > 0 && second > 0, "both samples must have values")
    precondition(first * second <= Self.largestProduct, "too many pairs to count exactly")
    pairs = first * second
    let half = pairs / 2
    // ways[i][u]: the orders of i values of the first sample among those of the second taken so far.
    var ways = Array(repeating: Array(repeating: 0.0, count: half + 1), count: first + 1)
    for i in 0...first { ways[i][0] = 1 }
    for j in 1...second {
      for i in 1...first where j <= half {
        for u in j...half { ways[i][u] += ways[i - 1][u - j] }
      }
    }
    var orders = 1.0
    for k in 1...first { orders = orders * Double(second + k) / Double(k) }
    probabilities = ways[first].map { $0 / orders }
  }

  /// The probability of a statistic at most this.
  public func atMost(_ statistic: Int) -> Double {
    if statistic < 0 { return 0 }
    if statistic >= pairs { return 1 }
    if statistic < probabilities.count { return probabilities[0...statistic].reduce(0, +) }
    return 1 - atMost(pairs - statistic - 1)
  }

  /// The largest statistic that is met or undercut with at most a probability; -1 if even 0 is likelier.
  public func largest(withAtMost probability: Double) -> Int {
    var sum = 0.0
    for (statistic, part) in probabilities.enumerated() {
      sum += part
      if sum > probability { return statistic - 1 }
    }
    return probabilities.count - 1
  }
}
