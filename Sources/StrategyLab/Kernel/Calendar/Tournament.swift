/// Which of several rows holds the earliest event, when each row says what its own first one is.
///
/// The rows play each other in pairs, the winners again, up to the one that beats all. When the first event of a row
/// changes, only the matches on its way up are played again (Knuth 1998, The Art of Computer Programming, volume 3,
/// section 5.4.1, "tree of winners").
@frozen
@usableFromInline
struct Tournament {
  /// When the first event of a row is due, and its place in the written order; the greatest of both for an empty row.
  @frozen
  @usableFromInline
  struct Entrant: BitwiseCopyable {
    @usableFromInline var time: Int64
    @usableFromInline var order: UInt64

    @inlinable
    @inline(__always)
    init(time: Int64 = .max, order: UInt64 = .max) {
      self.time = time
      self.order = order
    }

    @inlinable
    @inline(__always)
    func isBefore(_ other: Entrant) -> Bool {
      (Int128(time) << 64 | Int128(order)) < (Int128(other.time) << 64 | Int128(other.order))
    }
  }

  @usableFromInline var entrants: PlainMemory<Entrant>
  /// Who won each match: at 1 the last one, at 2 and 3 those whose winners met in it, and behind all matches the rows.
  @usableFromInline var winners: PlainMemory<Int>

  /// So many empty rows.
  @inlinable
  init(rows: Int) {
    var size = 2
    while size < rows { size *= 2 }
    entrants = PlainMemory(repeating: Entrant(), count: size)
    winners = PlainMemory(repeating: 0, count: 2 * size)
    removeAll()
  }

  /// The row whose first event is earliest; any, if all are empty.
  @inlinable
  @inline(__always)
  var first: Int { winners[1] }

  /// A row's first event.
  @inlinable
  @inline(__always)
  subscript(row: Int) -> Entrant { entrants[row] }

  /// Tells that another event is the first of a row.
  @inlinable
  @inline(__always)
  mutating func enter(_ entrant: Entrant, _ row: Int) {
    entrants[row] = entrant
    let (entrants, winners) = (entrants.elements, winners.elements)
    var match = (row &+ entrants.count) >> 1
    while match > 0 {
      let (left, right) = (winners[2 &* match], winners[2 &* match &+ 1])
      winners[match] = entrants[right].isBefore(entrants[left]) ? right : left
      match >>= 1
    }
  }

  /// Empties all rows.
  @inlinable
  mutating func removeAll() {
    let size = entrants.count
    for row in 0..<size {
      entrants[row] = Entrant()
      winners[size + row] = row
    }
    for match in stride(from: size - 1, to: 0, by: -1) { winners[match] = winners[2 * match] }
  }
}

extension Tournament: Sendable {}

extension Tournament.Entrant: Sendable {}
