/// Events that are sorted only when their time is near: unsorted at the top, coarsely on the rungs of a
/// ladder, exactly at its bottom.
///
/// What is far away waits unsorted. When it comes near, it is spread over the buckets of a rung; a bucket
/// with too many events becomes a finer rung, one with few is sorted (Tang, Goh and Thng 2005, "Ladder
/// queue: an O(1) priority queue structure for large-scale discrete event simulation",
/// doi:10.1145/1103323.1103324).
struct LadderQueue: EventQueue {
  /// More events than that are not sorted at once.
  private static let threshold = 50
  private static let mostRungs = 8

  private struct Rung {
    var buckets: [[QueuedEvent]]
    var start: Int64
    var width: Int64
    var current = 0
    var count = 0

    /// From when on an event belongs on this rung: the start of the bucket that is taken next.
    var currentStart: Int64 { start &+ Int64(current) &* width }

    init(events: [QueuedEvent], start: Int64, width: Int64, buckets number: Int) {
      self.start = start
      self.width = max(width, 1)
      buckets = Array(repeating: [], count: number)
      for event in events { insert(event) }
    }

    mutating func insert(_ event: QueuedEvent) {
      buckets[min(Int((event.time - start) / width), buckets.count - 1)].append(event)
      count += 1
    }

    /// The next bucket that is not empty.
    mutating func takeBucket() -> (events: [QueuedEvent], start: Int64) {
      while buckets[current].isEmpty { current += 1 }
      var events: [QueuedEvent] = []
      swap(&events, &buckets[current])
      let start = currentStart
      current += 1
      count -= events.count
      return (events, start)
    }
  }

  private var top: [QueuedEvent] = []
  /// What is due from here on goes to the top.
  private var topStart: Int64 = .min
  private var rungs: [Rung] = []
  /// The next events in descending order, so that the first stands last.
  private var bottom: [QueuedEvent] = []
  private var scheduled: UInt64 = 0

  init(pending: Int, meanIncrement: Int64) {
    top.reserveCapacity(pending)
  }

  mutating func schedule(_ payload: UInt32, at time: Int64) {
    let event = QueuedEvent(time: time, number: scheduled, payload: payload)
    scheduled += 1
    if time >= topStart {
      top.append(event)
    } else if let rung = rungs.indices.first(where: { time >= rungs[$0].currentStart }) {
      rungs[rung].insert(event)
    } else {
      insertIntoBottom(event)
    }
  }

  mutating func popFirst() -> (time: Int64, payload: UInt32)? {
    if bottom.isEmpty { refillBottom() }
    return bottom.popLast().map { ($0.time, $0.payload) }
  }

  private mutating func insertIntoBottom(_ event: QueuedEvent) {
    if bottom.count > Self.threshold && rungs.count < Self.mostRungs {
      // Too many to keep sorted: they become a rung of their own.
      bottom.append(event)
      let events = bottom
      bottom.removeAll(keepingCapacity: true)
      let first = events.reduce(event.time) { min($0, $1.time) }
      spread(events, from: first, until: rungs.last?.currentStart ?? topStart)
      return
    }
    var place = bottom.count
    bottom.append(event)
    while place > 0, bottom[place - 1] < event {
      bottom[place] = bottom[place - 1]
      place -= 1
    }
    bottom[place] = event
  }

  /// Makes a rung of some events that are due in a span.
  private mutating func spread(_ events: [QueuedEvent], from start: Int64, until end: Int64) {
    let width = (end - start) / Int64(events.count) + 1
    let number = Int((end - start - 1) / width) + 1
    rungs.append(Rung(events: events, start: start, width: width, buckets: number))
  }

  private mutating func refillBottom() {
    while true {
      while rungs.last?.count == 0 { rungs.removeLast() }
      guard !rungs.isEmpty else {
        guard !top.isEmpty else { return }
        let first = top.reduce(Int64.max) { min($0, $1.time) }
        topStart = top.reduce(Int64.min) { max($0, $1.time) } + 1
        var events: [QueuedEvent] = []
        swap(&events, &top)
        spread(events, from: first, until: topStart)
        continue
      }
      let last = rungs.count - 1
      let (events, start) = rungs[last].takeBucket()
      if events.count > Self.threshold && rungs.count < Self.mostRungs
        && rungs[last].width > 1
      {
        spread(events, from: start, until: rungs[last].currentStart)
        continue
      }
      bottom = events.sorted(by: >)
      return
    }
  }
}
