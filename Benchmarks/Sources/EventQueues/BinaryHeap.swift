/// The textbook's heap: two children a node (Williams 1964, "Algorithm 232: Heapsort").
struct BinaryHeap: EventQueue {
  private var events: [QueuedEvent] = []
  private var scheduled: UInt64 = 0

  init(pending: Int, meanIncrement: Int64) {
    events.reserveCapacity(pending)
  }

  @inline(__always)
  mutating func schedule(_ payload: UInt32, at time: Int64) {
    let event = QueuedEvent(time: time, number: scheduled, payload: payload)
    scheduled += 1
    events.append(event)
    events.withUnsafeMutableBufferPointer { heap in
      var hole = heap.count &- 1
      while hole > 0 {
        let parent = (hole &- 1) >> 1
        guard event < heap[parent] else { break }
        heap[hole] = heap[parent]
        hole = parent
      }
      heap[hole] = event
    }
  }

  @inline(__always)
  mutating func popFirst() -> (time: Int64, payload: UInt32)? {
    guard let last = events.popLast() else { return nil }
    guard !events.isEmpty else { return (last.time, last.payload) }
    return events.withUnsafeMutableBufferPointer { heap in
      let first = heap[0]
      var hole = 0
      while true {
        var child = 2 &* hole &+ 1
        guard child < heap.count else { break }
        if child &+ 1 < heap.count { child &+= heap[child &+ 1] < heap[child] ? 1 : 0 }
        guard heap[child] < last else { break }
        heap[hole] = heap[child]
        hole = child
      }
      heap[hole] = last
      return (first.time, first.payload)
    }
  }
}
