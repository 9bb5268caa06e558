/// Quantiles of a sample.
///
/// Hyndman and Fan (1996), "Sample Quantiles in Statistical Packages", The American Statistician 50(4),
/// 361-365, doi:10.1080/00031305.1996.10473566.
public enum Quantile {
  /// How a quantile between two values of a sample is read.
  public enum Method: Sendable, Hashable, CaseIterable {
    /// On the line between the two values (definition 7 of Hyndman and Fan; R and NumPy by default).
    case linear
    /// The smallest value with at least the probability at or below it (definition 1).
    case nearestRank
  }

  /// A quantile of sorted values.
  ///
  ///     Quantile.of([15, 20, 35, 40, 50], 0.4)                        // 29
  ///     Quantile.of([15, 20, 35, 40, 50], 0.4, method: .nearestRank)  // 20
  ///
  /// - Parameters:
  ///   - sorted: The values, ascending.
  ///   - probability: The part of the sample at or below the quantile, 0 to 1.
  ///   - method: How to read between two values.
  /// - Returns: nil without values.
  /// - Complexity: O(1).
  public static func of(
    _ sorted: [Double], _ probability: Double, method: Method = .linear
  ) -> Double? {
    guard !sorted.isEmpty else { return nil }
    let position = Position(count: sorted.count, probability: probability, method: method)
    return position.value(sorted[position.rank], sorted[position.nextRank])
  }

  /// Two quantiles of values in any order, which are partly sorted on the way; read on the line between two values.
  ///
  /// - Parameters:
  ///   - values: The values; none may be not-a-number.
  ///   - lower: The lower probability, 0 to 1.
  ///   - upper: The upper probability, `lower` to 1.
  /// - Returns: nil without values.
  /// - Complexity: O(n) expected.
  static func select(
    _ values: inout [Double], _ lower: Double, _ upper: Double
  ) -> (lower: Double, upper: Double)? {
    guard !values.isEmpty else { return nil }
    let low = Position(count: values.count, probability: lower, method: .linear)
    let high = Position(count: values.count, probability: upper, method: .linear)
    return values.withUnsafeMutableBufferPointer { buffer in
      // Behind the lower rank lies nothing smaller: the upper one need only look there.
      (select(low, in: buffer, from: 0), select(high, in: buffer, from: low.rank))
    }
  }

  private static func select(
    _ position: Position, in buffer: UnsafeMutableBufferPointer<Double>, from start: Int
  ) -> Double {
    partition(buffer, at: position.rank, from: start)
    let value = buffer[position.rank]
    guard position.nextRank > position.rank, position.part > 0 else { return value }
    var next = buffer[position.nextRank]
    for index in (position.nextRank + 1)..<max(buffer.count, position.nextRank + 1) {
      next = min(next, buffer[index])
    }
    return position.value(value, next)
  }

  private struct Position {
    var rank: Int
    var nextRank: Int
    var part: Double

    init(count: Int, probability: Double, method: Method) {
      precondition(probability >= 0 && probability <= 1, "a probability must be within 0 and 1")
      switch method {
      case .linear:
        let place = Double(count - 1) * probability
        rank = min(Int(place), count - 1)
        nextRank = min(rank + 1, count - 1)
        part = place - Double(rank)
      case .nearestRank:
        rank = max(Int((Double(count) * probability).rounded(.up)), 1) - 1
        nextRank = rank
        part = 0
      }
    }

    func value(_ here: Double, _ next: Double) -> Double { here + (next - here) * part }
  }

  /// Puts the value of a rank in its place, smaller ones before it and larger ones behind it.
  ///
  /// Hoare (1961), "Algorithm 65: Find", CACM 4(7), 321-322, doi:10.1145/366622.366647.
  private static func partition(
    _ values: UnsafeMutableBufferPointer<Double>, at rank: Int, from start: Int
  ) {
    var low = start
    var high = values.count - 1
    while low < high {
      let pivot = median(values[low], values[low + (high - low) / 2], values[high])
      var left = low
      var right = high
      while left <= right {
        while values[left] < pivot { left += 1 }
        while pivot < values[right] { right -= 1 }
        if left <= right {
          values.swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if rank <= right {
        high = right
      } else if rank >= left {
        low = left
      } else {
        return
      }
    }
  }

  private static func median(_ a: Double, _ b: Double, _ c: Double) -> Double {
    max(min(a, b), min(max(a, b), c))
  }
}
