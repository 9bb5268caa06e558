import LabUnits
import Testing

@testable import StrategyLab

struct MonitorBurnRateTests {
  static func rule(
    window: Span = .hours(1), short: Span = .minutes(5), factor: Double = 14.4,
    holds: Span = .zero
  ) -> MonitorRule {
    .burnRate(BurnRateRule(window: window, shortWindow: short, factor: factor, holds: holds))
  }

  struct Detection: Sendable {
    var objective: Share
    var window: Span
    var short: Span
    var factor: Double
    var errors: Double
    /// (1 - objective) / error share × window × factor, after a clean window.
    var seconds: Double
  }

  /// "The Site Reliability Workbook", chapter 5, the formula of the detection time.
  static let detections = [
    Detection(
      objective: Share(millionths: 999_000), window: .hours(1), short: .minutes(5), factor: 14.4,
      errors: 0.02, seconds: 2_592),
    Detection(
      objective: Share(millionths: 999_000), window: .hours(1), short: .minutes(5), factor: 14.4,
      errors: 0.1, seconds: 518.4),
    Detection(
      objective: Share(millionths: 999_000), window: .hours(1), short: .minutes(5), factor: 14.4,
      errors: 1, seconds: 51.84),
    Detection(
      objective: Share(millionths: 999_000), window: .hours(6), short: .minutes(30), factor: 6,
      errors: 0.01, seconds: 12_960),
    Detection(
      objective: .percent(99), window: .hours(1), short: .minutes(5), factor: 14.4, errors: 1,
      seconds: 518.4),
  ]

  @Test(arguments: detections, [1, 30])
  func foundWhenTheBudgetShareIsSpent(row: Detection, scrape: Int) {
    let requests = 1_000 * scrape
    var monitor = Monitor(
      rule: Self.rule(window: row.window, short: row.short, factor: row.factor),
      objective: row.objective, start: .zero,
      cleanHistory: RequestRate(requestsPerSecond: 1_000, failureShare: 0))
    let feed = MonitorFeed(
      interval: .seconds(scrape),
      candidate: RequestCounts(total: requests, failed: Int(Double(requests) * row.errors)))
    let interval = Double(scrape)
    let expected = (row.seconds / interval).rounded(.up) * interval
    #expect(feed.failure(of: &monitor, readings: 20_000) == expected)
  }

  @Test func aSlowBurnIsNeverFound() {
    var monitor = Monitor(Self.rule())
    let feed = MonitorFeed(
      interval: .seconds(1), candidate: RequestCounts(total: 10_000, failed: 143))
    #expect(feed.failure(of: &monitor, readings: 8_000) == nil)
    #expect(monitor.reason == "")
  }

  @Test func withoutHistoryAWholeShortWindowMustBeRead() {
    var monitor = Monitor(Self.rule())
    let feed = MonitorFeed(candidate: RequestCounts(total: 1_000, failed: 20))
    #expect(feed.failure(of: &monitor) == 300)
    #expect(
      monitor.reason == "error budget burns 20 times over 1h and 20 times over 5m, limit 14.4")
  }

  @Test func theConditionMustHold() {
    var monitor = Monitor(Self.rule(holds: .minutes(2)))
    let feed = MonitorFeed(candidate: RequestCounts(total: 1_000, failed: 20))
    #expect(feed.failure(of: &monitor, readings: 13) == nil)
    #expect(!monitor.failsIfConcluded)
    #expect(monitor.reason == "")
    #expect(feed.failure(of: &monitor, from: .zero + .seconds(390)) == 420)
    #expect(monitor.failsIfConcluded)
  }

  /// Prometheus: a reading at which the condition does not hold starts `for` anew.
  @Test func aPauseStartsTheWaitAnew() {
    var monitor = Monitor(
      Self.rule(window: .seconds(60), short: .seconds(30), holds: .seconds(60)))
    var firing: [Int] = []
    for index in 1...12 {
      let failed = index == 3 ? 0 : 500
      let time = Instant.zero + .seconds(30 * index)
      let counts = RequestCounts(total: 1_000, failed: failed)
      if monitor.observe(MonitorReading(time: time, stable: .none, candidate: counts)) {
        firing.append(index)
      }
    }
    #expect(firing == [6, 7, 8, 9, 10, 11, 12])
  }

  @Test func theShortWindowEndsTheAlert() {
    var monitor = Monitor(Self.rule())
    let bad = MonitorFeed(candidate: RequestCounts(total: 1_000, failed: 1_000))
    #expect(bad.failure(of: &monitor) == 300)
    var quiet = 0
    let good = RequestCounts(total: 1_000)
    for index in 11...40 {
      let time = Instant.zero + .seconds(30 * index)
      if !monitor.observe(MonitorReading(time: time, stable: .none, candidate: good)) {
        quiet = quiet == 0 ? 30 * index : quiet
      }
    }
    // The last bad reading, at 300 s, has left the five minutes at 600 s.
    #expect(quiet == 600)
    #expect(!monitor.failsIfConcluded)
  }

  @Test func bothVersionsCountTogether() {
    var monitor = Monitor(Self.rule())
    let feed = MonitorFeed(
      stable: RequestCounts(total: 900), candidate: RequestCounts(total: 100, failed: 14))
    #expect(feed.failure(of: &monitor, readings: 500) == nil)
    let worse = MonitorFeed(
      stable: RequestCounts(total: 900, failed: 5), candidate: RequestCounts(total: 100, failed: 15)
    )
    #expect(worse.failure(of: &monitor, from: .zero + .seconds(15_000)) != nil)
  }

  @Test func silenceSaysNothing() {
    var monitor = Monitor(Self.rule())
    #expect(MonitorFeed().failure(of: &monitor, readings: 500) == nil)
    var whole = Monitor(Self.rule(), objective: .whole)
    let clean = MonitorFeed(candidate: RequestCounts(total: 100))
    #expect(clean.failure(of: &whole, readings: 500) == nil)
  }

  @Test func hugeCountsAreNoTrouble() {
    var monitor = Monitor(Self.rule())
    let size = 1_000_000_000_000_000
    let feed = MonitorFeed(candidate: RequestCounts(total: size, failed: size / 50))
    #expect(feed.failure(of: &monitor) == 300)
  }

  @Test func restartFillsTheWindowsWithHistoryAgain() {
    var monitor = Monitor(
      rule: Self.rule(), objective: Share(millionths: 999_000), start: .zero,
      cleanHistory: RequestRate(requestsPerSecond: 100, failureShare: 0))
    let feed = MonitorFeed(
      interval: .seconds(1), candidate: RequestCounts(total: 100, failed: 100))
    #expect(feed.failure(of: &monitor) == 52)
    monitor.restart(at: .zero + .seconds(100))
    #expect(feed.failure(of: &monitor, from: .zero + .seconds(100)) == 152)
  }
}
