import LabKernel

/// The test whether two samples come from one continuous distribution, by the largest gap between them.
///
/// Smirnov (1939); the exact probability by counting the orders of the two samples as in Hodges (1958), "The
/// Significance Probability of the Smirnov Two-sample Test", Arkiv för Matematik 3(5), 469-486,
/// doi:10.1007/BF02589501. With equal values in both samples the test finds less than it could.
public struct KolmogorovSmirnov: Sendable, Hashable {
  /// The largest difference between the parts of the two samples that are at most a value.
  public let statistic: Double
  /// The same as a whole number: times both sizes.
  private let gap: Int
  private let firstCount: Int
  private let secondCount: Int

  /// The test of two samples; nil if one is empty.
  ///
  /// - Parameters:
  ///   - first: One sample, in any order.
  ///   - second: The other.
  /// - Complexity: O(n log n).
  public init?(_ first: [Double], _ second: [Double]) {
    guard !first.isEmpty, !second.isEmpty else { return nil }
    let (x, y) = (first.sorted(), second.sorted())
    var (i, j, largest) = (0, 0, 0)
    while i < x.count, j < y.count {
      let value = min(x[i], y[j])
      precondition(!value.isNaN, "values must be numbers")
      while i < x.count, x[i] == value { i += 1 }
      while j < y.count, y[j] == value { j += 1 }
      largest = max(largest, abs(i * y.count - j * x.count))
    }
    gap = largest
    (firstCount, secondCount) = (x.count, y.count)
    statistic = Double(largest) / (Double(x.count) * Double(y.count))
  }

  /// The probability of a gap at least so large if both samples come from one continuous distribution.
  ///
  /// Carried along all orders of the two samples at once: an order ends with a value of the first sample in
  /// proportion to their numbers so far. It only adds, so that also small probabilities have all their digits.
  ///
  /// - Complexity: O(product of the sizes).
  public var exactProbability: Double {
    guard gap > 0 else { return 1 }
    // Of the orders of i values of the first sample and j of the second: the part that has met the gap.
    var met = [Double](repeating: 0, count: secondCount + 1)
    for i in 0...firstCount {
      for j in 0...secondCount {
        if abs(i * secondCount - j * firstCount) >= gap {
          met[j] = 1
        } else if i > 0 || j > 0 {
          let fromFirst = i > 0 ? met[j] * Double(i) : 0
          let fromSecond = j > 0 ? met[j - 1] * Double(j) : 0
          met[j] = (fromFirst + fromSecond) / Double(i + j)
        }
      }
    }
    return min(1, met[secondCount])
  }

  /// The same probability in the limit of large samples.
  public var asymptoticProbability: Double {
    let (n, m) = (Double(firstCount), Double(secondCount))
    return Self.limit(statistic * (n * m / (n + m)).squareRoot())
  }

  /// The probability that the scaled gap exceeds a number in the limit of large samples.
  ///
  ///     KolmogorovSmirnov.limit(1.36)  // 0.0495
  ///
  /// Kolmogorov (1933), "Sulla determinazione empirica di una legge di distribuzione", Giornale dell'Istituto
  /// Italiano degli Attuari 4, 83-91: 2 Σ (-1)ᵏ⁻¹ exp(-2 k² x²). Up to 0.2, where the series converges slowly, the
  /// probability is 1 to twelve digits.
  public static func limit(_ scaledGap: Double) -> Double {
    guard scaledGap > 0.2 else { return 1 }
    var sum = 0.0
    var sign = 1.0
    for k in 1...40 {
      let term = Elementary.exponential(-2 * Double(k * k) * scaledGap * scaledGap)
      sum += sign * term
      if term < 1e-18 { break }
      sign = -sign
    }
    return min(1, max(0, 2 * sum))
  }
}
