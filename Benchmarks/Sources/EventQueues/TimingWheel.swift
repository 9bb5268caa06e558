import HeapModule

/// A wheel of short slots of fixed length, each in order; what lies a turn ahead waits in a heap.
///
/// As a calendar queue that is told how dense its events are, and does not tune itself (Varghese and
/// Lauck 1987, "Hashed and hierarchical timing wheels", doi:10.1145/41457.37504).
struct TimingWheel: EventQueue {
  private var lists = EventLists()
  private var slots: [Int32]
  private let shift: Int64
  private var current: Int64 = 0
  private var count = 0
  private var scheduled: UInt64 = 0
  private var far = Heap<QueuedEvent>()

  init(pending: Int, meanIncrement: Int64) {
    // About one event a slot, and a turn of sixteen mean increments at least.
    let width = max(meanIncrement / Int64(pending), 1)
    shift = Int64(63 - width.leadingZeroBitCount)
    var size = 64
    while Int64(size) << shift < 16 * meanIncrement { size *= 2 }
    slots = Array(repeating: EventLists.none, count: size)
  }

  @inline(__always)
  mutating func schedule(_ payload: UInt32, at time: Int64) {
    let event = QueuedEvent(time: time, number: scheduled, payload: payload)
    scheduled += 1
    let slot = time >> shift
    if slot &- current >= Int64(slots.count) {
      far.insert(event)
      return
    }
    if slot < current { current = slot }
    lists.insert(event, into: &slots[Int(slot) & (slots.count &- 1)])
    count &+= 1
  }

  @inline(__always)
  mutating func popFirst() -> (time: Int64, payload: UInt32)? {
    guard count > 0 else { return popFar() }
    var place = Int(current) & (slots.count &- 1)
    while slots[place] == EventLists.none || lists.first(slots[place]).time >> shift != current {
      current &+= 1
      place = Int(current) & (slots.count &- 1)
    }
    if let first = far.min, first < lists.first(slots[place]) { return popFar() }
    count &-= 1
    let event = lists.removeFirst(&slots[place])
    return (event.time, event.payload)
  }

  private mutating func popFar() -> (time: Int64, payload: UInt32)? {
    guard let event = far.popMin() else { return nil }
    if count == 0 { current = event.time >> shift }
    return (event.time, event.payload)
  }
}
