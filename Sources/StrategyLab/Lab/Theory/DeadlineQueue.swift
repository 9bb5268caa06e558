import LabKernel

/// Several workers and callers who all give up after the same wait: M/M/c+D.
///
///     let queue = DeadlineQueue(arrivalRate: 12, serviceRate: 1, workers: 10, patience: 1)
///     queue.abandonmentProbability
///
/// Barrer (1957), "Queuing with Impatient Customers and Ordered Service", Operations Research 5(5), 650-656,
/// doi:10.1287/opre.5.5.650; Gnedenko and Kovalenko (1968), "Introduction to Queueing Theory"; the density of
/// the offered wait as in Zeltyn and Mandelbaum (2005), "Call Centers with Impatient Customers: Many-Server
/// Asymptotics of the M/M/n+G Queue", section 4.1, doi:10.1007/s11134-005-3699-8. Any load has a steady state.
/// Nobody gives up in service. It is all the same to the others whether a caller who will not be served in time
/// waits out the patience or leaves at once; the waits here are those of callers who wait it out.
public struct DeadlineQueue: Sendable, Hashable {
  /// Requests a second, 0 or more.
  public let arrivalRate: Double
  /// Requests a second that a busy worker completes, above 0.
  public let serviceRate: Double
  /// How many work side by side, 1 or more.
  public let workers: Int
  /// The wait in seconds after which a caller gives up, 0 or more and finite.
  public let patience: Double
  /// The probability that the caller gives up.
  public let abandonmentProbability: Double
  /// The probability that a request finds all workers busy.
  public let waitingProbability: Double
  /// The mean time that a caller waits, those included who give up or need not wait, in seconds.
  public let meanWait: Double

  /// The queue of given rates.
  ///
  /// - Parameters:
  ///   - arrivalRate: Requests a second, 0 or more.
  ///   - serviceRate: Requests a second that a busy worker completes, above 0.
  ///   - workers: 1 or more.
  ///   - patience: The wait in seconds after which a caller gives up; 0 makes the queue a loss system.
  /// - Complexity: O(√`workers`).
  public init(arrivalRate: Double, serviceRate: Double, workers: Int = 1, patience: Double) {
    precondition(arrivalRate >= 0, "an arrival rate is not negative")
    precondition(serviceRate > 0, "a worker completes something")
    precondition(workers > 0, "somebody must work")
    precondition(patience >= 0 && patience < .infinity, "a patience is finite")
    self.arrivalRate = arrivalRate
    self.serviceRate = serviceRate
    self.workers = workers
    self.patience = patience
    let drain = Double(workers) * serviceRate
    // The offered wait has density ~ exp((arrivals - drain) x) up to the patience, beyond it exp(-drain x),
    // relative to the state in which one worker is free; all is divided by the largest of it.
    let growth = arrivalRate - drain
    let apart = growth.magnitude * patience
    let small = Elementary.exponential(-apart)
    let isOverloaded = growth > 0
    let free =
      ErlangLoss.inverse(workers: workers - 1, offeredLoad: arrivalRate / serviceRate)
      * (isOverloaded ? small : 1)
    let served = arrivalRate * patience * ExponentialIntegrals.first(apart)
    let falling = patience * ExponentialIntegrals.second(apart)
    let servedWait =
      arrivalRate * patience
      * (isOverloaded ? patience * ExponentialIntegrals.first(apart) - falling : falling)
    let late = arrivalRate / drain * (isOverloaded ? 1 : small)
    let total = free + served + late
    abandonmentProbability = late / total
    waitingProbability = (served + late) / total
    meanWait = (servedWait + patience * late) / total
    meanWaitOfServed = free + served > 0 ? servedWait / (free + served) : 0
    (freeWeight, totalWeight) = (free, total)
  }

  /// The mean time before service of those who are served, in seconds.
  public let meanWaitOfServed: Double

  private let freeWeight: Double
  private let totalWeight: Double

  /// Requests a second that are completed.
  public var throughput: Double { arrivalRate * (1 - abandonmentProbability) }

  /// The part of the time that a worker is busy.
  public var utilisation: Double { throughput / (Double(workers) * serviceRate) }

  /// The mean time from arrival to completion of those who are served, in seconds.
  public var meanResponseOfServed: Double { meanWaitOfServed + 1 / serviceRate }

  /// The probability that a caller waits longer than a number of seconds; nobody waits longer than the patience.
  ///
  /// - Parameter seconds: 0 or more; below it the answer is 1.
  public func waitSurvival(_ seconds: Double) -> Double {
    if seconds < 0 { return 1 }
    guard seconds < patience, totalWeight < .infinity else { return 0 }
    // What of the density lies up to the wait; measured from the far end where the density rises.
    let growth = arrivalRate - Double(workers) * serviceRate
    let part = ExponentialIntegrals.first(growth.magnitude * seconds) * arrivalRate * seconds
    let below =
      growth > 0 ? part * Elementary.exponential(-growth * (patience - seconds)) : part
    return max(0, 1 - (freeWeight + below) / totalWeight)
  }
}
