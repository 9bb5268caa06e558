import LabUnits

/// Very many events that are still to come, of which the earliest leaves first: a wheel of slots of time.
///
///     var wheel = EventWheel<Int>()
///     wheel.schedule(1, at: .zero + .seconds(60))
///     wheel.schedule(2, at: .zero + .seconds(60), priority: 10)
///     wheel.popFirst()                          // (60 s, 2)
///     wheel.popFirst(through: .zero + .seconds(59))  // nil
///
/// Events leave in the written order of ``EventCalendar``, to the last event. It is made for a steady stream
/// of events: the ends of thousands of services. Taking the first and scheduling it again costs 35 to 40 ns
/// with ten events and with ten thousand, where a heap's cost grows from 30 to 70; up to a hundred events
/// ``EventCalendar`` is as fast, and has nothing to tune.
///
/// **How it is kept.** An event that is due in a later slot of time is put on that slot's list, unsorted. When
/// its turn comes, the list is moved to a heap of the few events that are near, and only there is anything
/// compared. What is due more than a turn of the wheel ahead waits in a heap of its own. So the worst case,
/// all events at one instant, is a heap, and not the long list of a calendar queue (Varghese and Lauck 1987,
/// "Hashed and hierarchical timing wheels", doi:10.1145/41457.37504; Tang, Goh and Thng 2005, "Ladder queue",
/// doi:10.1145/1103323.1103324, for the lists that are sorted late).
///
/// The wheel tunes itself: it counts how many slots it passes and how many events it finds, and makes slots
/// longer or shorter, or more, so that about one event is due in each. Nothing of that shows in the order.
@frozen
public struct EventWheel<Payload: BitwiseCopyable> {
  @usableFromInline typealias Entry = EventCalendar<Payload>.Entry

  /// An event on the list of a slot, or a place that is not used.
  @frozen
  @usableFromInline
  struct Node: BitwiseCopyable {
    @usableFromInline var entry: Entry
    @usableFromInline var next: Int32

    @inlinable
    init(entry: Entry, next: Int32) {
      self.entry = entry
      self.next = next
    }
  }

  /// What was counted since the wheel was last tuned.
  @frozen
  @usableFromInline
  struct Counts: Sendable {
    @usableFromInline var passed = 0
    @usableFromInline var found = 0
    @usableFromInline var far = 0

    @inlinable
    init() {}
  }

  /// The first of the events of the current slot and before it; nil for none.
  @usableFromInline var first: Entry?
  /// The others of them, as a heap; empty when there is no first.
  @usableFromInline var near: [Entry] = []
  /// The events that are due more than a turn ahead when they are scheduled, as a heap.
  @usableFromInline var far: [Entry] = []
  /// The first node of each slot's list; -1 for none.
  ///
  /// The number of slots is a power of two.
  @usableFromInline var slots: [Int32]
  @usableFromInline var nodes: [Node] = []
  @usableFromInline var unused: Int32 = -1
  /// How many events are on the lists.
  @usableFromInline var listed = 0
  /// A slot is 2^shift nanoseconds.
  @usableFromInline var shift: Int64 = 20
  /// The slot whose events are near, counted from the start of the release.
  @usableFromInline var current: Int64 = -1
  /// How many events were ever scheduled: the running number of the next one.
  @usableFromInline var scheduled: UInt64 = 0
  @usableFromInline var counts = Counts()
  /// How much is counted before the wheel is tuned: so much that a rebuilding is a small part of it.
  @usableFromInline var patience = 4096

  /// A wheel without events.
  public init() {
    slots = Array(repeating: -1, count: 256)
  }

  /// How many events wait.
  @inlinable
  public var count: Int { (first == nil ? 0 : 1) + near.count + listed + far.count }

  /// Whether no event waits.
  @inlinable
  public var isEmpty: Bool { count == 0 }

  /// Enters an event.
  ///
  /// - Parameters:
  ///   - payload: What is to happen.
  ///   - instant: When.
  ///   - priority: Its place among simultaneous events, the smallest number first.
  /// - Complexity: constant, for an event of a later slot within a turn of the wheel.
  @inlinable
  public mutating func schedule(_ payload: Payload, at instant: Instant, priority: UInt8 = 128) {
    let entry = Entry(
      time: instant.nanoseconds, order: UInt64(priority) << 56 | scheduled, payload: payload)
    scheduled &+= 1
    place(entry)
  }

  /// Removes the first event and returns when it is due and what is to happen; nil when none waits.
  ///
  /// - Complexity: constant in the mean, for a steady stream of events.
  @inlinable
  public mutating func popFirst() -> (time: Instant, payload: Payload)? {
    popFirst(through: .distantFuture)
  }

  /// Removes the first event if it is due at an instant or before it; nil when none is.
  ///
  /// - Complexity: as of ``popFirst()``.
  @inlinable
  @inline(__always)
  public mutating func popFirst(through instant: Instant) -> (time: Instant, payload: Payload)? {
    if first == nil { turn(through: instant.nanoseconds) }
    guard let entry = first, entry.time <= instant.nanoseconds else { return nil }
    if near.isEmpty {
      first = nil
    } else {
      first = near[0]
      Self.removeFirst(&near)
    }
    return (Instant(nanoseconds: entry.time), entry.payload)
  }
}

extension EventWheel: Sendable where Payload: Sendable {}

extension EventWheel.Node: Sendable where Payload: Sendable {}
