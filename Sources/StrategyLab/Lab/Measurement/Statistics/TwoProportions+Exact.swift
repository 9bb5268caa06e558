import LabKernel

extension TwoProportions {
  /// The probability of a table at most as likely as this one, if both shares are equal: Fisher's exact test.
  ///
  ///     TwoProportions(successes: 30, of: 1_000, against: 10, of: 1_000).exactTwoSidedProbability
  ///     // 0.002008
  ///
  /// Fisher (1935), "The Logic of Inductive Inference", doi:10.2307/2342435; two-sided after Freeman and Halton
  /// (1951), doi:10.1093/biomet/38.1-2.141. All successes together are taken as given.
  ///
  /// - Complexity: linear in the numbers of successes that are likely, about their deviation.
  public var exactTwoSidedProbability: Double {
    let table = HypergeometricWeights(self)
    // Tables that mirror each other are equally likely, and rounding must not part them.
    let limit = table.weight(of: firstSuccesses) * (1 + 1e-10)
    return min(1, table.sum { _, weight in weight <= limit })
  }

  /// The probability of at least so many successes of the first group, if both shares are equal.
  public var exactOneSidedProbability: Double {
    let table = HypergeometricWeights(self)
    return min(1, table.sum { successes, _ in successes >= firstSuccesses })
  }
}

/// How likely each number of successes of the first group is, their number in both groups being given.
private struct HypergeometricWeights {
  /// The numbers that can be.
  private let range: ClosedRange<Int>
  /// Weights relative to the likeliest number; 0 where they no longer count.
  private let weights: [Double]
  private let total: Double

  init(_ proportions: TwoProportions) {
    let (n, m) = (proportions.firstTrials, proportions.secondTrials)
    let successes = proportions.firstSuccesses + proportions.secondSuccesses
    range = max(0, successes - m)...min(n, successes)
    let (low, high) = (range.lowerBound, range.upperBound)
    let (a, b, k) = (Double(n), Double(m), Double(successes))
    let mode = min(max(Int((k + 1) * (a + 1) / (a + b + 2)), low), high)
    /// The weight of a number relative to that of the number before it.
    func step(to number: Int) -> Double {
      let x = Double(number)
      return (k - x + 1) / x * ((a - x + 1) / (b - k + x))
    }
    var weights = [Double](repeating: 0, count: range.count)
    weights[mode - low] = 1
    var total = 1.0
    var weight = 1.0
    var number = mode
    while number < high, weight > 0 {
      number += 1
      weight *= step(to: number)
      weights[number - low] = weight
      total += weight
    }
    (number, weight) = (mode, 1)
    while number > low, weight > 0 {
      weight /= step(to: number)
      number -= 1
      weights[number - low] = weight
      total += weight
    }
    (self.weights, self.total) = (weights, total)
  }

  func weight(of successes: Int) -> Double { weights[successes - range.lowerBound] }

  /// The probability of the numbers that meet a condition; the smallest are added first, so that none is lost.
  func sum(where condition: (_ successes: Int, _ weight: Double) -> Bool) -> Double {
    var kept: [Double] = []
    for (index, weight) in weights.enumerated()
    where weight > 0 && condition(range.lowerBound + index, weight) {
      kept.append(weight)
    }
    return kept.sorted().reduce(0, +) / total
  }
}
