import LabKernel

/// Student's t distribution, by which means of few values are judged.
///
/// "Student" (1908), "The Probable Error of a Mean", Biometrika 6(1), 1-25, doi:10.1093/biomet/6.1.1.
public enum StudentDistribution {
  /// The probability that a variable exceeds a number.
  ///
  /// - Parameters:
  ///   - t: The number.
  ///   - degreesOfFreedom: Above 0, whole or not.
  /// - Returns: the probability, 0 to 1.
  public static func upperTail(_ t: Double, degreesOfFreedom: Double) -> Double {
    let square = t * t
    let total = degreesOfFreedom + square
    let half =
      0.5
      * IncompleteBeta.regularised(
        degreesOfFreedom / total, complement: square / total, degreesOfFreedom / 2, 0.5)
    return t < 0 ? 1 - half : half
  }

  /// The number that a variable exceeds with a small probability.
  ///
  ///     StudentDistribution.criticalValue(upperTail: 0.025, degreesOfFreedom: 9)  // 2.262157
  ///
  /// The expansion about the normal quantile of Abramowitz and Stegun (1964), 26.7.5, is used alone
  /// from 1,000 degrees of freedom on, where its error is below 1e-12. Below, it starts a Newton search on the
  /// logarithms of the tail and of the number: the one is a concave function of the other, so that
  /// the search cannot diverge, however far out the tail lies.
  ///
  /// - Parameters:
  ///   - probability: The probability of exceeding, above 0 and at most one half.
  ///   - degreesOfFreedom: Above 0, whole or not.
  /// - Returns: the number, 0 or more, to a relative error of 1e-10.
  public static func criticalValue(
    upperTail probability: Double, degreesOfFreedom: Double
  ) -> Double {
    precondition(probability > 0 && probability <= 0.5, "the tail must be within 0 and one half")
    precondition(degreesOfFreedom > 0, "the degrees of freedom must be positive")
    if probability == 0.5 { return 0 }
    let start = expansion(-Elementary.normalQuantile(probability), degreesOfFreedom)
    return degreesOfFreedom >= 1_000
      ? start : refined(max(start, 1e-3), probability, degreesOfFreedom)
  }

  private static func expansion(_ z: Double, _ degreesOfFreedom: Double) -> Double {
    let s = z * z
    let first = (s + 1) / 4
    let second = ((5 * s + 16) * s + 3) / 96
    let third = (((3 * s + 19) * s + 17) * s - 15) / 384
    let fourth = ((((79 * s + 776) * s + 1_482) * s - 1_920) * s - 945) / 92_160
    let r = 1 / degreesOfFreedom
    return z * (1 + r * (first + r * (second + r * (third + r * fourth))))
  }

  private static func refined(
    _ start: Double, _ probability: Double, _ degreesOfFreedom: Double
  ) -> Double {
    let half = (degreesOfFreedom + 1) / 2
    let scale =
      Elementary.logGamma(half) - Elementary.logGamma(degreesOfFreedom / 2)
      - 0.5 * Elementary.logarithm(degreesOfFreedom * Double.pi)
    var t = start
    // Six steps are usual; the bound only ends a search that rounding keeps from standing still.
    for _ in 0..<60 {
      let tail = upperTail(t, degreesOfFreedom: degreesOfFreedom)
      let density = Elementary.exponential(
        scale - half * Elementary.logarithmOnePlus(t * t / degreesOfFreedom))
      let step = tail / (t * density) * Elementary.logarithm(tail / probability)
      t *= Elementary.exponential(step)
      if step.magnitude < 1e-14 { break }
    }
    return t
  }
}
