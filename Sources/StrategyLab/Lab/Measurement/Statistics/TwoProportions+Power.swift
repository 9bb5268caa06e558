import LabKernel

extension TwoProportions {
  /// The probability that the two-sided pooled test finds a difference of two true shares.
  ///
  /// The normal approximation: Fleiss, Levin and Paik (2003), "Statistical Methods for Rates and
  /// Proportions", section 4.5, doi:10.1002/0471445428. The groups may differ in size, as those of a canary do.
  ///
  ///     TwoProportions.power(0.01, trials: 99_000, against: 0.02, trials: 1_000)  // 0.802
  ///
  /// - Parameters:
  ///   - firstShare: The first group's true share, 0 to 1.
  ///   - firstTrials: The size of the first group.
  ///   - secondShare: The second group's true share.
  ///   - secondTrials: The size of the second group.
  ///   - significance: The probability of finding a difference where there is none.
  /// - Returns: the probability, in either direction.
  public static func power(
    _ firstShare: Double, trials firstTrials: Int, against secondShare: Double,
    trials secondTrials: Int, significance: Double = 0.05
  ) -> Double {
    let (n1, n2) = (Double(firstTrials), Double(secondTrials))
    let pooled = (firstShare * n1 + secondShare * n2) / (n1 + n2)
    let equal = (pooled * (1 - pooled) * (1 / n1 + 1 / n2)).squareRoot()
    let own = (firstShare * (1 - firstShare) / n1 + secondShare * (1 - secondShare) / n2)
      .squareRoot()
    let difference = (firstShare - secondShare).magnitude
    let critical = -Elementary.normalQuantile(significance / 2) * equal
    guard own > 0 else { return difference > critical ? 1 : 0 }
    return Elementary.normalCumulative((difference - critical) / own)
      + Elementary.normalCumulative((-difference - critical) / own)
  }

  /// The size of each of two equal groups with which the two-sided pooled test finds a difference.
  ///
  /// Fleiss, Levin and Paik (2003), formula 4.14 without continuity correction, doi:10.1002/0471445428.
  ///
  ///     TwoProportions.sampleSize(0.01, 0.012)  // 42_692.8: 42,693 in each group
  ///
  /// - Parameters:
  ///   - firstShare: One true share, 0 to 1.
  ///   - secondShare: The other true share, not equal to the first.
  ///   - significance: The probability of finding a difference where there is none.
  ///   - power: The probability of finding the difference.
  /// - Returns: the size, to be rounded up.
  public static func sampleSize(
    _ firstShare: Double, _ secondShare: Double, significance: Double = 0.05, power: Double = 0.8
  ) -> Double {
    precondition(firstShare != secondShare, "no sample finds a difference between equal shares")
    let mean = (firstShare + secondShare) / 2
    let equal = (2 * mean * (1 - mean)).squareRoot()
    let own = (firstShare * (1 - firstShare) + secondShare * (1 - secondShare)).squareRoot()
    let reach =
      -Elementary.normalQuantile(significance / 2) * equal
      + Elementary.normalQuantile(power) * own
    let difference = firstShare - secondShare
    return reach * reach / (difference * difference)
  }
}
