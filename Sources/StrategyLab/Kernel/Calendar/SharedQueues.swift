/// First-in-first-out queues that share one memory, however many there are and however long each is.
///
/// A queue is a list of pieces of ``SharedQueues/pieceLength`` places side by side: to go through it touches one cache
/// line after the other, where a list of single elements would jump about the memory at each. Pieces that a
/// queue has left are used again, so that nothing is allocated once the memory has grown to the most that waited at once.
@frozen
@usableFromInline
struct SharedQueues<Element: BitwiseCopyable> {
  /// One of the queues: its first and last piece; -1 while nothing waits.
  @frozen
  @usableFromInline
  struct Queue: BitwiseCopyable {
    @usableFromInline var first: Int32 = -1
    @usableFromInline var last: Int32 = -1
    /// How many elements of the first piece have left.
    @usableFromInline var left: Int32 = 0
    /// How many elements the last piece has got.
    @usableFromInline var filled: Int32 = 0

    @inlinable
    init() {}

    /// Whether nothing waits.
    @inlinable
    @inline(__always)
    var isEmpty: Bool { first < 0 }
  }

  @usableFromInline var elements = PlainMemory<Element>()
  /// The piece that follows each one in its queue, or in the list of those that are not used; -1 for none.
  @usableFromInline var following = PlainMemory<Int32>()
  /// The first piece that is not used; -1 for none.
  @usableFromInline var unused: Int32 = -1
  /// A full piece that is next but one in its queue; -1 for none that ``lookAhead()`` has not shown.
  @usableFromInline var news: Int32 = -1

  /// How many elements stand side by side.
  @inlinable
  @inline(__always)
  static var pieceLength: Int { 16 }

  @inlinable
  init() {}

  /// Puts an element behind all others of a queue.
  @inlinable
  @inline(__always)
  mutating func append(_ element: Element, to queue: inout Queue) {
    if queue.last < 0 || Int(queue.filled) == Self.pieceLength { extend(&queue) }
    elements[Int(queue.last) &* Self.pieceLength &+ Int(queue.filled)] = element
    queue.filled &+= 1
  }

  /// Gives a queue another piece, whose places hold anything for now.
  @inlinable
  mutating func extend(_ queue: inout Queue) {
    let piece: Int32
    if unused >= 0 {
      piece = unused
      unused = following[Int(piece)]
      following[Int(piece)] = -1
    } else {
      piece = Int32(following.count)
      following.append(-1)
      elements.appendUnset(Self.pieceLength)
    }
    if queue.last >= 0 {
      following[Int(queue.last)] = piece
    } else {
      queue.first = piece
      queue.left = 0
    }
    queue.last = piece
    queue.filled = 0
  }

  /// The element that has waited longest.
  ///
  /// - Precondition: One waits.
  @inlinable
  @inline(__always)
  func first(of queue: Queue) -> Element {
    elements[Int(queue.first) &* Self.pieceLength &+ Int(queue.left)]
  }

  /// Takes the element out that has waited longest.
  ///
  /// - Precondition: One waits.
  @inlinable
  @inline(__always)
  mutating func removeFirst(of queue: inout Queue) {
    queue.left &+= 1
    if queue.first == queue.last ? queue.left == queue.filled : Int(queue.left) == Self.pieceLength
    {
      dropPiece(of: &queue)
    }
  }

  /// Leaves the first piece of a queue, all of whose elements have left.
  @inlinable
  mutating func dropPiece(of queue: inout Queue) {
    let piece = queue.first
    let next = following[Int(piece)]
    following[Int(piece)] = unused
    unused = piece
    if next >= 0 {
      queue.first = next
      queue.left = 0
      let second = following[Int(next)]
      if second >= 0, second != queue.last { news = second }
    } else {
      queue = Queue()
    }
  }

  /// The places of elements that are next but one in one of the queues, side by side; empty if none are new.
  @inlinable
  mutating func lookAhead() -> Range<Int> {
    guard news >= 0 else { return 0..<0 }
    let start = Int(news) &* Self.pieceLength
    news = -1
    return start..<start &+ Self.pieceLength
  }

  /// How many elements wait in a queue.
  ///
  /// - Complexity: linear in the number of its pieces.
  func count(of queue: Queue) -> Int {
    guard !queue.isEmpty else { return 0 }
    var count = Int(queue.filled) - Int(queue.left)
    var piece = queue.first
    while piece != queue.last {
      count += Self.pieceLength
      piece = following[Int(piece)]
    }
    return count
  }

  /// Makes room for so many elements in all.
  mutating func reserveCapacity(_ number: Int) {
    let pieces = (number + Self.pieceLength - 1) / Self.pieceLength
    following.reserveCapacity(pieces)
    elements.reserveCapacity(pieces * Self.pieceLength)
  }

  /// Forgets all queues, and keeps the memory.
  @inlinable
  mutating func removeAll() {
    elements.removeAll()
    following.removeAll()
    unused = -1
    news = -1
  }
}

extension SharedQueues.Queue: Sendable {}

extension SharedQueues: Sendable where Element: Sendable {}
