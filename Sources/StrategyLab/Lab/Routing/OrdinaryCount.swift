/// Which counts of requests are ordinary when each is drawn on its own with a known share.
public enum OrdinaryCount {
  /// The counts within which a draw falls with at least the given confidence, cutting the same from both ends.
  ///
  ///     OrdinaryCount.range(trials: 82, probability: 0.1)  // 3...14
  ///
  /// Both ends are quantiles of the binomial law, so that no count outside is likelier than the half of what
  /// is missing from the confidence.
  ///
  /// - Parameters:
  ///   - trials: The number of requests, 0 or more.
  ///   - probability: The share, 0 to 1.
  ///   - confidence: The least probability of the range, below 1.
  /// - Returns: the least and the largest ordinary count.
  /// - Complexity: logarithmic in the number of requests.
  public static func range(
    trials: Int, probability: Double, confidence: Double = 0.95
  ) -> ClosedRange<Int> {
    let tail = (1 - confidence) / 2
    let lower = quantile(tail, trials: trials, probability: probability)
    let upper = quantile(1 - tail, trials: trials, probability: probability)
    return lower...max(lower, upper)
  }

  /// How often a count is at least as far out as the one that was seen, on the side where it lies, doubled.
  ///
  /// The doubled one-sided probability is exact and never too small; at most 1.
  ///
  /// - Parameters:
  ///   - count: The count that was seen.
  ///   - trials: The number of requests.
  ///   - probability: The share, 0 to 1.
  /// - Returns: the two-sided probability, 0 to 1.
  public static func probability(of count: Int, trials: Int, probability: Double) -> Double {
    let below = BinomialDistribution.atMost(count, trials: trials, probability: probability)
    let above = BinomialDistribution.atLeast(count, trials: trials, probability: probability)
    return min(1, 2 * min(below, above))
  }

  /// The share of the users of whom at least one request goes to a version.
  ///
  ///     OrdinaryCount.usersMeeting(share: 0.05, requests: 20)  // 0.64
  ///
  /// - Parameters:
  ///   - share: The version's share of the requests, each drawn on its own.
  ///   - requests: How many requests a user makes.
  /// - Returns: the share of the users, 0 to 1.
  public static func usersMeeting(share: Double, requests: Int) -> Double {
    1 - BinomialDistribution.atMost(0, trials: max(0, requests), probability: share)
  }

  /// The least count that is not exceeded with a probability.
  private static func quantile(_ level: Double, trials: Int, probability: Double) -> Int {
    if probability <= 0 || trials <= 0 { return 0 }
    if probability >= 1 { return trials }
    var low = 0
    var high = trials
    while low < high {
      let middle = low + (high - low) / 2
      if BinomialDistribution.atMost(middle, trials: trials, probability: probability) >= level {
        high = middle
      } else {
        low = middle + 1
      }
    }
    return low
  }
}
