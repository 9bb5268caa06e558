/// Corrections for many comparisons at once: the probability of even one false finding stays bounded.
///
/// Holm (1979), "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of Statistics
/// 6(2), 65-70, https://www.jstor.org/stable/4615733; Dunn (1961), "Multiple Comparisons Among Means", JASA
/// 56(293), 52-64, doi:10.1080/01621459.1961.10482090, for Bonferroni's.
public enum MultipleComparisons {
  /// Holm's adjusted p values, in the order given: those at most α are findings at level α.
  ///
  ///     MultipleComparisons.holm([0.01, 0.04, 0.03, 0.005])  // 0.03, 0.06, 0.06, 0.02
  ///
  /// - Complexity: O(n log n).
  public static func holm(_ probabilities: [Double]) -> [Double] {
    var adjusted = probabilities
    var largest = 0.0
    let order = probabilities.indices.sorted {
      (probabilities[$0], $0) < (probabilities[$1], $1)
    }
    for (rank, index) in order.enumerated() {
      largest = max(largest, min(1, Double(order.count - rank) * probabilities[index]))
      adjusted[index] = largest
    }
    return adjusted
  }

  /// Bonferroni's adjusted p values, in the order given.
  public static func bonferroni(_ probabilities: [Double]) -> [Double] {
    probabilities.map { min(1, Double(probabilities.count) * $0) }
  }

  /// The confidence that each of some intervals needs for all of them to hold together.
  ///
  ///     MultipleComparisons.confidence(0.95, comparisons: 4)  // 0.9875
  ///
  /// - Parameters:
  ///   - confidence: The confidence of all intervals together, above 0 and below 1.
  ///   - comparisons: How many intervals there are; fewer than 2 change nothing.
  /// - Returns: the confidence of each interval.
  public static func confidence(_ confidence: Double, comparisons: Int) -> Double {
    1 - (1 - confidence) / Double(max(comparisons, 1))
  }
}
