/// Numbers of which the largest leaves first.
///
/// Numbers that come in descending order wait in a row, which costs nothing; the others in a binary heap beside it.
struct DescendingQueue {
  /// Numbers in descending order, of which those before the head have left.
  private var row: [UInt64] = []
  private var head = 0
  /// A heap: none is larger than the one at half its place.
  private var heap: [UInt64] = []

  /// The largest number; nil if there is none.
  var first: UInt64? {
    guard head < row.count else { return heap.first }
    guard let top = heap.first else { return row[head] }
    return max(row[head], top)
  }

  /// Forgets all numbers, and keeps the room that they took.
  mutating func removeAll() {
    row.removeAll(keepingCapacity: true)
    head = 0
    heap.removeAll(keepingCapacity: true)
  }

  /// Adds numbers in descending order to an empty queue.
  mutating func fill(_ numbers: some Sequence<UInt64>) {
    removeAll()
    row.append(contentsOf: numbers)
  }

  /// Adds a number.
  mutating func insert(_ number: UInt64) {
    if head == row.count {
      row.removeAll(keepingCapacity: true)
      head = 0
      row.append(number)
    } else if number <= row[row.count - 1] {
      row.append(number)
    } else {
      heap.append(number)
      rise()
    }
  }

  /// Takes the largest number out.
  mutating func removeFirst() {
    guard let top = heap.first, head == row.count || row[head] < top else {
      head += 1
      return
    }
    let last = heap.removeLast()
    if !heap.isEmpty { sink(last) }
  }

  private mutating func rise() {
    var hole = heap.count - 1
    let number = heap[hole]
    while hole > 0, heap[(hole - 1) / 2] < number {
      heap[hole] = heap[(hole - 1) / 2]
      hole = (hole - 1) / 2
    }
    heap[hole] = number
  }

  private mutating func sink(_ number: UInt64) {
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
