import LabKernel

/// As many workers as there are requests, so that nobody waits: M/G/∞.
///
///     UnlimitedWorkers(arrivalRate: 100, meanService: 0.05).probability(ofAtMost: 5)  // 0.6160
///
/// The number present is Poisson, whatever the law of the service time: Takács (1962), "Introduction to the
/// Theory of Queues", chapter 3.
public struct UnlimitedWorkers: Sendable, Hashable {
  /// Requests a second, 0 or more.
  public let arrivalRate: Double
  /// The mean service time in seconds, 0 or more.
  public let meanService: Double

  /// The system of a given load.
  ///
  /// - Parameters:
  ///   - arrivalRate: Requests a second, 0 or more.
  ///   - meanService: The mean service time in seconds, 0 or more.
  public init(arrivalRate: Double, meanService: Double) {
    precondition(arrivalRate >= 0 && meanService >= 0, "neither rate nor service is negative")
    self.arrivalRate = arrivalRate
    self.meanService = meanService
  }

  /// The mean number of requests present.
  public var meanPresent: Double { arrivalRate * meanService }

  /// The variance of the number of requests present.
  public var presentVariance: Double { meanPresent }

  /// The probability that nobody is present.
  public var emptyProbability: Double { Elementary.exponential(-meanPresent) }

  /// The probability that at most so many requests are present.
  public func probability(ofAtMost count: Int) -> Double {
    guard count >= 0 else { return 0 }
    return Elementary.upperGammaFraction(shape: Double(count) + 1, meanPresent)
  }
}
