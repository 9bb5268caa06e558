extension Elementary {
  /// What Stirling's formula lacks: log Γ(x + 1) - (x + ½) log x + x - ½ log 2π, for x above 0.
  ///
  /// The absolute error is below 10⁻¹⁷ for whole numbers and from 16 on, and 10⁻¹⁴ for the rest; the
  /// logarithm of a large factorial has no such digits (Loader 2000, "Fast and Accurate Computation of
  /// Binomial Probabilities").
  static func stirlingError(_ x: Double) -> Double {
    if x >= 16 { return stirlingSeries(x) }
    let whole = Int(x)
    if Double(whole) == x && whole > 0 { return stirlingErrorsOfWholeNumbers[whole - 1] }
    return logGamma(x + 1) - (x + 0.5) * logarithm(x) + x - halfLogarithmOfTwoPi
  }

  /// The errors of 1 to 15, computed with 40 digits.
  private static let stirlingErrorsOfWholeNumbers: [Double] = [
    0.08106146679532726, 0.0413406959554093, 0.02767792568499834, 0.020790672103765093,
    0.016644691189821193, 0.013876128823070748, 0.01189670994589177, 0.010411265261972096,
    0.009255462182712733, 0.00833056343336287, 0.007573675487951841, 0.00694284010720953,
    0.006408994188004207, 0.0059513701127588475, 0.005554733551962801,
  ]

  /// x log(x / mean) + mean - x, the deviance that decides how improbable x is.
  ///
  /// Exact also where the two are close: there by the series in v = (x - mean) / (x + mean),
  /// (x - mean) v + 2x v Σ v²ʲ / (2j + 1), j from 1 (Loader 2000, section 3).
  static func deviance(_ x: Double, mean: Double) -> Double {
    let difference = x - mean
    guard difference.magnitude < 0.1 * (x + mean) else {
      guard x > 0 else { return mean }
      return x * logarithm(x / mean) - difference
    }
    let v = difference / (x + mean)
    let square = v * v
    // v² is below 0.01: eight terms reach 10⁻¹⁷ of the result.
    let sum = polynomial(
      square, 1.0 / 3, 1.0 / 5, 1.0 / 7, 1.0 / 9, 1.0 / 11, 1.0 / 13, 1.0 / 15, 1.0 / 17)
    return difference * v + 2 * x * v * (square * sum)
  }

  /// The logarithm of the probability of a Poisson count (Loader 2000, section 3).
  static func logPoisson(_ count: Double, mean: Double) -> Double {
    if count == 0 { return -mean }
    let shape = -stirlingError(count) - deviance(count, mean: mean)
    return shape - halfLogarithmOfTwoPi - 0.5 * logarithm(count)
  }

  /// The probability of a Poisson count (Loader 2000, section 3).
  ///
  /// - Parameters:
  ///   - count: A whole number, 0 or more.
  ///   - mean: The mean count, 0 or more.
  public static func poissonProbability(_ count: Double, mean: Double) -> Double {
    guard mean > 0 else { return count == 0 ? 1 : 0 }
    return exponential(logPoisson(count, mean: mean))
  }

  /// The logarithm of the probability of a binomial count (Loader 2000, section 3).
  static func logBinomial(_ count: Double, of trials: Double, _ p: Double) -> Double {
    if count == 0 { return trials * logarithmOnePlus(-p) }
    if count == trials { return trials * logarithm(p) }
    let rest = trials - count
    let corrections = stirlingError(trials) - stirlingError(count) - stirlingError(rest)
    let deviances = deviance(count, mean: trials * p) + deviance(rest, mean: trials * (1 - p))
    let spread = logarithm(count) + logarithmOnePlus(-count / trials)
    return corrections - deviances - halfLogarithmOfTwoPi - 0.5 * spread
  }
}
