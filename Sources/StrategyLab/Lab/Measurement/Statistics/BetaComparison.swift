import LabKernel

/// Two proportions compared by what is believed of them after the trials, all shares having been equally likely before.
///
///     let both = BetaComparison(successes: 100, of: 10_000, against: 130, of: 10_000)
///     both.secondLarger  // 0.9766
///
/// Each share then has a beta distribution: Bayes (1763), doi:10.1098/rstl.1763.0053. The probability that one
/// exceeds the other is a finite sum: Miller (2015), "Formulas for Bayesian A/B Testing",
/// https://www.evanmiller.org/bayesian-ab-testing.html.
public struct BetaComparison: Sendable, Hashable {
  /// The mean of the first share after the trials.
  public let firstMean: Double
  /// The mean of the second share after the trials.
  public let secondMean: Double
  /// The probability that the second share is larger than the first.
  public let secondLarger: Double

  /// Two groups of trials.
  ///
  /// - Parameters:
  ///   - firstSuccesses: 0 to `firstTrials`.
  ///   - firstTrials: 0 or more; without trials every share is as likely.
  ///   - secondSuccesses: 0 to `secondTrials`.
  ///   - secondTrials: 0 or more.
  /// - Complexity: linear in the smallest of the successes and failures of both groups.
  public init(
    successes firstSuccesses: Int, of firstTrials: Int, against secondSuccesses: Int,
    of secondTrials: Int
  ) {
    precondition(
      firstSuccesses >= 0 && firstSuccesses <= firstTrials && secondSuccesses >= 0
        && secondSuccesses <= secondTrials, "successes must be within 0 and the trials")
    let (a, b) = (Double(firstSuccesses) + 1, Double(firstTrials - firstSuccesses) + 1)
    let (c, d) = (Double(secondSuccesses) + 1, Double(secondTrials - secondSuccesses) + 1)
    firstMean = a / (a + b)
    secondMean = c / (c + d)
    // The sum has as many terms as the shape of the larger share's successes; failures may be taken instead,
    // and the complement of either.
    let least = min(a, b, c, d)
    if least == c {
      secondLarger = Self.larger(c, d, than: a, b)
    } else if least == b {
      secondLarger = Self.larger(b, a, than: d, c)
    } else if least == a {
      secondLarger = 1 - Self.larger(a, b, than: c, d)
    } else {
      secondLarger = 1 - Self.larger(d, c, than: b, a)
    }
  }

  /// The probability that a beta variable of shapes a and b is larger than one of shapes c and d; a is whole.
  ///
  /// Σ B(c + i, d + b) / ((b + i) B(1 + i, b) B(c, d)) for i from 0 to below a. The first term may be less than any
  /// number and the sum near 1, so that a power of two is carried apart from it.
  private static func larger(
    _ a: Double, _ b: Double, than c: Double, _ d: Double
  ) -> Double {
    // B(c, d + b) / B(c, d).
    var logScale =
      Elementary.logGamma(d + b) - Elementary.logGamma(c + d + b) + Elementary.logGamma(c + d)
      - Elementary.logGamma(d)
    var term = 1.0
    var sum = 0.0
    var i = 0.0
    while i < a {
      sum += term
      term *= (c + i) / (c + d + b + i) * ((b + i) / (1 + i))
      i += 1
      if sum > 0x1p600 {
        (term, sum) = (term * 0x1p-600, sum * 0x1p-600)
        logScale += 600 * 0.6931471805599453
      }
    }
    return min(1, Elementary.exponential(logScale + Elementary.logarithm(sum)))
  }
}
