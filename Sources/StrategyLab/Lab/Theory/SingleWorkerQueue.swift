import LabKernel

/// One worker whose services have any law, served in order: M/G/1.
///
///     SingleWorkerQueue(arrivalRate: 0.8, meanService: 1, squaredVariation: 0).meanWait  // 2: M/D/1
///
/// Pollaczek (1930), doi:10.1007/BF01194620; Khinchine (1932); for the moments of the wait Takács (1962), "A
/// Single-Server Queue with Poisson Input", doi:10.1287/opre.10.3.388.
public struct SingleWorkerQueue: Sendable, Hashable {
  /// Requests a second, 0 or more.
  public let arrivalRate: Double
  /// The mean service time in seconds, 0 or more.
  public let meanService: Double
  /// The variance of the service time divided by the square of its mean: 0 fixed, 1 exponential.
  public let squaredVariation: Double

  /// The queue of a service law.
  ///
  /// - Parameters:
  ///   - arrivalRate: Requests a second, 0 or more.
  ///   - meanService: The mean service time in seconds, 0 or more.
  ///   - squaredVariation: The variance of the service time divided by the square of its mean; may be infinite.
  public init(arrivalRate: Double, meanService: Double, squaredVariation: Double) {
    precondition(arrivalRate >= 0 && meanService >= 0, "neither rate nor service is negative")
    precondition(squaredVariation >= 0, "a squared variation is not negative")
    self.arrivalRate = arrivalRate
    self.meanService = meanService
    self.squaredVariation = squaredVariation
  }

  /// The queue of a service law.
  public init(arrivalRate: Double, service: SpanDistribution) {
    self.init(
      arrivalRate: arrivalRate, meanService: service.mean,
      squaredVariation: service.squaredVariation)
  }

  /// The part of the time that the worker would have to be busy; 1 or more where the queue grows without end.
  public var utilisation: Double { arrivalRate * meanService }

  /// Whether the worker keeps up in the long run.
  public var isStable: Bool { utilisation < 1 }

  /// The mean time before service, of all requests, in seconds.
  public var meanWait: Double {
    guard isStable else { return .infinity }
    guard utilisation > 0 else { return 0 }
    return utilisation * meanService * (1 + squaredVariation) / (2 * (1 - utilisation))
  }

  /// The mean time from arrival to completion, in seconds.
  public var meanResponse: Double { meanWait + meanService }

  /// The mean number of requests that wait.
  public var meanWaiting: Double { isStable ? arrivalRate * meanWait : .infinity }

  /// The mean number of requests that wait or are served.
  public var meanPresent: Double { isStable ? meanWaiting + utilisation : .infinity }

  /// The variance of the time before service, in square seconds.
  ///
  /// - Parameter thirdMoment: The mean of the cube of the service time, in cubic seconds.
  public func waitVariance(thirdMoment: Double) -> Double {
    guard isStable else { return .infinity }
    return meanWait * meanWait + arrivalRate * thirdMoment / (3 * (1 - utilisation))
  }
}
