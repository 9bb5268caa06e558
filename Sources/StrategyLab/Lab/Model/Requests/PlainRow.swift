/// A row of plain values in memory of its own.
///
/// An array is asked before every write whether somebody shares it; a request writes to several rows, and that
/// takes as long as the writing. Here nobody is asked: copies share their values, as those of a class do, and
/// whoever plays has rows that nobody else has.
struct PlainRow<Element: BitwiseCopyable>: @unchecked Sendable {
  /// How many values there are.
  let count: Int
  private let start: UnsafeMutablePointer<Element>
  private let memory: Memory

  /// A row of so many values, all the same.
  init(repeating value: Element, count: Int) {
    precondition(count >= 0, "a row has no negative length")
    self.count = count
    memory = Memory(repeating: value, count: count)
    start = memory.start
  }

  /// The value at a place.
  subscript(place: Int) -> Element {
    @inline(__always)
    get {
      precondition(UInt(bitPattern: place) < UInt(bitPattern: count), "the place is in the row")
      return start[place]
    }
    @inline(__always)
    nonmutating set {
      precondition(UInt(bitPattern: place) < UInt(bitPattern: count), "the place is in the row")
      start[place] = newValue
    }
  }

  /// Who owns the memory.
  private final class Memory {
    let start: UnsafeMutablePointer<Element>

    init(repeating value: Element, count: Int) {
      start = .allocate(capacity: count)
      start.initialize(repeating: value, count: count)
    }

    // Plain values need no end of their own.
    deinit { start.deallocate() }
  }
}
