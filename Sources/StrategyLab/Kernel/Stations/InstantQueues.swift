/// Ascending instants, a line for each station, all in one pool.
///
/// A line is a ring of a power of two places. One that is full moves to a ring of twice the size, and leaves
/// its own for the next that needs that size; so the pool is at most a few times as large as the longest
/// lines have been together, and once they have been that long nothing is allocated.
@frozen
@usableFromInline
struct InstantQueues: Sendable {
  /// Where a line lies in the pool.
  @frozen
  @usableFromInline
  struct Ring: BitwiseCopyable, Sendable {
    @usableFromInline var origin = 0
    /// The number of places less one; -1 before the first instant.
    @usableFromInline var mask = -1
    /// How many instants have ever left, which tells the place of the first.
    @usableFromInline var head = 0
    @usableFromInline var count = 0

    @inlinable
    init() {}
  }

  @usableFromInline var rings: [Ring] = []
  @usableFromInline var pool: [Int64] = []
  /// The origin of the first ring that was left, for each power of two; -1 for none.
  ///
  /// A ring that was left holds the origin of the next of its size.
  @usableFromInline var left: [Int64] = Array(repeating: -1, count: 64)

  @inlinable
  init() {}

  /// Adds an empty line.
  @usableFromInline
  mutating func add() { rings.append(Ring()) }

  /// Empties a line.
  @usableFromInline
  mutating func removeAll(_ line: Int) { rings[line].count = 0 }

  /// Adds an instant to a line, behind all that are not later.
  @inlinable
  mutating func insert(_ instant: Int64, into line: Int) {
    var ring = rings[line]
    if ring.count > ring.mask { ring = enlarged(line) }
    let mask = ring.mask
    let origin = ring.origin
    pool.withUnsafeMutableBufferPointer { pool in
      var place = ring.head &+ ring.count
      // Instants ascend as they come, but for jobs of different patience.
      while place > ring.head, pool[origin &+ (place &- 1) & mask] > instant {
        pool[origin &+ place & mask] = pool[origin &+ (place &- 1) & mask]
        place &-= 1
      }
      pool[origin &+ place & mask] = instant
    }
    rings[line].count = ring.count &+ 1
  }

  /// Removes the instants of a line up to one, and returns how many are left.
  @inlinable
  mutating func removeThrough(_ instant: Int64, from line: Int) -> Int {
    var ring = rings[line]
    guard ring.count > 0 else { return 0 }
    pool.withUnsafeBufferPointer { pool in
      while ring.count > 0 && pool[ring.origin &+ ring.head & ring.mask] <= instant {
        ring.head &+= 1
        ring.count &-= 1
      }
    }
    rings[line] = ring
    return ring.count
  }

  /// Moves a line to a ring of twice the size.
  @usableFromInline
  @inline(never)
  mutating func enlarged(_ line: Int) -> Ring {
    let old = rings[line]
    var new = Ring()
    let size = max(4, 2 * (old.mask + 1))
    new.mask = size - 1
    new.count = old.count
    new.origin = ring(ofSize: size)
    for place in 0..<old.count {
      pool[new.origin + place] = pool[old.origin + (old.head + place) & old.mask]
    }
    if old.mask >= 0 {
      let power = (old.mask + 1).trailingZeroBitCount
      pool[old.origin] = left[power]
      left[power] = Int64(old.origin)
    }
    rings[line] = new
    return new
  }

  /// The origin of a ring of so many places: one that was left, or a new one at the end of the pool.
  private mutating func ring(ofSize size: Int) -> Int {
    let power = size.trailingZeroBitCount
    if left[power] >= 0 {
      let origin = Int(left[power])
      left[power] = pool[origin]
      return origin
    }
    pool.append(contentsOf: repeatElement(0, count: size))
    return pool.count - size
  }
}
