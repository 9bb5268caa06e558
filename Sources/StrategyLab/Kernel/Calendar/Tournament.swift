/// Which of several rows holds the earliest event, when each row says what its own first one is.
///
/// The rows play each other in pairs, the winners again, up to the one that beats all. When the first event of a row
/// changes, only the matches on its way up are played again (Knuth 1998, The Art of Computer Programming, volume 3,
/// section 5.4.1, "tree of winners").
///
/// What stands at a match is its winner itself and not where to find it, and no match is decided by a branch: which of
/// two rows is earlier no processor can predict.
@frozen
@usableFromInline
struct Tournament {
  /// When the first event of a row is due, and its place in the written order; the greatest of both for an empty row.
  @frozen
  @usableFromInline
  struct Entrant: BitwiseCopyable {
    @usableFromInline var time: Int64
    /// The running number of the event in the upper 56 bits, below it the row.
    @usableFromInline var numberAndRow: UInt64

    @inlinable
    @inline(__always)
    init(time: Int64, number: UInt64, row: Int) {
      self.time = time
      numberAndRow = number << 8 | UInt64(truncatingIfNeeded: row)
    }

    /// One comparison with borrow, without a branch.
    @inlinable
    @inline(__always)
    func isBefore(_ other: Entrant) -> Bool {
      (Int128(time) << 64 | Int128(numberAndRow))
        < (Int128(other.time) << 64 | Int128(other.numberAndRow))
    }
  }

  /// Who won each match: at 1 the last one, at 2 and 3 those who met in it, and behind all matches the rows.
  @usableFromInline var winners: PlainMemory<Entrant>
  /// How many rows there are, rounded up to a power of two.
  @usableFromInline let size: Int
  /// The earliest of all.
  @usableFromInline var leader = Entrant(time: .max, number: .max, row: 0)

  /// So many empty rows, at most 256.
  @inlinable
  init(rows: Int) {
    precondition(rows <= 256, "a row has 8 bits")
    var size = 2
    while size < rows { size *= 2 }
    self.size = size
    winners = PlainMemory(repeating: leader, count: 2 * size)
    removeAll()
  }

  /// The row whose first event is earliest; any, if all are empty.
  @inlinable
  @inline(__always)
  var first: Int { Int(truncatingIfNeeded: leader.numberAndRow & 0xff) }

  /// Whether no row has an event.
  @inlinable
  @inline(__always)
  var isEmpty: Bool { leader.numberAndRow >= .max << 8 }

  /// Tells that another event is the first of a row.
  ///
  /// - Parameters:
  ///   - time: When it is due.
  ///   - order: Its place in the written order, of which the lower 56 bits count.
  ///   - row: The row.
  @inlinable
  @inline(__always)
  mutating func enter(_ time: Int64, _ order: UInt64, _ row: Int) {
    let winners = winners.elements
    var best = Entrant(time: time, number: order, row: row)
    var player = row &+ size
    winners[player] = best
    if size == 8 {
      // Written out, because of a choice in a loop the compiler makes a branch after all.
      Self.play(&player, &best, winners)
      Self.play(&player, &best, winners)
      Self.play(&player, &best, winners)
    } else {
      while player > 1 { Self.play(&player, &best, winners) }
    }
    leader = best
  }

  /// Plays the match of a player with the one beside it.
  @inlinable
  @inline(__always)
  static func play(
    _ player: inout Int, _ best: inout Entrant, _ winners: UnsafeMutableBufferPointer<Entrant>
  ) {
    let other = winners[player ^ 1]
    let isBeaten = other.isBefore(best)
    best.time = isBeaten ? other.time : best.time
    best.numberAndRow = isBeaten ? other.numberAndRow : best.numberAndRow
    player >>= 1
    winners[player] = best
  }

  /// Tells that a row is empty.
  @inlinable
  @inline(__always)
  mutating func leave(_ row: Int) { enter(.max, .max, row) }

  /// Empties all rows.
  @inlinable
  mutating func removeAll() {
    for row in 0..<size { winners[size + row] = Entrant(time: .max, number: .max, row: row) }
    for match in stride(from: size - 1, to: 0, by: -1) { winners[match] = winners[2 * match] }
    leader = winners[1]
  }
}

extension Tournament: Sendable {}

extension Tournament.Entrant: Sendable {}
