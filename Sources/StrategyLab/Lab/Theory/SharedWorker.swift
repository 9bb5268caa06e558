/// One worker that serves all requests present at once, each at its share of the speed: M/G/1-PS.
///
///     let worker = SharedWorker(arrivalRate: 0.8, meanService: 1)
///     worker.meanResponse               // 5 seconds
///     worker.meanResponse(work: 0.1)    // 0.5 seconds
///
/// Kleinrock (1967), "Time-shared Systems: A Theoretical Treatment", doi:10.1145/321386.321388. The means do not
/// depend on the law of the work.
public struct SharedWorker: Sendable, Hashable {
  /// Requests a second, 0 or more.
  public let arrivalRate: Double
  /// The mean work of a request: the seconds that it would take alone.
  public let meanService: Double

  /// The worker of a given load.
  ///
  /// - Parameters:
  ///   - arrivalRate: Requests a second, 0 or more.
  ///   - meanService: The mean seconds that a request would take alone, 0 or more.
  public init(arrivalRate: Double, meanService: Double) {
    precondition(arrivalRate >= 0 && meanService >= 0, "neither rate nor service is negative")
    self.arrivalRate = arrivalRate
    self.meanService = meanService
  }

  /// The work that arrives in a second; 1 or more where requests pile up without end.
  public var utilisation: Double { arrivalRate * meanService }

  /// How many times as long a request takes as it would alone; infinite at or above full load.
  public var slowdown: Double { utilisation < 1 ? 1 / (1 - utilisation) : .infinity }

  /// The mean time from arrival to completion, in seconds.
  public var meanResponse: Double { meanResponse(work: meanService) }

  /// The mean number of requests present.
  public var meanPresent: Double {
    utilisation < 1 ? utilisation / (1 - utilisation) : .infinity
  }

  /// The mean time of requests that would take so many seconds alone.
  public func meanResponse(work: Double) -> Double { work > 0 ? work * slowdown : 0 }
}
