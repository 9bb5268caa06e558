/// All differences between the values of two sorted samples, without writing them down.
struct PairwiseDifferences {
  /// The sample that is subtracted from, ascending.
  var first: [Double]
  /// The sample that is subtracted, ascending.
  var second: [Double]

  /// How many differences there are.
  var count: Int { first.count * second.count }

  /// How many differences are at most a number.
  ///
  /// - Complexity: O(n) for both samples together.
  func count(atMost bound: Double) -> Int {
    var (count, j) = (0, second.count)
    for x in first.reversed() {
      // With a smaller x more of the second sample lies near enough.
      while j > 0, x - second[j - 1] <= bound { j -= 1 }
      count += second.count - j
    }
    return count
  }

  /// The difference of a rank, from 1, in ascending order.
  ///
  /// Halves the range of floating-point numbers, of which there are fewer than 2⁶⁴, until one is left.
  ///
  /// - Complexity: at most 64 counts.
  func value(rank: Int) -> Double {
    precondition(rank >= 1 && rank <= count, "a rank must be within 1 and the count")
    var low = Self.place(first[0] - second[second.count - 1])
    var high = Self.place(first[first.count - 1] - second[0])
    while low < high {
      let middle = low + Int64(bitPattern: UInt64(bitPattern: high &- low) / 2)
      if count(atMost: Self.number(middle)) >= rank { high = middle } else { low = middle + 1 }
    }
    return Self.number(low) + 0  // minus zero becomes zero
  }

  /// The median of the differences.
  var median: Double {
    let middle = count / 2
    return count % 2 == 1
      ? value(rank: middle + 1) : (value(rank: middle) + value(rank: middle + 1)) / 2
  }

  /// Whole numbers in the order of the floating-point numbers.
  private static func place(_ number: Double) -> Int64 {
    let bits = Int64(bitPattern: number.bitPattern)
    return bits >= 0 ? bits : bits ^ .max
  }

  private static func number(_ place: Int64) -> Double {
    Double(bitPattern: UInt64(bitPattern: place >= 0 ? place : place ^ .max))
  }
}
