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
/// event that is due before the last of its lane goes to the calendar instead. The written order is
/// that of ``EventCalendar``, whatever lane an event is planned for: by time, then in the order of planning.
///
/// **Slots.** Where hundreds of thousands of events wait, a heap of them no longer fits into the processor's caches. The time
/// until a horizon can be cut into slots: an event of a later slot only stands in that slot's list, and all of a
/// list are sorted in when their slot comes, as in the calendar queue (Brown 1988, "Calendar queues: a fast O(1)
/// priority queue implementation for the simulation event set problem", doi:10.1145/63039.63045). Those that
/// then come in order, because they are due together, form a lane and never see the heap.
///
/// All lanes and slots are ``SharedQueues``, so that nothing is allocated once the memory has grown to the most
/// events that waited in them at once.
@frozen
public struct LaneCalendar<Payload: BitwiseCopyable> {
  @usableFromInline typealias Entry = EventCalendar<Payload>.Entry

  /// The events of a lane.
  @frozen
  @usableFromInline
  struct Lane: BitwiseCopyable {
    /// When the first is due, and its place in the written order; the greatest of both if none waits.
    @usableFromInline var time = Int64.max
    @usableFromInline var order = UInt64.max
    /// When the last is due; the least instant if none waits.
    @usableFromInline var lastTime = Int64.min
    @usableFromInline var queue = SharedQueues<Entry>.Queue()

    @inlinable
    init() {}
  }

  @usableFromInline var calendar: EventCalendar<Payload>
  @usableFromInline var queues = SharedQueues<Entry>()
  /// The lanes that were asked for, and one for what leaves the slots in order.
  @usableFromInline var lanes: [Lane]
  @usableFromInline var slots: [SharedQueues<Entry>.Queue]
  /// A slot is two to this power nanoseconds long.
  @usableFromInline let slotBits: Int64
  /// The slots up to this one have been sorted in.
  @usableFromInline var slot: Int
  /// Where the first event waits: a lane, or the number of lanes for the calendar; -1 while nobody has looked.
  @usableFromInline var source: Int
  /// When the first event is due, while somebody has looked; the greatest instant otherwise.
  @usableFromInline var firstTime: Int64

  /// A calendar without events, with so many lanes.
  ///
  /// - Parameters:
  ///   - count: How many lanes.
  ///   - mostSlots: Into how many slots the time is cut at the most; one is none.
  ///   - horizon: Until when; what is due later belongs to the last slot.
  @inlinable
  public init(lanes count: Int, slots mostSlots: Int = 1, until horizon: Instant = .distantFuture) {
    calendar = EventCalendar()
    lanes = Array(repeating: Lane(), count: count + 1)
    var bits: Int64 = 0
    while bits < 63, horizon.nanoseconds >> bits >= Int64(mostSlots) { bits += 1 }
    slotBits = bits
    slots = Array(repeating: .init(), count: Int(horizon.nanoseconds >> bits) + 1)
    slot = 0
    source = -1
    firstTime = .max
  }

  /// How many events wait.
  ///
  /// - Complexity: linear in the events in lanes and slots.
  public var count: Int {
    (lanes.map(\.queue) + slots).reduce(calendar.count) { $0 + queues.count(of: $1) }
  }

  /// Enters an event that may be due before others.
  ///
  /// - Complexity: as ``EventCalendar/schedule(_:at:priority:)``.
  @inlinable
  public mutating func schedule(_ payload: Payload, at instant: Instant) {
    if instant.nanoseconds < firstTime { forget() }
    guard slots.count > 1 else { return calendar.schedule(payload, at: instant) }
    let number = min(Int(instant.nanoseconds >> slotBits), slots.count - 1)
    guard number > slot else { return calendar.schedule(payload, at: instant) }
    queues.append(numbered(payload, instant.nanoseconds), to: &slots[number])
  }

  /// Enters an event that is hardly ever due before one that was planned for the same lane.
  ///
  /// - Complexity: O(1) if it is not.
  @inlinable
  public mutating func schedule(_ payload: Payload, at instant: Instant, lane number: Int) {
    let time = instant.nanoseconds
    guard time >= lanes[number].lastTime else { return schedule(payload, at: instant) }
    if time < firstTime { forget() }
    append(numbered(payload, time), to: number)
  }

  /// When the first event is due; nil when none waits.
  @inlinable
  public mutating func nextTime() -> Instant? {
    if source < 0 { find() }
    return source < 0 ? nil : Instant(nanoseconds: firstTime)
  }

  /// Removes the first event if it is due at an instant; nil if none is.
  ///
  /// - Complexity: O(1) where it waits in a lane, otherwise as ``EventCalendar/popFirst()``.
  @inlinable
  public mutating func popFirst(at instant: Instant) -> Payload? {
    if source < 0 { find() }
    guard source >= 0, firstTime == instant.nanoseconds else { return nil }
    let number = source
    forget()
    return number < lanes.count ? take(number) : calendar.popFirst()?.payload
  }

  /// Removes all events and starts the running number anew, as in a new calendar.
  @inlinable
  public mutating func removeAll() {
    calendar.removeAll()
    for number in lanes.indices { lanes[number] = Lane() }
    for number in slots.indices { slots[number] = .init() }
    slot = 0
    queues.removeAll()
    forget()
  }

  @inlinable
  @inline(__always)
  mutating func forget() {
    source = -1
    firstTime = .max
  }

  /// An event with the next running number.
  @inlinable
  @inline(__always)
  mutating func numbered(_ payload: Payload, _ time: Int64) -> Entry {
    defer { calendar.scheduled += 1 }
    return Entry(time: time, order: 128 << 56 | calendar.scheduled, payload: payload)
  }

  /// Puts an event behind a lane.
  @inlinable
  @inline(__always)
  mutating func append(_ entry: Entry, to number: Int) {
    var lane = lanes[number]
    if lane.queue.isEmpty {
      lane.time = entry.time
      lane.order = entry.order
    }
    queues.append(entry, to: &lane.queue)
    lane.lastTime = entry.time
    lanes[number] = lane
  }

  /// Takes the first event of a lane out.
  @inlinable
  @inline(__always)
  mutating func take(_ number: Int) -> Payload {
    var lane = lanes[number]
    let payload = queues.first(of: lane.queue).payload
    queues.removeFirst(of: &lane.queue)
    if lane.queue.isEmpty {
      lane = Lane()
    } else {
      let next = queues.first(of: lane.queue)
      lane.time = next.time
      lane.order = next.order
    }
    lanes[number] = lane
    return payload
  }
}

extension LaneCalendar: Sendable where Payload: Sendable {}

extension LaneCalendar.Lane: Sendable {}
