import LabKernel

extension TwoProportions {
  /// The size of each of two equal groups for the test that takes each group's variance from its own share.
  ///
  /// Chow, Shao, Wang and Lokhnygina (2018), "Sample Size Calculations in Clinical Research", section 4.2.1,
  /// doi:10.1201/9781315183084. A little below ``sampleSize(_:_:significance:power:)``.
  ///
  ///     TwoProportions.unpooledSampleSize(0.1, 0.12)  // 3,838.1: 3,839 in each group
  ///
  /// - Parameters:
  ///   - firstShare: One true share, 0 to 1.
  ///   - secondShare: The other true share, not equal to the first.
  ///   - significance: The probability of finding a difference where there is none.
  ///   - power: The probability of finding the difference.
  ///   - isOneSided: Whether the direction of the difference is known beforehand.
  /// - Returns: the size, to be rounded up.
  public static func unpooledSampleSize(
    _ firstShare: Double, _ secondShare: Double, significance: Double = 0.05, power: Double = 0.8,
    isOneSided: Bool = false
  ) -> Double {
    precondition(firstShare != secondShare, "no sample finds a difference between equal shares")
    let reach = reach(significance: isOneSided ? 2 * significance : significance, power: power)
    let variance = firstShare * (1 - firstShare) + secondShare * (1 - secondShare)
    let difference = firstShare - secondShare
    return reach * reach * variance / (difference * difference)
  }

  /// The size of each of two equal groups, both taken to vary as the first does where there is no difference.
  ///
  /// The formula behind the calculator of Miller, "Sample Size Calculator", https://www.evanmiller.org/ab-testing/sample-size.html.
  ///
  ///     TwoProportions.baselineSampleSize(0.1, 0.12)  // 3,622.6: 3,623 in each group
  ///
  /// - Parameters:
  ///   - baseline: The share that is known, 0 to 1.
  ///   - share: The share that shall be told from it, not equal to it.
  ///   - significance: The probability of finding a difference where there is none.
  ///   - power: The probability of finding the difference.
  /// - Returns: the size, to be rounded up.
  public static func baselineSampleSize(
    _ baseline: Double, _ share: Double, significance: Double = 0.05, power: Double = 0.8
  ) -> Double {
    precondition(baseline != share, "no sample finds a difference between equal shares")
    let known = baseline * (1 - baseline)
    let reach =
      -Elementary.normalQuantile(significance / 2) * (2 * known).squareRoot()
      + Elementary.normalQuantile(power) * (known + share * (1 - share)).squareRoot()
    let difference = baseline - share
    return reach * reach / (difference * difference)
  }

  /// The size of each of two equal groups by Cohen's effect size, which spreads shares near 0 and 1 apart.
  ///
  /// Cohen (1988), "Statistical Power Analysis for the Behavioral Sciences", chapter 6, doi:10.4324/9780203771587.
  ///
  ///     TwoProportions.effectSampleSize(0.1, 0.12)  // 3,834.6: 3,835 in each group
  ///
  /// - Parameters:
  ///   - firstShare: One true share, 0 to 1.
  ///   - secondShare: The other true share, not equal to the first.
  ///   - significance: The probability of finding a difference where there is none.
  ///   - power: The probability of finding the difference.
  /// - Returns: the size, to be rounded up.
  public static func effectSampleSize(
    _ firstShare: Double, _ secondShare: Double, significance: Double = 0.05, power: Double = 0.8
  ) -> Double {
    precondition(firstShare != secondShare, "no sample finds a difference between equal shares")
    let ratio = reach(significance: significance, power: power) / effect(firstShare, secondShare)
    return 2 * ratio * ratio
  }

  /// Cohen's effect size h of two shares: the difference of the angles whose sines are their roots, doubled.
  public static func effect(_ firstShare: Double, _ secondShare: Double) -> Double {
    2 * Elementary.arcsine(firstShare.squareRoot())
      - 2 * Elementary.arcsine(secondShare.squareRoot())
  }

  /// How many standard errors a difference must be for a two-sided test to find it so often.
  private static func reach(significance: Double, power: Double) -> Double {
    Elementary.normalQuantile(power) - Elementary.normalQuantile(significance / 2)
  }
}
