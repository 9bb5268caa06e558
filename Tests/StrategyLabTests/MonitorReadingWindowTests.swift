import LabKernel
import LabUnits
import Testing

@testable import StrategyLab

/// A window that forgets whole pieces of readings holds what one holds that looks at each reading.
struct MonitorReadingWindowTests {
  /// A reading written out.
  private struct Single {
    let time: Instant
    let counts: RequestCounts
  }

  private static func second(_ number: Int) -> Instant { .zero + .seconds(number) }

  /// The readings of a piece: nearly equal, of which the first ones are larger by one.
  private static func singles(
    _ counts: RequestCounts, until last: Instant, parts: Int, every interval: Span
  ) -> [Single] {
    (0..<parts).map { part -> Single in
      let total = counts.total / parts + (part < counts.total % parts ? 1 : 0)
      let failed = counts.failed / parts + (part < counts.failed % parts ? 1 : 0)
      return Single(
        time: last + interval * (part + 1 - parts),
        counts: RequestCounts(total: total, failed: failed))
    }
  }

  @Test(arguments: 0..<20)
  func piecesGoOutReadingByReading(_ play: Int) {
    var stream = RandomStream(
      seed: 1, replication: play, purpose: RandomPurpose(rawValue: 0), entity: 0)
    let interval = Span.seconds(15)
    var queue = ReadingQueue()
    var window = ReadingWindow(length: .seconds(15 * (1 + stream.index(below: 40))))
    var singles: [Single] = []
    var time = Instant.zero
    for _ in 0..<200 {
      let parts = 1 << stream.index(below: 6)
      // Some readings are off the grid, which are never drawn together.
      let step = parts == 1 ? Span.seconds(1 + stream.index(below: 30)) : interval * parts
      time = time + step
      let total = stream.index(below: 1000)
      let counts = RequestCounts(total: total, failed: stream.index(below: total + 1))
      queue.append(counts, until: time, parts: parts, every: parts > 1 ? interval : .zero)
      window.add(counts)
      singles += Self.singles(counts, until: time, parts: parts, every: interval)

      window.advance(to: time, over: queue)
      expectSame(window, singles, at: time)
      var later = window
      let future = time + interval * stream.index(below: 50)
      later.advance(to: future, over: queue)
      expectSame(later, singles, at: future)
      queue.dropFirst(window.first)
    }
  }

  private func expectSame(_ window: ReadingWindow, _ singles: [Single], at time: Instant) {
    let inside = singles.filter { time - $0.time < window.length }
    #expect(window.total == inside.reduce(0) { $0 + $1.counts.total })
    #expect(window.failed == inside.reduce(0) { $0 + $1.counts.failed })
  }

  @Test func aReadingAtTheBeginningOfTheWindowIsOutside() {
    var queue = ReadingQueue()
    var window = ReadingWindow(length: .seconds(60))
    let counts = RequestCounts(total: 41, failed: 2)
    queue.append(counts, until: Self.second(60), parts: 4, every: .seconds(15))
    window.add(counts)
    window.advance(to: Self.second(74), over: queue)
    #expect(window.total == 41)
    window.advance(to: Self.second(75), over: queue)
    #expect((window.total, window.failed) == (30, 1))
    window.advance(to: Self.second(119), over: queue)
    #expect((window.total, window.failed) == (10, 0))
    window.advance(to: Self.second(120), over: queue)
    #expect((window.total, window.failed) == (0, 0))
  }
}
