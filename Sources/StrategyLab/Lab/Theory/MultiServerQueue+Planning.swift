import LabKernel

extension MultiServerQueue {
  /// The least number of workers with which a part of the requests is answered in time.
  ///
  ///     MultiServerQueue.workers(
  ///       arrivalRate: 1_000, serviceRate: 20, response: 0.25, probability: 0.99)  // 53
  ///
  /// - Parameters:
  ///   - arrivalRate: Requests a second, 0 or more.
  ///   - serviceRate: Requests a second that a busy worker completes, above 0.
  ///   - response: The seconds within which a request shall be answered, 0 or more.
  ///   - probability: The part of the requests that shall be, 0 to 1.
  /// - Returns: nil where the service alone takes too long for too many, so that no number suffices.
  /// - Complexity: O(log n) queues of up to n workers, n being the answer.
  public static func workers(
    arrivalRate: Double, serviceRate: Double, response: Double, probability: Double
  ) -> Int? {
    let allowed = 1 - probability
    let load = arrivalRate / serviceRate
    guard Elementary.exponential(-serviceRate * response) <= allowed, load < 1e15 else {
      return nil
    }
    func isEnough(_ workers: Int) -> Bool {
      MultiServerQueue(arrivalRate: arrivalRate, serviceRate: serviceRate, workers: workers)
        .responseSurvival(response) <= allowed
    }
    // With as many workers as the load or fewer, requests pile up for ever.
    var low = Int(load)
    var high = low + 1
    while !isEnough(high) { (low, high) = (high, high + 2 * (high - low)) }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if isEnough(middle) { high = middle } else { low = middle }
    }
    return high
  }
}

/// One queue for all workers, held against a queue of its own for each worker that requests choose at random.
///
/// The two are the best and the worst that balancing among workers can do without knowing them: Kleinrock
/// (1976), "Queueing Systems", volume 2, chapter 5.
public struct PooledAgainstSplit: Sendable, Hashable {
  /// One queue for all workers.
  public let pooled: MultiServerQueue
  /// The queue of one worker out of many, which gets its share of the arrivals.
  public let split: MultiServerQueue

  /// Both ways to queue the same arrivals for the same workers.
  ///
  /// - Parameters:
  ///   - arrivalRate: Requests a second in all, 0 or more.
  ///   - serviceRate: Requests a second that a busy worker completes, above 0.
  ///   - workers: 1 or more.
  public init(arrivalRate: Double, serviceRate: Double, workers: Int) {
    pooled = MultiServerQueue(
      arrivalRate: arrivalRate, serviceRate: serviceRate, workers: workers)
    split = MultiServerQueue(
      arrivalRate: arrivalRate / Double(workers), serviceRate: serviceRate)
  }

  /// How many times as long a request takes where the queues are split; nil at or above full load.
  public var responseRatio: Double? {
    pooled.isStable && split.isStable ? split.meanResponse / pooled.meanResponse : nil
  }
}
