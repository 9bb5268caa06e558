/// The probability that a request has to wait in a queue with several workers.
///
/// Erlang (1917); computed by the stable recurrence of Erlang's loss formula,
/// `B(k) = a B(k-1) / (k + a B(k-1))`, and `C = B / (1 - r (1 - B))` with `r = a / c`.
enum ErlangC {
  /// The probability of waiting with the given number of workers and the given load in erlang; 1 at or above full load.
  ///
  /// - Complexity: linear in the number of workers.
  static func waitingProbability(workers: Int, offeredLoad: Double) -> Double {
    guard offeredLoad > 0 else { return 0 }
    guard offeredLoad < Double(workers) else { return 1 }
    let blocking = blockingProbability(workers: workers, offeredLoad: offeredLoad)
    return blocking / (1 - offeredLoad / Double(workers) * (1 - blocking))
  }

  /// The mean wait of those who have to wait, for services of any law: exact where it is exponential.
  ///
  /// Allen (1990), "Probability, Statistics, and Queueing Theory", section 5.3, after Allen and Cunneen; arrivals are Poisson.
  ///
  /// - Parameters:
  ///   - workers: How many work side by side.
  ///   - utilisation: Offered load per worker, below 1.
  ///   - meanService: The mean service time.
  ///   - squaredVariation: The variance of the service time divided by the square of its mean.
  /// - Returns: a time in the unit of the service time.
  static func meanWaitOfWaiting(
    workers: Int, utilisation: Double, meanService: Double, squaredVariation: Double
  ) -> Double {
    meanService / (Double(workers) * (1 - utilisation)) * (1 + squaredVariation) / 2
  }

  /// The probability that all workers are busy where nobody can wait: Erlang's loss formula.
  static func blockingProbability(workers: Int, offeredLoad: Double) -> Double {
    // The recurrence is linear in the workers; the sum of ErlangLoss takes as many steps as their square root.
    guard workers <= 1_000 else {
      return ErlangLoss.probability(workers: workers, offeredLoad: offeredLoad)
    }
    var blocking = 1.0
    for servers in 1...max(workers, 1) {
      blocking = offeredLoad * blocking / (Double(servers) + offeredLoad * blocking)
    }
    return blocking
  }
}
