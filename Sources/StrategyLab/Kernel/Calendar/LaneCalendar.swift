import LabUnits

/// An ``EventCalendar`` with lanes beside it, for events that are planned in the order in which they are due.
///
///     var calendar = LaneCalendar<Int>(lanes: 1)
///     calendar.schedule(1, at: .zero + .seconds(60))
///     calendar.schedule(2, at: .zero + .seconds(5), lane: 0)
///     calendar.schedule(3, at: .zero + .seconds(6), lane: 0)
///     calendar.popFirst(at: .zero + .seconds(5))  // 2
///
/// What always happens the same time after something else, or at a steady rate, need not be sorted: in a lane each event
/// waits behind the one before it, and to plan it or to take it out costs the same however many wait. An
/// event that is due before the last of its lane goes to a heap instead. The written order is
/// that of ``EventCalendar``, whatever lane an event is planned for: by time, then in the order of planning.
///
/// **Slots.** A heap of hundreds of events costs more than all else about an event, and one of hundreds of thousands no
/// longer fits into the processor's caches. The time until a horizon can be cut into slots: an event of a later
/// slot only stands in that slot's list, and all of a list are sorted at once when their slot comes, as in the
/// calendar queue (Brown 1988, "Calendar queues: a fast O(1) priority queue implementation for the simulation event set
/// problem", doi:10.1145/63039.63045). What was sorted leaves like a lane.
///
/// Which of the lanes, the sorted slot and the heap has the earliest event says a ``Tournament``.
///
/// All lanes and slots are ``SharedQueues``, so that nothing is allocated once the memory has grown to the most
/// events that waited in them at once. The memory is not shared between copies: a calendar has one owner.
@frozen
public struct LaneCalendar<Payload: BitwiseCopyable> {
  @usableFromInline typealias Entry = EventCalendar<Payload>.Entry

  /// The events of a lane.
  @frozen
  @usableFromInline
  struct Lane: BitwiseCopyable {
    /// When the last is due; the least instant if none waits.
    @usableFromInline var lastTime = Int64.min
    @usableFromInline var queue = SharedQueues<Entry>.Queue()

    @inlinable
    init() {}
  }

  /// The lanes that were asked for, in this order, then the sorted slot, then the heap.
  @usableFromInline var front: Tournament
  @usableFromInline var lanes: PlainMemory<Lane>
  @usableFromInline var heap = PlainMemory<Entry>()
  /// How many events were ever scheduled: the running number of the next one.
  @usableFromInline var scheduled: UInt64 = 0
  @usableFromInline var queues = SharedQueues<Entry>()
  /// The events of the slots, before they are sorted; nothing before the first one came.
  @usableFromInline var slots = PlainMemory<SharedQueues<Entry>.Queue>()
  @usableFromInline let slotCount: Int
  /// A slot is two to this power nanoseconds long.
  @usableFromInline let slotBits: Int64
  /// The slots up to this one have been sorted.
  @usableFromInline var slot = 0
  /// When the slots begin that have not been sorted; the greatest instant after the last one.
  @usableFromInline var slotsBegin: Int64
  /// How many events wait in slots that have not been sorted.
  @usableFromInline var unsorted = 0
  /// The events of the last slot that was sorted; those before the head have left.
  @usableFromInline var sorted = PlainMemory<Entry>()
  @usableFromInline var head = 0
  /// How many of them ``lookAhead(_:)`` has shown; all, for who does not ask, when it has shown the last.
  @usableFromInline var shown = Int.max
  @usableFromInline var sorter = EntrySorter<Payload>()

  /// A calendar without events, with so many lanes.
  ///
  /// - Parameters:
  ///   - count: How many lanes.
  ///   - mostSlots: Into how many slots the time is cut at the most; one is none.
  ///   - horizon: Until when; what is due later belongs to the last slot.
  @inlinable
  public init(lanes count: Int, slots mostSlots: Int = 1, until horizon: Instant = .distantFuture) {
    front = Tournament(rows: count + 2)
    lanes = PlainMemory(repeating: Lane(), count: count)
    var bits: Int64 = 0
    while bits < 63, horizon.nanoseconds >> bits >= Int64(mostSlots) { bits += 1 }
    slotBits = bits
    slotCount = Int(horizon.nanoseconds >> bits) + 1
    slotsBegin = slotCount > 1 ? 1 << bits : .max
  }

  /// How many events wait.
  ///
  /// - Complexity: linear in the events in lanes.
  public var count: Int {
    lanes.elements.reduce(heap.count + unsorted + sorted.count - head) {
      $0 + queues.count(of: $1.queue)
    }
  }

  /// Enters an event that may be due before others.
  ///
  /// - Complexity: O(1) if it is due in a later slot; otherwise as ``EventCalendar/schedule(_:at:priority:)``.
  @inlinable
  public mutating func schedule(_ payload: Payload, at instant: Instant) {
    let entry = numbered(payload, instant.nanoseconds)
    guard entry.time >= slotsBegin else { return enterHeap(entry) }
    if slots.isEmpty { slots.append(repeating: .init(), count: slotCount) }
    queues.append(entry, to: &slots[min(Int(entry.time >> slotBits), slotCount &- 1)])
    unsorted &+= 1
  }

  /// Enters an event that is hardly ever due before one that was planned for the same lane.
  ///
  /// - Complexity: O(1) if it is not.
  @inlinable
  public mutating func schedule(_ payload: Payload, at instant: Instant, lane number: Int) {
    let time = instant.nanoseconds
    guard time >= lanes[number].lastTime else { return schedule(payload, at: instant) }
    let entry = numbered(payload, time)
    if lanes[number].queue.isEmpty { front.enter(time, entry.order, number) }
    queues.append(entry, to: &lanes[number].queue)
    lanes[number].lastTime = time
  }

  /// When the first event is due; nil when none waits.
  @inlinable
  @inline(__always)
  public mutating func nextTime() -> Instant? {
    if front.leader.time >= slotsBegin { sortSlots() }
    return front.isEmpty ? nil : Instant(nanoseconds: front.leader.time)
  }

  /// Removes the first event if it is due at an instant; nil if none is.
  ///
  /// - Complexity: O(1) where it waits in a lane or a slot, otherwise as ``EventCalendar/popFirst()``.
  @inlinable
  @inline(__always)
  public mutating func popFirst(at instant: Instant) -> Payload? {
    // Every instant ends with this question, which is answered where it is asked.
    if front.leader.time >= slotsBegin { sortSlots() }
    guard front.leader.time == instant.nanoseconds, !front.isEmpty else { return nil }
    return popFirst()
  }

  /// Removes all events and starts the running number anew, as in a new calendar.
  @inlinable
  public mutating func removeAll() {
    front.removeAll()
    for number in 0..<lanes.count { lanes[number] = Lane() }
    heap.removeAll()
    scheduled = 0
    queues.removeAll()
    if unsorted > 0 { slots.removeAll() }
    slot = 0
    slotsBegin = slotCount > 1 ? 1 << slotBits : .max
    unsorted = 0
    sorted.removeAll()
    head = 0
    shown = .max
  }

  /// Makes room for so many events that wait in lanes and slots at once.
  public mutating func reserveCapacity(_ events: Int) { queues.reserveCapacity(events) }

  /// An event with the next running number.
  @inlinable
  @inline(__always)
  mutating func numbered(_ payload: Payload, _ time: Int64) -> Entry {
    defer { scheduled &+= 1 }
    return Entry(time: time, order: 128 << 56 | scheduled, payload: payload)
  }
}

extension LaneCalendar: Sendable where Payload: Sendable {}

extension LaneCalendar.Lane: Sendable {}
