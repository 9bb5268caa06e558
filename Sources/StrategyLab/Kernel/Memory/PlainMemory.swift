/// A growing row of plain bits that has one owner, for what a simulation touches at every event.
///
///     var numbers = PlainMemory<Int>()
///     numbers.append(7)
///     numbers[0] += 1
///
/// An `Array` asks before each change whether anybody shares its memory, and keeps asking, since any call in between
/// might have shared it; where an event changes a dozen rows, that is a good part of its cost. This type never asks.
/// In return a copy is a view of the same memory, which may be read as long as nobody changes the original, and must
/// not be changed. Debug builds stop a program that changes what is shared, or that reaches past the end.
@frozen
public struct PlainMemory<Element: BitwiseCopyable> {
  /// Who frees the memory.
  @usableFromInline
  final class Owner {
    @usableFromInline let start: UnsafeMutableRawPointer

    @inlinable
    init(_ start: UnsafeMutablePointer<Element>) { self.start = UnsafeMutableRawPointer(start) }

    // Plain bits need no end of their own.
    @inlinable
    deinit { start.deallocate() }
  }

  @usableFromInline var owner: Owner?
  /// Where the elements begin; nil before the first one came.
  @usableFromInline var start: UnsafeMutablePointer<Element>?
  @usableFromInline var filled: Int
  @usableFromInline var capacity: Int

  /// No elements, and no memory yet.
  @inlinable
  public init() {
    owner = nil
    start = nil
    filled = 0
    capacity = 0
  }

  /// So many equal elements.
  @inlinable
  public init(repeating element: Element, count: Int) {
    self.init()
    append(repeating: element, count: count)
  }

  /// How many elements there are.
  @inlinable
  @inline(__always)
  public var count: Int { filled }

  /// Whether there are no elements.
  @inlinable
  @inline(__always)
  public var isEmpty: Bool { count == 0 }

  /// The elements, as long as nothing is added.
  @inlinable
  @inline(__always)
  public var elements: UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(start: start, count: count)
  }

  /// An element.
  ///
  /// - Precondition: There is one in that place.
  @inlinable
  public subscript(place: Int) -> Element {
    @inline(__always)
    get {
      assert(place >= 0 && place < count, "place \(place) of \(count)")
      return start.unsafelyUnwrapped[place]
    }
    @inline(__always)
    _modify {
      assert(place >= 0 && place < count, "place \(place) of \(count)")
      assert(isKnownUniquelyReferenced(&owner), "what is shared must not be changed")
      yield &start.unsafelyUnwrapped[place]
    }
  }

  /// The last element; nil if there is none.
  @inlinable
  @inline(__always)
  public var last: Element? { count > 0 ? start.unsafelyUnwrapped[count &- 1] : nil }

  /// Adds an element behind the others.
  @inlinable
  @inline(__always)
  public mutating func append(_ element: Element) {
    if count == capacity { grow(to: count &+ 1) }
    assert(isKnownUniquelyReferenced(&owner), "what is shared must not be changed")
    (start.unsafelyUnwrapped + count).initialize(to: element)
    filled &+= 1
  }

  /// Adds so many equal elements behind the others.
  @inlinable
  public mutating func append(repeating element: Element, count more: Int) {
    guard more > 0 else { return }
    reserveCapacity(count + more)
    (start.unsafelyUnwrapped + count).initialize(repeating: element, count: more)
    filled += more
  }

  /// Adds so many elements that hold anything until they are written.
  @inlinable
  mutating func appendUnset(_ more: Int) {
    reserveCapacity(filled &+ more)
    filled &+= more
  }

  /// Removes the last element.
  ///
  /// - Precondition: There is one.
  @inlinable
  @inline(__always)
  @discardableResult
  public mutating func removeLast() -> Element {
    assert(count > 0, "nothing to remove")
    filled &-= 1
    return start.unsafelyUnwrapped[count]
  }

  /// Forgets all elements, and keeps the memory.
  @inlinable
  @inline(__always)
  public mutating func removeAll() { filled = 0 }

  /// Makes room for so many elements in all.
  @inlinable
  public mutating func reserveCapacity(_ number: Int) {
    if number > capacity { grow(to: number) }
  }

  /// Memory that begins with a cache line, so that an element of half a line lies in one and not in two.
  @inlinable
  static func allocate(_ room: Int) -> UnsafeMutablePointer<Element> {
    UnsafeMutableRawPointer.allocate(
      byteCount: room * MemoryLayout<Element>.stride,
      alignment: Swift.max(64, MemoryLayout<Element>.alignment)
    ).bindMemory(to: Element.self, capacity: room)
  }

  /// Moves the elements to where there is room for as many, and at least for twice as many as before.
  @inlinable
  @inline(never)
  mutating func grow(to number: Int) {
    let room = Swift.max(number, 2 * capacity, 8)
    let larger = Self.allocate(room)
    if let start { larger.moveInitialize(from: start, count: count) }
    start = larger
    capacity = room
    owner = Owner(larger)
  }
}

extension PlainMemory: @unchecked Sendable where Element: Sendable {}
