/// Draws an index by its weight from one random word, in a time that does not grow with their number.
///
/// Every index has a column of the same height. What an index weighs less than the mean is filled up
/// by one other that weighs more, its alias; so a column holds at most two indices. A draw chooses a
/// column by the high part of the product of word and number of columns, and one of its two by the low part.
///
///     let table = AliasTable(weights: [1, 3])
///     table.index(stream.next())   // 0 in one of four cases
///
/// Source: Walker (1977), "An Efficient Method for Generating Discrete Random Variables with General
/// Distributions", ACM Transactions on Mathematical Software 3, 253-256, doi:10.1145/355744.355749; the
/// table is made in linear time by the method of Vose (1991), "A Linear Algorithm for Generating Random
/// Numbers with a Given Distribution", IEEE Transactions on Software Engineering 17, 972-975, doi:10.1109/32.92917.
@frozen
public struct AliasTable: Sendable {
  /// An index's column: below the threshold the index itself, from there on its alias.
  @frozen
  @usableFromInline
  struct Column: BitwiseCopyable, Sendable {
    /// The share of the column that is the index's own, in units of 2⁻⁶⁴.
    @usableFromInline var threshold: UInt64
    @usableFromInline var alias: Int
  }

  @usableFromInline var columns: [Column]

  /// A table of indices that are each as likely as their share of the sum of the weights.
  ///
  /// - Precondition: the weights are finite and not negative, and one of them is above 0.
  /// - Complexity: linear in the number of weights.
  public init(weights: [Double]) {
    var sum = 0.0
    for weight in weights {
      precondition(weight >= 0, "a weight is not negative")
      sum += weight
    }
    precondition(sum > 0 && sum.isFinite, "one weight is above 0, and all are finite")
    let count = Double(weights.count)
    // Divided first: the sum of few large weights times their number may not be finite.
    var heights = weights.map { $0 / sum * count }
    columns = weights.indices.map { Column(threshold: .max, alias: $0) }
    var small = heights.indices.filter { heights[$0] < 1 }
    var large = heights.indices.filter { heights[$0] >= 1 }
    while let low = small.popLast(), let high = large.last {
      columns[low] = Column(threshold: Self.threshold(heights[low]), alias: high)
      heights[high] = (heights[high] + heights[low]) - 1
      if heights[high] < 1 {
        large.removeLast()
        small.append(high)
      }
    }
    // Columns left over are full up to rounding, but one without any weight never is: rounding may
    // have used up the others' surplus before its turn.
    if let heaviest = weights.indices.max(by: { weights[$0] < weights[$1] }) {
      for index in weights.indices where weights[index] == 0 && columns[index].alias == index {
        columns[index] = Column(threshold: 0, alias: heaviest)
      }
    }
  }

  /// How many indices there are.
  @inlinable
  public var count: Int { columns.count }

  /// The index that a random word draws.
  ///
  /// The probability of an index differs from its weight by less than 2⁻⁵² and, for n indices, n / 2⁶⁴.
  @inlinable
  public func index(_ word: UInt64) -> Int {
    let (column, part) = word.multipliedFullWidth(by: UInt64(columns.count))
    return columns.withUnsafeBufferPointer {
      let index = Int(truncatingIfNeeded: column)
      return part < $0[index].threshold ? index : $0[index].alias
    }
  }

  /// A share of a column, below 1, in units of 2⁻⁶⁴.
  private static func threshold(_ share: Double) -> UInt64 {
    UInt64(max(0, share) * 0x1p64)
  }
}
