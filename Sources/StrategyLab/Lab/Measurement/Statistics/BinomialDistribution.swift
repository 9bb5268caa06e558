/// The number of successes in independent trials of equal probability.
///
/// The tails are incomplete beta functions: Abramowitz and Stegun (1964), "Handbook of Mathematical
/// Functions", 26.5.24.
public enum BinomialDistribution {
  /// The probability of at least so many successes: how often a gate of "at least `count` errors" fires.
  ///
  ///     BinomialDistribution.atLeast(20, trials: 1_000, probability: 0.01)  // 0.003288
  ///
  /// - Parameters:
  ///   - count: The number of successes.
  ///   - trials: The number of trials, 0 or more.
  ///   - probability: The probability of success in a trial, 0 to 1.
  /// - Returns: the probability, 0 to 1.
  public static func atLeast(_ count: Int, trials: Int, probability: Double) -> Double {
    if count <= 0 { return 1 }
    if count > trials { return 0 }
    return IncompleteBeta.regularised(probability, Double(count), Double(trials - count + 1))
  }

  /// The probability of at most so many successes.
  ///
  /// - Parameters:
  ///   - count: The number of successes.
  ///   - trials: The number of trials, 0 or more.
  ///   - probability: The probability of success in a trial, 0 to 1.
  /// - Returns: the probability, 0 to 1.
  public static func atMost(_ count: Int, trials: Int, probability: Double) -> Double {
    if count < 0 { return 0 }
    if count >= trials { return 1 }
    return IncompleteBeta.regularised(
      1 - probability, complement: probability, Double(trials - count), Double(count + 1))
  }
}
