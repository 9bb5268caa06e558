/// Several workers and callers who give up waiting after an exponential time: Erlang A, M/M/c+M.
///
///     let queue = ImpatientQueue(
///       arrivalRate: 12, serviceRate: 1, abandonmentRate: 1, workers: 10)
///     queue.abandonmentProbability  // 0.2136
///
/// Palm (1957), "Research on Telephone Traffic Carried by Full Availability Groups"; Garnett, Mandelbaum and
/// Reiman (2002), "Designing a Call Center with Impatient Customers", doi:10.1287/msom.4.3.208.7753. Nobody
/// gives up in service. Any load has a steady state if somebody gives up at all.
public struct ImpatientQueue: Sendable, Hashable {
  /// Requests a second, 0 or more.
  public let arrivalRate: Double
  /// Requests a second that a busy worker completes, above 0.
  public let serviceRate: Double
  /// How many of those who wait give up in a second; one divided by the mean patience.
  public let abandonmentRate: Double
  /// How many work side by side, 1 or more.
  public let workers: Int
  /// The probability that a request finds all workers busy.
  public let waitingProbability: Double
  /// The mean number of requests that wait.
  public let meanWaiting: Double

  /// The queue of given rates.
  ///
  /// - Parameters:
  ///   - arrivalRate: Requests a second, 0 or more.
  ///   - serviceRate: Requests a second that a busy worker completes, above 0.
  ///   - abandonmentRate: One divided by the mean patience, 0 or more; 0 makes the queue an M/M/c.
  ///   - workers: 1 or more.
  /// - Complexity: linear in the range of numbers present that are likely, about the square root of the largest.
  public init(
    arrivalRate: Double, serviceRate: Double, abandonmentRate: Double, workers: Int
  ) {
    precondition(arrivalRate >= 0 && abandonmentRate >= 0, "a rate is not negative")
    precondition(serviceRate > 0, "a worker completes something")
    precondition(workers > 0, "somebody must work")
    self.arrivalRate = arrivalRate
    self.serviceRate = serviceRate
    self.abandonmentRate = abandonmentRate
    self.workers = workers
    guard arrivalRate > 0 else {
      (waitingProbability, meanWaiting) = (0, 0)
      return
    }
    guard abandonmentRate > 0 else {
      let patient = MultiServerQueue(
        arrivalRate: arrivalRate, serviceRate: serviceRate, workers: workers)
      (waitingProbability, meanWaiting) = (patient.waitingProbability, patient.meanWaiting)
      return
    }
    let chain = WaitingChain(
      arrivalRate: arrivalRate, drainRate: Double(workers) * serviceRate,
      abandonmentRate: abandonmentRate)
    let inverse = ErlangLoss.inverse(workers: workers, offeredLoad: arrivalRate / serviceRate)
    let total = (inverse - 1) * chain.firstWeight + chain.sum
    waitingProbability = chain.sum / total
    meanWaiting = chain.weightedSum / total
  }

  /// Requests a second of whom the caller gives up.
  public var abandonments: Double {
    guard abandonmentRate > 0 else { return 0 }
    return abandonmentRate * meanWaiting
  }

  /// The probability that the caller gives up.
  public var abandonmentProbability: Double { arrivalRate > 0 ? abandonments / arrivalRate : 0 }

  /// The mean time that a caller waits, those included who give up or need not wait, in seconds.
  public var meanWait: Double { arrivalRate > 0 ? meanWaiting / arrivalRate : 0 }

  /// Requests a second that are completed.
  public var throughput: Double {
    abandonmentRate > 0
      ? arrivalRate - abandonments : min(arrivalRate, Double(workers) * serviceRate)
  }

  /// The part of the time that a worker is busy.
  public var utilisation: Double { throughput / (Double(workers) * serviceRate) }

  /// The mean number of requests that wait or are served.
  public var meanPresent: Double { meanWaiting + throughput / serviceRate }
}

/// The numbers of those who wait while all workers are busy, weighed as they are likely; the likeliest has weight 1.
private struct WaitingChain {
  /// The weight of nobody waiting.
  var firstWeight = 0.0
  /// The sum of all weights.
  var sum = 1.0
  /// The sum of all numbers times their weights.
  var weightedSum: Double

  /// Sums from the likeliest number to both sides, until a weight no longer counts.
  init(arrivalRate: Double, drainRate: Double, abandonmentRate: Double) {
    // Weight n is arrivals / (drain + n abandonments) times weight n - 1.
    let peak = max(0, ((arrivalRate - drainRate) / abandonmentRate).rounded(.down))
    weightedSum = peak
    var (number, weight) = (peak, 1.0)
    while number > 0, weight > sum * 0x1p-60 {
      weight *= (drainRate + number * abandonmentRate) / arrivalRate
      number -= 1
      sum += weight
      weightedSum += number * weight
    }
    firstWeight = number > 0 ? 0 : weight
    (number, weight) = (peak, 1.0)
    while weight > sum * 0x1p-60 {
      number += 1
      weight *= arrivalRate / (drainRate + number * abandonmentRate)
      sum += weight
      weightedSum += number * weight
    }
  }
}
