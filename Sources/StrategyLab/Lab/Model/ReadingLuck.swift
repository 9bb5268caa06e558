import LabKernel

/// Which random streams a reading of the counters draws its requests from.
///
/// Readings that are drawn together are those of a piece of time that begins at a multiple of its own length, which is a
/// power of two: strategies that are quiet over the same piece share its luck, as they share that of single readings.
struct ReadingLuck {
  /// Tells a reading, or a piece of several, from all others of the same streams.
  let number: Int
  /// How many readings are drawn together.
  let readings: Int

  /// The luck of one reading.
  init(number: Int) {
    self.number = number
    readings = 1
  }

  /// The luck of readings on the grid that are drawn together.
  ///
  /// - Parameters:
  ///   - first: the number of the first of them.
  ///   - last: the number of the last; ``longestPiece(after:before:)`` tells which may be.
  init(from first: Int, through last: Int) {
    readings = last - first + 1
    // The middle of a piece is the middle of no other one.
    number = readings > 1 ? first - 1 + readings / 2 : last
  }

  /// What the requests of users are drawn for.
  var requests: RandomPurpose {
    readings > 1 ? WorldPurpose.requestsTogether : WorldPurpose.requests
  }

  /// What the requests are drawn for that stable alone would have turned away.
  var baseline: RandomPurpose {
    readings > 1 ? WorldPurpose.baselineTogether : WorldPurpose.baseline
  }

  /// How many readings a piece has at the most.
  ///
  /// - Parameters:
  ///   - reading: the number of the reading before the piece, at least 1.
  ///   - end: the number of the last reading that it may reach.
  /// - Returns: a power of two.
  static func longestPiece(after reading: Int, through end: Int) -> Int {
    guard end > reading else { return 1 }
    let fitting = Int.bitWidth - 1 - (end - reading).leadingZeroBitCount
    return 1 << min(reading.trailingZeroBitCount, fitting)
  }
}
