import LabKernel
import LabUnits
import Testing

/// Three clocks that tick evenly for a month, played to its end in pieces.
///
/// `Benchmarks/Sources/CalendarDrift` plays a thousand million events of more sources.
private struct MonthOfTicks {
  static let month: Int64 = 30 * 86_400 * 1_000_000_000
  /// No two tick at the same nanosecond after a while; together they tick a hundred thousand times.
  static let periods: [Int64] = [77_760_000_001, 77_760_000_011, 77_759_999_989]

  var counts = [0, 0, 0]
  var latest: [Int64] = [0, 0, 0]
  var digest: UInt64 = 0

  init(pieces: Int) {
    var calendar = EventCalendar<Int>()
    for (clock, period) in Self.periods.enumerated() {
      calendar.schedule(clock, at: Instant(nanoseconds: period))
    }
    for piece in 1...pieces {
      let end = Instant(nanoseconds: Self.month / Int64(pieces) * Int64(piece))
      play(&calendar, through: end)
      // As if the work went on in another process, with a calendar of its own.
      var other = EventCalendar<Int>()
      while let (time, clock) = calendar.popFirst() { other.schedule(clock, at: time) }
      calendar = other
    }
  }

  private mutating func play(_ calendar: inout EventCalendar<Int>, through end: Instant) {
    while let due = calendar.nextTime, due <= end, let (now, clock) = calendar.popFirst() {
      digest = (digest ^ UInt64(now.nanoseconds)) &* 0x9e37_79b9_7f4a_7c15 &+ UInt64(clock)
      counts[clock] += 1
      latest[clock] = now.nanoseconds
      calendar.schedule(clock, at: now + Span(nanoseconds: Self.periods[clock]))
    }
  }
}

@Test func aMonthOfEventsEndsAtTheExactNanosecond() {
  let month = MonthOfTicks(pieces: 1)
  for (clock, period) in MonthOfTicks.periods.enumerated() {
    let ticks = MonthOfTicks.month / period
    #expect(month.counts[clock] == Int(ticks))
    #expect(month.latest[clock] == ticks * period)
  }
  #expect(month.counts.reduce(0, +) > 99_900)
  #expect(MonthOfTicks(pieces: 10).digest == month.digest)
}
