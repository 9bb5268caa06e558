import LabKernel

/// Several workers and room for a limited number of requests: who finds it full is turned away. M/M/c/K.
///
///     let queue = BoundedQueue(arrivalRate: 12, serviceRate: 1, workers: 10, room: 30)
///     queue.blockingProbability  // 0.1686
///     queue.meanResponse         // 2.535 seconds
///
/// Gross, Shortle, Thompson and Harris (2008), "Fundamentals of Queueing Theory", section 2.5,
/// doi:10.1002/9781118625651. Any load has a steady state. The sums over the states are closed: Erlang's below
/// the number of workers, geometric above, so that neither room nor workers are counted through.
public struct BoundedQueue: Sendable, Hashable {
  /// Requests a second, 0 or more.
  public let arrivalRate: Double
  /// Requests a second that a busy worker completes, above 0.
  public let serviceRate: Double
  /// How many work side by side, 1 or more.
  public let workers: Int
  /// How many requests may be present, waiting or served; 0 or more.
  public let room: Int
  /// The probability that a request finds no room and is turned away.
  public let blockingProbability: Double
  /// The mean number of requests that wait.
  public let meanWaiting: Double

  /// The queue of given rates.
  ///
  /// - Parameters:
  ///   - arrivalRate: Requests a second, 0 or more.
  ///   - serviceRate: Requests a second that a busy worker completes, above 0.
  ///   - workers: 1 or more.
  ///   - room: How many requests may be present, waiting or served; fewer than workers leave some of them idle.
  /// - Complexity: O(√`workers`).
  public init(arrivalRate: Double, serviceRate: Double, workers: Int = 1, room: Int) {
    precondition(arrivalRate >= 0, "an arrival rate is not negative")
    precondition(serviceRate > 0, "a worker completes something")
    precondition(workers > 0 && room >= 0, "somebody must work, and room is not negative")
    self.arrivalRate = arrivalRate
    self.serviceRate = serviceRate
    self.workers = workers
    self.room = room
    let load = arrivalRate / serviceRate
    let busiest = min(workers, room)
    guard busiest > 0, load > 0 else {
      blockingProbability = busiest > 0 ? 0 : 1
      meanWaiting = 0
      return
    }
    let places = Double(room - busiest)
    // States are weighed by the one with all workers busy; where the queue tends to fill, by the full one.
    let below = ErlangLoss.inverse(workers: busiest, offeredLoad: load) - 1
    let geometric = CutOffGeometric(
      logRatio: Elementary.logarithm(load / Double(busiest)), last: places)
    let total = below * geometric.firstWeight + geometric.sum
    blockingProbability = geometric.lastWeight / total
    meanWaiting = geometric.sum / total * geometric.mean
  }

  /// Requests a second that are let in, and so completed.
  public var throughput: Double { arrivalRate * (1 - blockingProbability) }

  /// Requests a second that are turned away.
  public var lossRate: Double { arrivalRate * blockingProbability }

  /// The part of the time that a worker is busy.
  public var utilisation: Double { throughput / (Double(workers) * serviceRate) }

  /// The mean number of requests that wait or are served.
  public var meanPresent: Double { throughput / serviceRate + meanWaiting }

  /// The mean time before service of those let in, in seconds; nil if nobody is.
  public var meanWait: Double? {
    guard room > 0, blockingProbability < 1 else { return nil }
    return throughput > 0 ? meanWaiting / throughput : 0
  }

  /// The mean time from arrival to completion of those let in, in seconds; nil if nobody is.
  public var meanResponse: Double? { meanWait.map { $0 + 1 / serviceRate } }
}

/// The numbers 0 to `last`, weighed with the powers of a ratio; the heaviest has weight 1.
struct CutOffGeometric {
  /// The weight of 0.
  let firstWeight: Double
  /// The weight of `last`.
  let lastWeight: Double
  /// The sum of all weights.
  let sum: Double
  /// The mean number.
  let mean: Double

  /// - Parameters:
  ///   - logRatio: The logarithm of the ratio of neighbouring weights.
  ///   - last: The last number, 0 or more.
  init(logRatio: Double, last: Double) {
    let fall = logRatio.magnitude
    let small = Elementary.exponential(-fall * last)
    firstWeight = logRatio > 0 ? small : 1
    lastWeight = logRatio > 0 ? 1 : small
    let count = last + 1
    guard fall > 0 else {
      (sum, mean) = (count, last / 2)
      return
    }
    sum = Elementary.exponentialMinusOne(-fall * count) / Elementary.exponentialMinusOne(-fall)
    // 1 / (eᶠ - 1) - n / (eⁿᶠ - 1), f the fall and n the count, of the falling weights.
    let falling =
      fall * count < 0.5
      ? last / 2 + Self.excess(fall) - count * Self.excess(fall * count)
      : 1 / Elementary.exponentialMinusOne(fall)
        - count / Elementary.exponentialMinusOne(fall * count)
    mean = logRatio > 0 ? last - falling : falling
  }

  /// 1 / (eˣ - 1) - 1/x + 1/2, below one half by its series in Bernoulli's numbers (Abramowitz and Stegun 1964, 23.1.1).
  private static func excess(_ x: Double) -> Double {
    let z = x * x
    let far = 1.0 / 47_900_160 - z * (691.0 / 1_307_674_368_000 - z / 74_724_249_600)
    let near = 1.0 / 30_240 - z * (1.0 / 1_209_600 - z * far)
    return x * (1.0 / 12 - z * (1.0 / 720 - z * near))
  }
}
