import LabUnits
import Testing

@testable import StrategyLab

struct MonitorThresholdTests {
  static func rule(
    of bad: BadRequest = .failures, maximum: Share = .percent(1), interval: Span = .seconds(60),
    failureLimit: Int = 0, minimumRequests: Int = 1
  ) -> MonitorRule {
    .threshold(
      ThresholdRule(
        of: bad, maximum: maximum, interval: interval, failureLimit: failureLimit,
        minimumRequests: minimumRequests))
  }

  @Test func measuresAtTheEndOfEachInterval() {
    var monitor = Monitor(Self.rule())
    let feed = MonitorFeed(candidate: RequestCounts(total: 500, failed: 16))
    #expect(feed.failure(of: &monitor) == 60)
    #expect(monitor.reason == "3.2% failures above 1%")
  }

  @Test func measuresAtTheFirstReadingAfterTheIntervalAndStaysOnItsGrid() {
    var monitor = Monitor(Self.rule(interval: .seconds(45), failureLimit: 2))
    let feed = MonitorFeed(candidate: RequestCounts(total: 100, failed: 50))
    // Due at 45, 90 and 135 s; read at 60, 90 and 150 s.
    #expect(feed.failure(of: &monitor) == 150)
    #expect(monitor.reason == "50% failures above 1%, 3 times")
  }

  @Test func aLateReadingIsOneMeasurement() {
    var monitor = Monitor(Self.rule(failureLimit: 1))
    let feed = MonitorFeed(interval: .seconds(600), candidate: RequestCounts(total: 9, failed: 9))
    #expect(feed.failure(of: &monitor) == 1_200)
  }

  @Test func theMaximumItselfPasses() {
    var monitor = Monitor(Self.rule())
    let equal = MonitorFeed(candidate: RequestCounts(total: 1_000, failed: 10))
    #expect(equal.failure(of: &monitor, readings: 200) == nil)
    #expect(monitor.reason == "")
    let above = MonitorFeed(candidate: RequestCounts(total: 1_000, failed: 11))
    #expect(above.failure(of: &monitor, from: Instant.zero + .seconds(6_000)) == 6_060)
  }

  @Test func failuresAreNeverForgiven() {
    var monitor = Monitor(Self.rule(interval: .seconds(30), failureLimit: 1))
    var results: [Bool] = []
    for (index, failed) in [5, 0, 0, 0, 5, 0].enumerated() {
      results.append(
        monitor.observe(
          MonitorReading(
            time: .zero + .seconds(30 * (index + 1)), stable: .none,
            candidate: RequestCounts(total: 100, failed: failed))))
    }
    #expect(results == [false, false, false, false, true, true])
  }

  @Test func aMeasurementOfTooFewRequestsIsDropped() {
    var monitor = Monitor(Self.rule(interval: .seconds(30), minimumRequests: 100))
    let few = MonitorFeed(candidate: RequestCounts(total: 99, failed: 99))
    #expect(few.failure(of: &monitor, readings: 100) == nil)
    let enough = MonitorFeed(candidate: RequestCounts(total: 100, failed: 2))
    #expect(enough.failure(of: &monitor, from: .zero + .seconds(3_000)) == 3_030)
  }

  @Test func concludesOnWhatItHas() {
    var monitor = Monitor(Self.rule())
    let feed = MonitorFeed(candidate: RequestCounts(total: 100, failed: 2))
    #expect(feed.failure(of: &monitor, readings: 1) == nil)
    let hasFailed = monitor.conclude()
    #expect(hasFailed)
    #expect(monitor.reason == "2% failures above 1%")
  }

  @Test func looksAtTheCandidateOnly() {
    var monitor = Monitor(Self.rule())
    let feed = MonitorFeed(
      stable: RequestCounts(total: 1_000, failed: 1_000), candidate: RequestCounts(total: 10))
    #expect(feed.failure(of: &monitor, readings: 100) == nil)
  }

  @Test func slowAnswersHaveTheirOwnRule() {
    var monitor = Monitor(Self.rule(of: .slow, maximum: Share(millionths: 15_000)))
    let failing = MonitorFeed(candidate: RequestCounts(total: 100, failed: 100))
    #expect(failing.failure(of: &monitor, readings: 100) == nil)
    let slow = MonitorFeed(candidate: RequestCounts(total: 1_000, slow: 25))
    #expect(slow.failure(of: &monitor, from: .zero + .seconds(3_000)) == 3_060)
    #expect(monitor.reason == "2.5% slow answers above 1.5%")
  }

  @Test func silenceAndHugeCountsAreNoTrouble() {
    var monitor = Monitor(Self.rule())
    #expect(MonitorFeed().failure(of: &monitor, readings: 100) == nil)
    let passing = MonitorFeed(
      interval: .seconds(60), candidate: RequestCounts(total: .max, failed: .max / 100))
    #expect(passing.failure(of: &monitor, readings: 2, from: .zero + .seconds(3_000)) == nil)
    let failing = MonitorFeed(
      interval: .seconds(60), candidate: RequestCounts(total: .max, failed: .max / 50))
    #expect(failing.failure(of: &monitor, from: .zero + .seconds(3_120)) == 3_180)
  }

  @Test func restartForgivesAndMovesTheGrid() {
    var monitor = Monitor(Self.rule())
    let feed = MonitorFeed(candidate: RequestCounts(total: 100, failed: 2))
    #expect(feed.failure(of: &monitor) == 60)
    monitor.restart(at: .zero + .seconds(70))
    #expect(monitor.reason == "")
    #expect(feed.failure(of: &monitor, from: .zero + .seconds(70)) == 130)
  }
}
