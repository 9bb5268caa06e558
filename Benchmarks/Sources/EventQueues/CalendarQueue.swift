/// A desk calendar of days in a circle, whose number and length follow the events.
///
/// An event is filed under its day whatever its year, each day in order; the first event is looked for
/// from today on. Twice as many events as days, or half as many, and the calendar is made anew; a day is
/// three times the mean distance of the next 25 events (R. Brown 1988, "Calendar queues: a fast O(1)
/// priority queue implementation for the simulation event set problem", doi:10.1145/63039.63045).
struct CalendarQueue: EventQueue {
  private var lists = EventLists()
  private var days: [Int32]
  /// A day is 2^shift nanoseconds.
  private var shift: Int64
  /// The day that is looked at, counted from the beginning of time.
  private var today: Int64 = 0
  private var count = 0
  private var scheduled: UInt64 = 0

  init(pending: Int, meanIncrement: Int64) {
    days = [EventLists.none, EventLists.none]
    shift = 20
  }

  @inline(__always)
  mutating func schedule(_ payload: UInt32, at time: Int64) {
    file(QueuedEvent(time: time, number: scheduled, payload: payload))
    scheduled += 1
    if count > 2 * days.count { rebuild(days: 2 * days.count) }
  }

  @inline(__always)
  mutating func popFirst() -> (time: Int64, payload: UInt32)? {
    guard let event = removeFirst() else { return nil }
    if count < days.count / 2 && days.count > 2 { rebuild(days: days.count / 2) }
    return (event.time, event.payload)
  }

  @inline(__always)
  private mutating func file(_ event: QueuedEvent) {
    let day = event.time >> shift
    if day < today || count == 0 { today = day }
    lists.insert(event, into: &days[Int(day) & (days.count &- 1)])
    count &+= 1
  }

  @inline(__always)
  private mutating func removeFirst() -> QueuedEvent? {
    guard count > 0 else { return nil }
    var looked = 0
    while true {
      let place = Int(today) & (days.count &- 1)
      let list = days[place]
      if list != EventLists.none, lists.first(list).time >> shift == today {
        count &-= 1
        return lists.removeFirst(&days[place])
      }
      today &+= 1
      looked &+= 1
      if looked > days.count {
        today = dayOfFirst()
        looked = 0
      }
    }
  }

  /// The day of the first event, found by looking at every day of the circle.
  private func dayOfFirst() -> Int64 {
    var least: Int64 = .max
    for list in days where list != EventLists.none { least = min(least, lists.first(list).time) }
    return least >> shift
  }

  private mutating func rebuild(days number: Int) {
    var events: [QueuedEvent] = []
    events.reserveCapacity(count)
    for place in days.indices {
      while days[place] != EventLists.none { events.append(lists.removeFirst(&days[place])) }
    }
    shift = Self.shift(for: events)
    days = Array(repeating: EventLists.none, count: number)
    count = 0
    for event in events { file(event) }
  }

  /// Brown's rule: three mean distances of the next events, without those that are far apart.
  private static func shift(for events: [QueuedEvent]) -> Int64 {
    let sample = events.map(\.time).sorted().prefix(25)
    let gaps = zip(sample.dropFirst(), sample).map { $0 - $1 }
    let mean = gaps.reduce(0, +) / Int64(max(gaps.count, 1))
    let near = gaps.filter { $0 <= 2 * mean }
    let width = 3 * near.reduce(0, +) / Int64(max(near.count, 1))
    return Int64(63 - max(width, 1).leadingZeroBitCount)
  }
}
