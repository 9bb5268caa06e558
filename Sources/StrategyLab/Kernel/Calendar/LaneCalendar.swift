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
/// All lanes and slots share one array, in which each event knows the place of the next of its list; places that events
/// have left are used again. So nothing is allocated once the array has grown to the most events that waited
/// in lists at once.
@frozen
public struct LaneCalendar<Payload: BitwiseCopyable> {
  @usableFromInline typealias Entry = EventCalendar<Payload>.Entry

  /// A place in the array: an event and the place of the next; -1 for the last.
  @frozen
  @usableFromInline
  struct Place: BitwiseCopyable {
    @usableFromInline var entry: Entry
    @usableFromInline var next: Int32

    @inlinable
    init(entry: Entry, next: Int32) {
      self.entry = entry
      self.next = next
    }
  }

  /// The first and the last event of a lane.
  @frozen
  @usableFromInline
  struct Lane: BitwiseCopyable {
    /// When the first is due, and its place in the written order; the greatest instant if none waits.
    @usableFromInline var time = Int64.max
    @usableFromInline var order = UInt64.max
    @usableFromInline var first: Int32 = -1
    @usableFromInline var last: Int32 = -1
    /// When the last is due; the least instant if none waits.
    @usableFromInline var lastTime = Int64.min

    @inlinable
    init() {}
  }

  /// The first and the last event of a slot; -1 where there is none.
  @frozen
  @usableFromInline
  struct Slot: BitwiseCopyable {
    @usableFromInline var first: Int32 = -1
    @usableFromInline var last: Int32 = -1

    @inlinable
    init() {}
  }

  @usableFromInline var calendar: EventCalendar<Payload>
  /// The lanes that were asked for, and one for what leaves the slots in order.
  @usableFromInline var lanes: [Lane]
  @usableFromInline var slots: [Slot]
  /// A slot is two to this power nanoseconds long.
  @usableFromInline let slotBits: Int64
  /// The slots up to this one have been sorted in.
  @usableFromInline var slot: Int
  @usableFromInline var places: [Place]
  /// The first place that an event has left; -1 if there is none.
  @usableFromInline var free: Int32
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
    slots = Array(repeating: Slot(), count: Int(horizon.nanoseconds >> bits) + 1)
    slot = 0
    places = []
    free = -1
    source = -1
    firstTime = .max
  }

  /// How many events wait.
  ///
  /// - Complexity: linear in the events in lanes and slots.
  public var count: Int {
    var count = calendar.count
    for first in lanes.map(\.first) + slots.map(\.first) {
      var place = first
      while place >= 0 {
        count += 1
        place = places[Int(place)].next
      }
    }
    return count
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
    let place = keep(numbered(payload, instant.nanoseconds))
    if slots[number].last >= 0 {
      places[Int(slots[number].last)].next = place
    } else {
      slots[number].first = place
    }
    slots[number].last = place
  }

  /// Enters an event that is hardly ever due before one that was planned for the same lane.
  ///
  /// - Complexity: O(1) if it is not.
  @inlinable
  public mutating func schedule(_ payload: Payload, at instant: Instant, lane number: Int) {
    let time = instant.nanoseconds
    let lane = lanes[number]
    guard time >= lane.lastTime else { return schedule(payload, at: instant) }
    if time < firstTime { forget() }
    let entry = numbered(payload, time)
    append(keep(entry), entry, to: number)
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
    for number in slots.indices { slots[number] = Slot() }
    slot = 0
    places.removeAll(keepingCapacity: true)
    free = -1
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

  /// Puts an event that stands in a place behind a lane.
  @inlinable
  @inline(__always)
  mutating func append(_ place: Int32, _ entry: Entry, to number: Int) {
    let last = lanes[number].last
    if last >= 0 {
      places[Int(last)].next = place
    } else {
      lanes[number].time = entry.time
      lanes[number].order = entry.order
      lanes[number].first = place
    }
    lanes[number].last = place
    lanes[number].lastTime = entry.time
  }

  /// Puts an event in a place.
  @inlinable
  @inline(__always)
  mutating func keep(_ entry: Entry) -> Int32 {
    let place = free
    guard place >= 0 else {
      places.append(Place(entry: entry, next: -1))
      return Int32(places.count - 1)
    }
    places.withUnsafeMutableBufferPointer { places in
      free = places[Int(place)].next
      places[Int(place)] = Place(entry: entry, next: -1)
    }
    return place
  }

  /// Takes the first event of a lane out.
  @inlinable
  @inline(__always)
  mutating func take(_ number: Int) -> Payload {
    var lane = lanes[number]
    let place = lane.first
    let payload = places.withUnsafeMutableBufferPointer { places in
      let left = places[Int(place)]
      places[Int(place)].next = free
      if left.next >= 0 {
        lane.first = left.next
        lane.time = places[Int(left.next)].entry.time
        lane.order = places[Int(left.next)].entry.order
      } else {
        lane = Lane()
      }
      return left.entry.payload
    }
    free = place
    lanes[number] = lane
    return payload
  }
}

extension LaneCalendar: Sendable where Payload: Sendable {}

extension LaneCalendar.Lane: Sendable {}

extension LaneCalendar.Slot: Sendable {}

extension LaneCalendar.Place: Sendable where Payload: Sendable {}
