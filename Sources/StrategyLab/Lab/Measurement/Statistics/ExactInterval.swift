import LabKernel

/// The exact interval of a proportion: no binomial tail beyond its ends is likelier than is allowed.
///
/// Clopper and Pearson (1934), "The Use of Confidence or Fiducial Limits Illustrated in the Case of the
/// Binomial", Biometrika 26(4), 404-413, doi:10.1093/biomet/26.4.404. It covers at least as often as it says,
/// and so is longer than ``WilsonInterval``.
public struct ExactInterval: Sendable, Hashable {
  /// The lower end, 0 or more.
  public var low: Double
  /// The upper end, 1 or less.
  public var high: Double

  /// The interval of a proportion.
  ///
  ///     ExactInterval(successes: 1, trials: 29)  // 0.00087 to 0.1776
  ///
  /// - Parameters:
  ///   - successes: 0 to `trials`.
  ///   - trials: 0 or more; without trials the interval is 0 to 1.
  ///   - confidence: The probability with which such intervals hold the proportion, above 0 and below 1.
  public init(successes: Int, trials: Int, confidence: Double = 0.95) {
    precondition(
      successes >= 0 && successes <= trials, "successes must be within 0 and the trials")
    precondition(confidence > 0 && confidence < 1, "a confidence must be within 0 and 1")
    let miss = (1 - confidence) / 2
    high = Self.upperBound(successes: successes, trials: trials, miss: miss)
    // Failures are bounded from above where successes are from below.
    low = Self.lowerBound(successes: successes, trials: trials, miss: miss)
  }

  /// The bound that a proportion stays below, from one side.
  ///
  ///     ExactInterval.upperBound(successes: 0, trials: 3_000)  // 0.000998
  ///
  /// - Parameters:
  ///   - successes: 0 to `trials`.
  ///   - trials: 0 or more; without trials the bound is 1.
  ///   - confidence: The probability with which such bounds lie above the proportion, above 0 and below 1.
  /// - Returns: the bound, 1 where all succeeded.
  public static func upperBound(
    successes: Int, trials: Int, confidence: Double = 0.95
  ) -> Double {
    precondition(
      successes >= 0 && successes <= trials, "successes must be within 0 and the trials")
    precondition(confidence > 0 && confidence < 1, "a confidence must be within 0 and 1")
    return upperBound(successes: successes, trials: trials, miss: 1 - confidence)
  }

  /// The rule of three: where nothing failed in n trials, the failure probability is below 3/n with 95% confidence.
  ///
  /// Hanley and Lippman-Hand (1983), "If Nothing Goes Wrong, Is Everything All Right?", JAMA 249(13), 1743-1745,
  /// doi:10.1001/jama.1983.03330370053031. Good from some thirty trials on; 1 for three or fewer.
  public static func ruleOfThree(trials: Int) -> Double {
    trials > 3 ? 3 / Double(trials) : 1
  }

  private static func upperBound(successes: Int, trials: Int, miss: Double) -> Double {
    if successes == trials { return 1 }
    guard successes > 0 else {
      // (1 - p)ⁿ = miss.
      return -Elementary.exponentialMinusOne(Elementary.logarithm(miss) / Double(trials))
    }
    return crossing {
      BinomialDistribution.atMost(successes, trials: trials, probability: $0) <= miss
    }
  }

  private static func lowerBound(successes: Int, trials: Int, miss: Double) -> Double {
    if successes == 0 { return 0 }
    guard successes < trials else {
      return Elementary.exponential(Elementary.logarithm(miss) / Double(trials))
    }
    return crossing {
      BinomialDistribution.atLeast(successes, trials: trials, probability: $0) > miss
    }
  }

  /// The probability from which on a condition holds.
  private static func crossing(_ condition: (Double) -> Bool) -> Double {
    var (low, high) = (0.0, 1.0)
    while high - low > 1e-14 * high {
      let middle = (low + high) / 2
      guard middle > low, middle < high else { break }
      if condition(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
