import LabKernel
import LabUnits

/// A queue that gives events back in the kernel's written order: by time, priority and running number.
///
/// All candidates keep this order to the last event, so that any of them could take the calendar's place;
/// the checksum of a run says whether they do.
protocol EventQueue {
  /// An empty queue.
  ///
  /// - Parameters:
  ///   - pending: About how many events will wait.
  ///   - meanIncrement: About how far ahead they are scheduled, in nanoseconds. Only what cannot tune
  ///     itself looks at these two.
  init(pending: Int, meanIncrement: Int64)

  /// Enters an event.
  mutating func schedule(_ payload: UInt32, at time: Int64)

  /// Removes the first event; nil when none waits.
  mutating func popFirst() -> (time: Int64, payload: UInt32)?
}

/// An event with its place in the order, as the kernel's calendar keeps it.
struct QueuedEvent: Comparable, BitwiseCopyable {
  var time: Int64
  /// The priority in the highest 8 bits, then the running number.
  var order: UInt64
  var payload: UInt32

  init(time: Int64, number: UInt64, payload: UInt32) {
    self.time = time
    order = 128 << 56 | number
    self.payload = payload
  }

  @inline(__always)
  static func < (left: Self, right: Self) -> Bool {
    (Int128(left.time) << 64 | Int128(left.order))
      < (Int128(right.time) << 64 | Int128(right.order))
  }
}

/// The kernel's own calendar, a heap of four children a node.
struct KernelCalendar: EventQueue {
  private var calendar: EventCalendar<UInt32>

  init(pending: Int, meanIncrement: Int64) {
    calendar = EventCalendar(minimumCapacity: pending)
  }

  @inline(__always)
  mutating func schedule(_ payload: UInt32, at time: Int64) {
    calendar.schedule(payload, at: Instant(nanoseconds: time))
  }

  @inline(__always)
  mutating func popFirst() -> (time: Int64, payload: UInt32)? {
    guard let (instant, payload) = calendar.popFirst() else { return nil }
    return (instant.nanoseconds, payload)
  }
}

/// The kernel's wheel for very many events.
struct KernelWheel: EventQueue {
  private var wheel = EventWheel<UInt32>()

  init(pending: Int, meanIncrement: Int64) {}

  @inline(__always)
  mutating func schedule(_ payload: UInt32, at time: Int64) {
    wheel.schedule(payload, at: Instant(nanoseconds: time))
  }

  @inline(__always)
  mutating func popFirst() -> (time: Int64, payload: UInt32)? {
    guard let (instant, payload) = wheel.popFirst() else { return nil }
    return (instant.nanoseconds, payload)
  }
}
