import LabKernel

extension MultiServerQueue {
  /// The probability that a request waits longer than a number of seconds.
  ///
  /// - Parameter seconds: 0 or more; below it the answer is 1.
  /// - Returns: 1 at or above full load.
  public func waitSurvival(_ seconds: Double) -> Double {
    guard seconds >= 0, isStable else { return 1 }
    return waitingProbability * Elementary.exponential(-spareRate * seconds)
  }

  /// The wait that a part of the requests does not exceed, in seconds; 0 if so many need not wait.
  ///
  /// - Parameter probability: The part, 0 to below 1.
  /// - Returns: infinity at or above full load.
  public func waitQuantile(_ probability: Double) -> Double {
    precondition(probability >= 0 && probability < 1, "a quantile lies between 0 and 1")
    guard isStable else { return .infinity }
    guard waitingProbability > 1 - probability else { return 0 }
    return Elementary.logarithm(waitingProbability / (1 - probability)) / spareRate
  }

  /// The probability that a request takes longer than a number of seconds, wait and service together.
  ///
  /// The sum of an exponential service and a wait that is none or exponential. The two exponential laws may
  /// have the same rate or nearly, so that their difference is taken of the slower one.
  ///
  /// - Parameter seconds: 0 or more; below it the answer is 1.
  /// - Returns: 1 at or above full load.
  public func responseSurvival(_ seconds: Double) -> Double {
    guard seconds >= 0, isStable else { return 1 }
    guard seconds < .infinity else { return 0 }
    let slower = min(serviceRate, spareRate)
    let apart = (serviceRate - spareRate).magnitude * seconds
    let both =
      serviceRate * seconds * Elementary.exponential(-slower * seconds)
      * ExponentialIntegrals.first(apart)
    return min(1, Elementary.exponential(-serviceRate * seconds) + waitingProbability * both)
  }

  /// The response time that a part of the requests does not exceed, in seconds.
  ///
  ///     MultiServerQueue(arrivalRate: 90, serviceRate: 100).responseQuantile(0.99)  // 0.4605
  ///
  /// - Parameter probability: The part, 0 to below 1.
  /// - Returns: infinity at or above full load.
  public func responseQuantile(_ probability: Double) -> Double {
    precondition(probability >= 0 && probability < 1, "a quantile lies between 0 and 1")
    guard isStable else { return .infinity }
    guard probability > 0 else { return 0 }
    let tail = 1 - probability
    guard workers > 1 else { return -Elementary.logarithm(tail) / spareRate }
    var (low, high) = (0.0, meanResponse)
    while responseSurvival(high) > tail { (low, high) = (high, 2 * high) }
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return high }
      if responseSurvival(middle) > tail { low = middle } else { high = middle }
    }
  }
}

/// Integrals of the exponential function that keep their digits where their arguments are small.
enum ExponentialIntegrals {
  /// (1 - e⁻ˣ) / x, which is 1 at 0: the mean of e⁻ᵘ for u from 0 to x.
  static func first(_ x: Double) -> Double {
    x == 0 ? 1 : -Elementary.exponentialMinusOne(-x) / x
  }

  /// (1 - (1 + x) e⁻ˣ) / x², which is one half at 0: the integral of u e⁻ˣᵘ for u from 0 to 1.
  static func second(_ x: Double) -> Double {
    guard x.magnitude < 0.5 else {
      return (1 - (1 + x) * Elementary.exponential(-x)) / (x * x)
    }
    // Σ (-x)ⁿ / (n! (n + 2)): below one half sixteen terms are more than a double holds.
    var sum = 0.0
    var term = 1.0
    for n in 0..<16 {
      sum += term / Double(n + 2)
      term *= -x / Double(n + 1)
    }
    return sum
  }
}
