import HeapModule

/// The heap of swift-collections, a min-max heap.
struct CollectionsHeap: EventQueue {
  private var events = Heap<QueuedEvent>()
  private var scheduled: UInt64 = 0

  init(pending: Int, meanIncrement: Int64) {
    events.reserveCapacity(pending)
  }

  @inline(__always)
  mutating func schedule(_ payload: UInt32, at time: Int64) {
    events.insert(QueuedEvent(time: time, number: scheduled, payload: payload))
    scheduled += 1
  }

  @inline(__always)
  mutating func popFirst() -> (time: Int64, payload: UInt32)? {
    events.popMin().map { ($0.time, $0.payload) }
  }
}
