import LabKernel

/// A test that may be looked at after every reading: the mixture sequential probability ratio test.
///
/// It compares the likelihood of the data under effects that are normally distributed about 0 with that
/// under no effect. Without an effect this ratio λ is a martingale of mean 1, so that it ever reaches 1/α with
/// probability at most α, however long and often one looks.
///
/// Robbins (1970), "Statistical Methods Related to the Law of the Iterated Logarithm", Annals of Mathematical
/// Statistics 41(5), 1397-1409, doi:10.1214/aoms/1177696786; Johari, Koomen, Pekelis and Walsh (2022), "Always
/// Valid Inference: Continuous Monitoring of A/B Tests", Operations Research 70(3), 1806-1821,
/// doi:10.1287/opre.2021.2135. For proportions the variance is estimated from the same counts, so that the
/// bound holds asymptotically; groups of unequal size enter through the variance of the difference.
public struct MixtureSequentialTest: Sendable, Hashable {
  /// The variance of the effects in the mixture: the square of the effect that is found soonest.
  public var mixtureVariance: Double

  /// A test with the variance of the effects.
  ///
  /// - Parameter mixtureVariance: In the square of the effect's unit, above 0.
  public init(mixtureVariance: Double) {
    precondition(mixtureVariance > 0, "the mixture needs a positive variance")
    self.mixtureVariance = mixtureVariance
  }

  /// The logarithm of λ for an estimated effect.
  ///
  /// - Parameters:
  ///   - effect: The estimate: a mean, or a difference.
  ///   - variance: The variance of the estimate; where it is 0 nothing is known, and λ is 1.
  /// - Returns: log √(v / (v + τ²)) + τ² d² / (2 v (v + τ²)) for effect d, variance v and mixture τ².
  public func logRatio(effect: Double, variance: Double) -> Double {
    guard variance > 0 else { return 0 }
    let total = variance + mixtureVariance
    return 0.5 * Elementary.logarithm(variance / total)
      + mixtureVariance * effect * effect / (2 * variance * total)
  }

  /// λ for two proportions, the variance taken from each group's own share.
  ///
  ///     let test = MixtureSequentialTest(mixtureVariance: 0.0001)
  ///     test.ratio(TwoProportions(successes: 150, of: 10_000, against: 100, of: 10_000))  // 21.8
  public func ratio(_ proportions: TwoProportions) -> Double {
    Elementary.exponential(
      logRatio(effect: proportions.difference, variance: proportions.variance))
  }

  /// The always-valid p value at a λ; its smallest value so far is one that holds at any stopping time.
  public static func probability(logRatio: Double) -> Double {
    min(1, Elementary.exponential(-logRatio))
  }

  /// The half-width of the interval about an estimate which holds the effect at all times together.
  ///
  /// - Parameters:
  ///   - variance: The variance of the estimate, above 0.
  ///   - falseAlarms: The probability that the interval ever misses the effect.
  /// - Returns: the effect at which λ is 1/`falseAlarms`.
  public func halfWidth(variance: Double, falseAlarms: Double) -> Double {
    let total = variance + mixtureVariance
    let reach = Elementary.logarithm(total / variance) - 2 * Elementary.logarithm(falseAlarms)
    return (variance * total / mixtureVariance * reach).squareRoot()
  }
}
