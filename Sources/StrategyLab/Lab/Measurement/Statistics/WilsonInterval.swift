import LabKernel

/// The interval that holds a proportion, from successes in trials.
///
/// Wilson (1927), "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22(158),
/// 209-212, doi:10.1080/01621459.1927.10502953; without continuity correction. It stays within 0 and 1
/// and keeps its coverage where the proportion is near either.
public struct WilsonInterval: Sendable, Hashable {
  /// The lower end, 0 or more.
  public var low: Double
  /// The upper end, 1 or less.
  public var high: Double

  /// The interval of a proportion.
  ///
  ///     WilsonInterval(successes: 1, trials: 29)  // 0.0061 to 0.1718
  ///
  /// - Parameters:
  ///   - successes: 0 to `trials`.
  ///   - trials: 0 or more; without trials the interval is 0 to 1.
  ///   - confidence: The probability with which such intervals hold the proportion, above 0 and below 1.
  public init(successes: Int, trials: Int, confidence: Double = 0.95) {
    precondition(
      successes >= 0 && successes <= trials, "successes must be within 0 and the trials")
    precondition(confidence > 0 && confidence < 1, "a confidence must be within 0 and 1")
    guard trials > 0 else {
      low = 0
      high = 1
      return
    }
    let n = Double(trials)
    let share = Double(successes) / n
    let z = -Elementary.normalQuantile((1 - confidence) / 2)
    let square = z * z
    let centre = share + square / (2 * n)
    let reach = z * (share * (1 - share) / n + square / (4 * n * n)).squareRoot()
    let scale = 1 + square / n
    // At either end the formula is exactly 0 or 1, and only rounding says otherwise.
    low = successes == 0 ? 0 : max(0, (centre - reach) / scale)
    high = successes == trials ? 1 : min(1, (centre + reach) / scale)
  }

  /// The interval of a proportion with continuity correction, which is longer and covers nearly as the exact one.
  ///
  /// Newcombe (1998), "Two-sided Confidence Intervals for the Single Proportion: Comparison of Seven Methods",
  /// Statistics in Medicine 17(8), 857-872, method 4, doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E.
  ///
  /// - Parameters:
  ///   - successes: 0 to `trials`.
  ///   - trials: 0 or more; without trials the interval is 0 to 1.
  ///   - confidence: The probability with which such intervals hold the proportion, above 0 and below 1.
  /// - Returns: the interval, within 0 and 1.
  public static func corrected(
    successes: Int, trials: Int, confidence: Double = 0.95
  ) -> WilsonInterval {
    var interval = WilsonInterval(successes: successes, trials: trials, confidence: confidence)
    guard trials > 0 else { return interval }
    let (x, n) = (Double(successes), Double(trials))
    let (share, other) = (x / n, (n - x) / n)
    let z = -Elementary.normalQuantile((1 - confidence) / 2)
    let square = z * z
    let scale = 2 * (n + square)
    if successes > 0 {
      let reach = z * max(0, square - 2 - 1 / n + 4 * share * (n * other + 1)).squareRoot()
      interval.low = max(0, (2 * x + square - 1 - reach) / scale)
    }
    if successes < trials {
      let reach = z * max(0, square + 2 - 1 / n + 4 * share * (n * other - 1)).squareRoot()
      interval.high = min(1, (2 * x + square + 1 + reach) / scale)
    }
    return interval
  }
}
