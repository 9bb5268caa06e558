import LabKernel

/// How many requests arrive in a stretch of time at a constant rate.
///
/// Poisson (1837); Kingman (1993), "Poisson Processes", chapter 1.
public struct PoissonArrivals: Sendable, Hashable {
  /// Requests a second, 0 or more.
  public let rate: Double
  /// The seconds in which they are counted, 0 or more.
  public let duration: Double

  /// Arrivals at a constant rate.
  ///
  /// - Parameters:
  ///   - rate: Requests a second, 0 or more.
  ///   - duration: The seconds in which they are counted, 0 or more.
  public init(rate: Double, duration: Double) {
    precondition(rate >= 0 && duration >= 0, "neither rate nor time is negative")
    self.rate = rate
    self.duration = duration
  }

  /// The mean count.
  public var mean: Double { rate * duration }

  /// The variance of the count, equal to the mean.
  public var variance: Double { mean }

  /// The probability that nobody arrives.
  public var noneProbability: Double { Elementary.exponential(-mean) }

  /// The probability that more than so many arrive.
  public func probability(ofMoreThan count: Double) -> Double {
    count < 0 ? 1 : Elementary.lowerGammaFraction(shape: count.rounded(.down) + 1, mean)
  }

  /// The squared variation of the time between two arrivals, which is exponential.
  public static let gapSquaredVariation = 1.0
}
