import LabKernel

/// Numbers of which the largest leaves first.
///
/// Numbers that come in descending order wait in a row, of which the first leaves, and numbers that come in ascending
/// order on a stack, of which the last one does; both cost nothing. The others wait in a binary heap beside them. The
/// memory is not shared between copies: a queue has one owner.
struct DescendingQueue {
  /// Numbers in descending order, of which those before the head have left.
  private var row = PlainMemory<UInt64>()
  private var head = 0
  /// Numbers in ascending order.
  private var stack = PlainMemory<UInt64>()
  /// A heap: none is larger than the one at half its place.
  private var heap = PlainMemory<UInt64>()

  /// Where the largest number waits.
  private var place = Place.nowhere
  private var largest: UInt64 = 0

  private enum Place: UInt8, BitwiseCopyable { case nowhere, row, stack, heap }

  /// The largest number; nil if there is none.
  ///
  /// It changes nothing, and is mutating all the same: so a queue in an array is asked where it stands, and not copied.
  var first: UInt64? {
    @inline(__always) mutating get { place == .nowhere ? nil : largest }
  }

  /// Forgets all numbers, and keeps the room that they took.
  mutating func removeAll() {
    row.removeAll()
    head = 0
    stack.removeAll()
    heap.removeAll()
    place = .nowhere
  }

  /// Adds a number.
  mutating func insert(_ number: UInt64) {
    if head == row.count {
      row.removeAll()
      head = 0
    }
    let taken: Place
    if let top = stack.last, number >= top {
      stack.append(number)
      taken = .stack
    } else if row.isEmpty || number <= row[row.count - 1] {
      row.append(number)
      taken = .row
    } else if stack.isEmpty {
      stack.append(number)
      taken = .stack
    } else {
      heap.append(number)
      rise()
      taken = .heap
    }
    if place == .nowhere || number > largest {
      largest = number
      place = taken
    }
  }

  /// Takes the largest number out.
  ///
  /// - Precondition: There is one.
  mutating func removeFirst() {
    switch place {
    case .row: head += 1
    case .stack: stack.removeLast()
    case .heap:
      let last = heap.removeLast()
      if !heap.isEmpty { sink(last) }
    case .nowhere: preconditionFailure("nothing waits")
    }
    place = .nowhere
    if head < row.count { offer(row[head], .row) }
    if let top = stack.last { offer(top, .stack) }
    if !heap.isEmpty { offer(heap[0], .heap) }
  }

  @inline(__always)
  private mutating func offer(_ number: UInt64, _ from: Place) {
    guard place == .nowhere || number > largest else { return }
    largest = number
    place = from
  }

  private mutating func rise() {
    let heap = heap.elements
    var hole = heap.count - 1
    let number = heap[hole]
    while hole > 0, heap[(hole - 1) / 2] < number {
      heap[hole] = heap[(hole - 1) / 2]
      hole = (hole - 1) / 2
    }
    heap[hole] = number
  }

  private mutating func sink(_ number: UInt64) {
    let heap = heap.elements
    var hole = 0
    while 2 * hole + 1 < heap.count {
      var child = 2 * hole + 1
      if child + 1 < heap.count, heap[child] < heap[child + 1] { child += 1 }
      guard number < heap[child] else { break }
      heap[hole] = heap[child]
      hole = child
    }
    heap[hole] = number
  }
}
