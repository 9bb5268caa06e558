import LabKernel

/// Erlang's loss formula for any number of workers, also for more than can be counted up to.
///
/// Erlang (1917), "Solution of some Problems in the Theory of Probabilities of Significance in Automatic
/// Telephone Exchanges"; in the form of its inverse, Cooper (1981), "Introduction to Queueing Theory",
/// chapter 3: 1/B = 1 + c/a + c(c-1)/a² + ... + c!/aᶜ for c workers and a load of a erlang.
enum ErlangLoss {
  /// One divided by the probability that all workers are busy where nobody can wait.
  ///
  /// All terms are positive, so that no digits are lost, and the sum ends as soon as a term no longer counts or
  /// the sum exceeds all numbers (then the probability is 0).
  ///
  /// - Parameters:
  ///   - workers: 0 or more.
  ///   - offeredLoad: In erlang, 0 or more.
  /// - Returns: 1 or more; infinity where the probability is below the least number.
  /// - Complexity: O(√`workers`).
  static func inverse(workers: Int, offeredLoad: Double) -> Double {
    guard offeredLoad > 0 else { return workers == 0 ? 1 : .infinity }
    var sum = 1.0
    var term = 1.0
    var free = Double(workers)
    while free > 0 {
      term *= free / offeredLoad
      sum += term
      guard sum < .infinity else { return .infinity }
      // Terms rise until as many workers are left as the load needs, and fall ever faster from there.
      if free < offeredLoad, term < sum * 0x1p-60 { break }
      free -= 1
    }
    return sum
  }

  /// The probability that all workers are busy where nobody can wait.
  static func probability(workers: Int, offeredLoad: Double) -> Double {
    1 / inverse(workers: workers, offeredLoad: offeredLoad)
  }
}
