import LabKernel
import LabUnits

/// A month of events in the kernel's calendar: clocks that tick evenly, and sources that are random.
///
/// It can be played in pieces. After each the events that wait are taken out and scheduled in a new
/// calendar, as if the work went on in another process.
struct MonthOfEvents {
  static let month = Instant(nanoseconds: 30 * 86_400 * 1_000_000_000)
  static let clocks = 12
  static let randomSources = 4

  /// The period of each clock, in nanoseconds; no two are equal.
  let periods: [Int64]
  /// How often each clock has ticked and each source has sent.
  private(set) var counts: [Int]
  /// When each of them did it last.
  private(set) var latest: [Instant]
  /// A number that depends on who did what when, in which order.
  private(set) var digest: UInt64 = 0
  /// One while the first clock has ticked an odd number of times, else 0.
  private(set) var parity = TimeWeightedCount(value: 0, at: .zero)
  /// The sum of the gaps that each random source has drawn, without the one that it waits for.
  private(set) var gapSums: [Int128]

  private var calendar = EventCalendar<Int>()
  private var streams: [RandomStream]
  private let meanGap: Double

  /// A month with about so many events.
  init(events: Int) {
    let sources = Self.clocks + Self.randomSources
    let period = Self.month.nanoseconds / Int64(events) * Int64(sources)
    periods = (0..<Self.clocks).map { period + Int64($0 - Self.clocks / 2) * (period / 97 + 1) }
    meanGap = Double(period)
    counts = Array(repeating: 0, count: sources)
    latest = Array(repeating: .zero, count: sources)
    gapSums = Array(repeating: 0, count: Self.randomSources)
    streams = (0..<Self.randomSources).map {
      RandomStream(seed: 1, replication: 0, purpose: RandomPurpose(rawValue: 1), entity: $0)
    }
    for source in 0..<sources { calendar.schedule(source, at: .zero + gap(source)) }
  }

  /// Plays all events up to an instant.
  mutating func play(through end: Instant) {
    while let due = calendar.nextTime, due <= end, let (now, source) = calendar.popFirst() {
      digest = (digest ^ UInt64(now.nanoseconds)) &* 0x9e37_79b9_7f4a_7c15 &+ UInt64(source)
      counts[source] += 1
      if source == 0 { parity.set(1 - parity.value, at: now) }
      if source >= Self.clocks {
        gapSums[source - Self.clocks] += Int128(now.nanoseconds - latest[source].nanoseconds)
      }
      latest[source] = now
      calendar.schedule(source, at: now + gap(source))
    }
  }

  /// Moves what waits to a new calendar.
  mutating func move() {
    var other = EventCalendar<Int>()
    while let (time, source) = calendar.popFirst() { other.schedule(source, at: time) }
    calendar = other
  }

  private mutating func gap(_ source: Int) -> Span {
    guard source >= Self.clocks else { return Span(nanoseconds: periods[source]) }
    return Span(nanoseconds: Int64(streams[source - Self.clocks].exponential(mean: meanGap)))
  }
}

extension MonthOfEvents {
  /// What is wrong at the end of the month; nothing, if the kernel's time is exact.
  var faults: [String] {
    var faults: [String] = []
    for (clock, period) in periods.enumerated() {
      let ticks = Int(Self.month.nanoseconds / period)
      if counts[clock] != ticks {
        faults.append("clock \(clock) ticked \(counts[clock]) times, not \(ticks)")
      }
      if latest[clock].nanoseconds != Int64(ticks) * period {
        faults.append("clock \(clock) ticked last at \(latest[clock].nanoseconds) ns")
      }
    }
    for (source, sum) in gapSums.enumerated()
    where sum != Int128(latest[Self.clocks + source].nanoseconds) {
      faults.append("source \(source) drew \(sum) ns of gaps")
    }
    // The first clock is odd from each odd tick to the next even one, or to the end of the month.
    let (ticks, period) = (counts[0], periods[0])
    let rest = ticks % 2 == 1 ? Self.month.nanoseconds - Int64(ticks) * period : 0
    let odd = Int128(ticks / 2) * Int128(period) + Int128(rest)
    if parity.integral(until: Self.month) != odd {
      faults.append("the first clock was odd for \(parity.integral(until: Self.month)) ns")
    }
    return faults
  }

  /// How many nanoseconds a clock that adds seconds as doubles is off at the end of the month.
  var driftOfDoubles: Double {
    let (ticks, period) = (counts[0], periods[0])
    let seconds = Double(period) / 1e9
    var now = 0.0
    for _ in 0..<ticks { now += seconds }
    // Both are near 2.6e6 s, where doubles are half a nanosecond apart.
    return (now - Double(latest[0].nanoseconds) / 1e9) * 1e9
  }
}
