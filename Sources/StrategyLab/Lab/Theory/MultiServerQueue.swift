import LabKernel

/// A queue of Poisson arrivals, exponential services and several workers, served in order: M/M/c.
///
///     let queue = MultiServerQueue(arrivalRate: 9, serviceRate: 1, workers: 10)
///     queue.waitingProbability   // 0.6687
///     queue.meanWait             // 0.6687
///
/// Erlang (1917) by the formula named C after him; Gross, Shortle, Thompson and Harris (2008),
/// "Fundamentals of Queueing Theory", sections 2.2 and 2.3, doi:10.1002/9781118625651. All figures are of the
/// steady state. At or above full load there is none: waits are infinite and everybody waits.
public struct MultiServerQueue: Sendable, Hashable {
  /// Requests a second, 0 or more.
  public let arrivalRate: Double
  /// Requests a second that a busy worker completes, above 0.
  public let serviceRate: Double
  /// How many work side by side, 1 or more.
  public let workers: Int
  /// The probability that a request finds all workers busy and has to wait.
  public let waitingProbability: Double

  /// The queue of given rates.
  ///
  /// - Parameters:
  ///   - arrivalRate: Requests a second, 0 or more.
  ///   - serviceRate: Requests a second that a busy worker completes, above 0.
  ///   - workers: 1 or more; one makes the queue an M/M/1.
  /// - Complexity: O(√`workers`) beyond 1,000 workers, below it O(`workers`).
  public init(arrivalRate: Double, serviceRate: Double, workers: Int = 1) {
    precondition(arrivalRate >= 0, "an arrival rate is not negative")
    precondition(serviceRate > 0, "a worker completes something")
    precondition(workers > 0, "somebody must work")
    self.arrivalRate = arrivalRate
    self.serviceRate = serviceRate
    self.workers = workers
    waitingProbability = ErlangC.waitingProbability(
      workers: workers, offeredLoad: arrivalRate / serviceRate)
  }

  /// The work that arrives, in workers that it would keep busy.
  public var offeredLoad: Double { arrivalRate / serviceRate }

  /// The offered load of a worker; 1 or more where the queue grows without end.
  public var utilisation: Double { offeredLoad / Double(workers) }

  /// Whether the workers keep up in the long run.
  public var isStable: Bool { arrivalRate < drainRate }

  /// The mean service time, in seconds.
  public var meanService: Double { 1 / serviceRate }

  /// What all workers together complete, in requests a second.
  var drainRate: Double { Double(workers) * serviceRate }

  /// By how much the workers are faster than the arrivals; 0 if they are not.
  var spareRate: Double { max(0, drainRate - arrivalRate) }

  /// The mean time before service, of all requests, in seconds.
  public var meanWait: Double { isStable ? waitingProbability / spareRate : .infinity }

  /// The mean time from arrival to completion, in seconds.
  public var meanResponse: Double { meanWait + meanService }

  /// The mean number of requests that wait.
  public var meanWaiting: Double { isStable ? arrivalRate * meanWait : .infinity }

  /// The mean number of requests that wait or are served.
  public var meanPresent: Double { isStable ? meanWaiting + offeredLoad : .infinity }

  /// The variance of the time before service, in square seconds: a wait is none, or exponential.
  public var waitVariance: Double {
    guard isStable else { return .infinity }
    return waitingProbability * (2 - waitingProbability) / (spareRate * spareRate)
  }

  /// The variance of the time from arrival to completion, in square seconds; wait and service are independent.
  public var responseVariance: Double { waitVariance + meanService * meanService }

  /// The probability that nobody is present.
  public var emptyProbability: Double {
    guard isStable else { return 0 }
    guard workers > 1 else { return 1 - utilisation }
    // The parts of the state with all workers busy and of the empty one are as aᶜ/c! and 1.
    let load = offeredLoad
    guard load > 0 else { return 1 }
    let logOfBusy =
      Double(workers) * Elementary.logarithm(load) - Elementary.logGamma(Double(workers) + 1)
    let inverse = ErlangLoss.inverse(workers: workers, offeredLoad: load)
    // 1/p₀ = aᶜ/c! (1/B + ρ / (1 - ρ)), in which 1/B may exceed all numbers.
    guard inverse < .infinity else { return Elementary.exponential(-load) }
    let relative = inverse + utilisation / (1 - utilisation)
    return Elementary.exponential(-logOfBusy - Elementary.logarithm(relative))
  }

  /// The variance of the number of requests that wait or are served.
  ///
  /// Below as many as there are workers the number is Poisson cut off, from there on geometric.
  public var presentVariance: Double {
    guard isStable else { return .infinity }
    let (load, count) = (offeredLoad, Double(workers))
    guard load > 0 else { return 0 }
    let rho = load / count
    let allBusy = waitingProbability
    let atCount = allBusy * (1 - rho)
    let oneLess = atCount / rho
    let twoLess = oneLess * (count - 1) / load
    // Factorial moments of the part below `count`; it is Poisson weighted, cut off above count - 1.
    let below = 1 - allBusy
    let firstBelow = load * (below - oneLess)
    let secondBelow = workers > 1 ? load * load * (below - oneLess - twoLess) : 0
    // Those above: count + g with g geometric.
    let mean = rho / (1 - rho)
    let square = mean * (1 + rho) / (1 - rho)
    let firstAbove = allBusy * (count + mean)
    let squareAbove = allBusy * (count * count + 2 * count * mean + square)
    let total = firstBelow + firstAbove
    return secondBelow + firstBelow + squareAbove - total * total
  }
}
