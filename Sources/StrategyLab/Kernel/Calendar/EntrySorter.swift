/// Sorts the events of a slot of time, in about as many steps as there are events.
///
/// The slot is cut into as many buckets as there are events; one pass puts each event into its bucket, and what stands
/// in the wrong order in a bucket is then exchanged. Should most of them have come into a few buckets, the sort of the
/// standard library takes over.
@frozen
@usableFromInline
struct EntrySorter<Payload: BitwiseCopyable> {
  @usableFromInline typealias Entry = EventCalendar<Payload>.Entry

  @usableFromInline var spare = PlainMemory<Entry>()
  /// Where the events of each bucket end.
  @usableFromInline var ends = PlainMemory<Int32>()

  @inlinable
  init() {}

  /// Sorts events that stand in the order in which they were planned.
  ///
  /// - Parameters:
  ///   - entries: The events.
  ///   - begin: When the slot begins; no event is due earlier.
  ///   - bits: The slot is two to this power nanoseconds long; what is due later counts as due at its end.
  @inlinable
  mutating func sort(_ entries: inout PlainMemory<Entry>, from begin: Int64, bits: Int64) {
    if entries.count > 8 { distribute(&entries, from: begin, bits: bits) }
    guard !Self.exchange(entries.elements) else { return }
    var all = entries.elements
    all.sort { $0.isBefore($1) }
  }

  /// Puts the events in the order of their buckets.
  @inlinable
  mutating func distribute(_ entries: inout PlainMemory<Entry>, from begin: Int64, bits: Int64) {
    let count = entries.count
    let wanted = Int64(Int.bitWidth - count.leadingZeroBitCount)
    let shift = max(0, bits - wanted)
    let buckets = 1 << Int(min(wanted, bits))
    ends.removeAll()
    ends.append(repeating: 0, count: buckets)
    spare.removeAll()
    spare.appendUnset(count)
    let (from, to, ends) = (entries.elements, spare.elements, ends.elements)
    let last = Int64(buckets &- 1)
    for place in 0..<count {
      ends[Int(truncatingIfNeeded: min((from[place].time &- begin) >> shift, last))] &+= 1
    }
    var end: Int32 = 0
    for bucket in 0..<buckets {
      end &+= ends[bucket]
      ends[bucket] = end
    }
    // From the last to the first, so that what was planned earlier stays before.
    var place = count
    while place > 0 {
      place &-= 1
      let bucket = Int(truncatingIfNeeded: min((from[place].time &- begin) >> shift, last))
      ends[bucket] &-= 1
      to[Int(ends[bucket])] = from[place]
    }
    swap(&entries, &spare)
  }

  /// Sorts events of which few stand far from their places.
  ///
  /// - Returns: whether it was done; it is given up when it takes long.
  @inlinable
  static func exchange(_ entries: UnsafeMutableBufferPointer<Entry>) -> Bool {
    var moves = 16 &* entries.count
    var place = 1
    while place < entries.count {
      let entry = entries[place]
      var hole = place
      while hole > 0, entry.isBefore(entries[hole &- 1]) {
        entries[hole] = entries[hole &- 1]
        hole &-= 1
      }
      entries[hole] = entry
      moves &-= place &- hole
      guard moves >= 0 else { return false }
      place &+= 1
    }
    return true
  }
}

extension EntrySorter: Sendable where Payload: Sendable {}
