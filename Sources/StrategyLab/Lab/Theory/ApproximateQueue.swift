/// Several workers, with any laws of arrivals and services: G/G/c, by an approximation.
///
///     ApproximateQueue(
///       arrivalRate: 8, arrivalVariation: 4, meanService: 1, serviceVariation: 1, workers: 10
///     ).meanWait  // 0.5115
///
/// Allen and Cunneen: the mean wait of an M/M/c, times the mean of the two squared variations. Allen (1990),
/// "Probability, Statistics, and Queueing Theory", section 5.3. Exact for M/M/c and M/G/1, within some percent
/// for busy M/G/c; with other arrivals a rough guide, better the busier the workers are.
public struct ApproximateQueue: Sendable, Hashable {
  /// Requests a second, 0 or more.
  public let arrivalRate: Double
  /// The squared variation of the time between arrivals: 1 for Poisson arrivals.
  public let arrivalVariation: Double
  /// The mean service time in seconds, above 0.
  public let meanService: Double
  /// The squared variation of the service time: 0 fixed, 1 exponential.
  public let serviceVariation: Double
  /// How many work side by side, 1 or more.
  public let workers: Int

  private let markovian: MultiServerQueue

  /// The queue of given means and squared variations.
  ///
  /// - Parameters:
  ///   - arrivalRate: Requests a second, 0 or more.
  ///   - arrivalVariation: The squared variation of the time between arrivals, 0 or more.
  ///   - meanService: The mean service time in seconds, above 0.
  ///   - serviceVariation: The squared variation of the service time, 0 or more.
  ///   - workers: 1 or more.
  public init(
    arrivalRate: Double, arrivalVariation: Double = 1, meanService: Double,
    serviceVariation: Double, workers: Int
  ) {
    precondition(
      arrivalVariation >= 0 && serviceVariation >= 0, "a squared variation is not negative")
    self.arrivalRate = arrivalRate
    self.arrivalVariation = arrivalVariation
    self.meanService = meanService
    self.serviceVariation = serviceVariation
    self.workers = workers
    markovian = MultiServerQueue(
      arrivalRate: arrivalRate, serviceRate: 1 / meanService, workers: workers)
  }

  /// The offered load of a worker; 1 or more where the queue grows without end.
  public var utilisation: Double { markovian.utilisation }

  /// The mean time before service, of all requests, in seconds.
  public var meanWait: Double {
    guard markovian.isStable else { return .infinity }
    guard markovian.waitingProbability > 0 else { return 0 }
    return markovian.meanWait * (arrivalVariation + serviceVariation) / 2
  }

  /// The mean time from arrival to completion, in seconds.
  public var meanResponse: Double { meanWait + meanService }
}
