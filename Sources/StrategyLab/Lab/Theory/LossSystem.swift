/// Workers without a place to wait: who finds them all busy is turned away. M/M/c/c, and M/G/c/c.
///
///     LossSystem(arrivalRate: 90, meanService: 1, workers: 100).blockingProbability  // 0.02696
///
/// Erlang (1917); that the law of the service time does not matter beyond its mean: Sevastyanov (1957), "An
/// Ergodic Theorem for Markov Processes and its Application to Telephone Systems with Refusals",
/// doi:10.1137/1102005.
public struct LossSystem: Sendable, Hashable {
  /// Requests a second, 0 or more.
  public let arrivalRate: Double
  /// The mean service time in seconds, 0 or more.
  public let meanService: Double
  /// How many work side by side, 0 or more.
  public let workers: Int
  /// The probability that a request is turned away.
  public let blockingProbability: Double

  /// The system of given load.
  ///
  /// - Parameters:
  ///   - arrivalRate: Requests a second, 0 or more.
  ///   - meanService: The mean service time in seconds, of whatever law; 0 or more.
  ///   - workers: 0 or more.
  public init(arrivalRate: Double, meanService: Double, workers: Int) {
    precondition(arrivalRate >= 0 && meanService >= 0, "neither rate nor service is negative")
    precondition(workers >= 0, "the number of workers is not negative")
    self.arrivalRate = arrivalRate
    self.meanService = meanService
    self.workers = workers
    let load = arrivalRate * meanService
    blockingProbability =
      workers == 0
      ? 1 : load == 0 ? 0 : ErlangC.blockingProbability(workers: workers, offeredLoad: load)
  }

  /// The work that arrives, in workers that it would keep busy.
  public var offeredLoad: Double { arrivalRate * meanService }

  /// Requests a second that are served.
  public var throughput: Double { arrivalRate * (1 - blockingProbability) }

  /// The mean number of busy workers, which is that of the requests present.
  public var meanPresent: Double { throughput * meanService }

  /// The part of the time that a worker is busy; 0 without workers.
  public var utilisation: Double { workers > 0 ? meanPresent / Double(workers) : 0 }
}
