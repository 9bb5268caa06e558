import LabUnits
import Testing

@testable import StrategyLab

struct MonitorSequentialTests {
  static func rule(_ bad: BadRequest = .failures, falseAlarms: Share = .percent(5)) -> MonitorRule {
    .sequential(SequentialRule(of: bad, falseAlarms: falseAlarms, mixture: .percent(1)))
  }

  struct Null: Sendable, CustomTestStringConvertible {
    var share: Double
    var stable: Int
    var candidate: Int
    var testDescription: String { "\(share) of \(stable) and \(candidate)" }
  }

  /// Equal versions: the bound must hold whoever has the larger share of the traffic.
  @Test(arguments: [
    Null(share: 0.001, stable: 2_850, candidate: 150),
    Null(share: 0.001, stable: 30, candidate: 2_970),
    Null(share: 0.01, stable: 500, candidate: 500), Null(share: 0.01, stable: 30, candidate: 300),
    Null(share: 0.2, stable: 10, candidate: 10),
  ])
  func falseAlarmsStayBelowTheirBound(_ null: Null) {
    var draws = TestDraws(seed: 7)
    var alarms = 0
    let releases = 400
    for _ in 0..<releases {
      var monitor = Monitor(Self.rule())
      for index in 1...120 {
        let reading = MonitorReading(
          time: .zero + .seconds(30 * index),
          stable: draws.counts(of: null.stable, share: null.share),
          candidate: draws.counts(of: null.candidate, share: null.share))
        if monitor.observe(reading) {
          alarms += 1
          break
        }
      }
    }
    #expect(alarms <= releases / 20)
  }

  @Test func aWorseCandidateIsFound() {
    var draws = TestDraws(seed: 11)
    var found = 0
    for _ in 0..<100 {
      var monitor = Monitor(Self.rule())
      for index in 1...120 {
        let reading = MonitorReading(
          time: .zero + .seconds(30 * index), stable: draws.counts(of: 2_700, share: 0.001),
          candidate: draws.counts(of: 300, share: 0.01))
        if monitor.observe(reading) {
          found += 1
          break
        }
      }
    }
    #expect(found == 100)
  }

  /// λ of 100 and 150 failures in 10,000 requests each is 21.8; with the variance of equal shares 21.7.
  @Test func failsWhenLambdaReachesTheBound() {
    let feed = MonitorFeed(
      stable: RequestCounts(total: 1_000, failed: 10),
      candidate: RequestCounts(total: 1_000, failed: 15))
    var monitor = Monitor(Self.rule())
    #expect(feed.failure(of: &monitor) == 300)
    #expect(
      monitor.reason == "1.5% failures against 1% of stable, with at most 5% false alarms")
    var strict = Monitor(Self.rule(falseAlarms: .percent(4)))
    #expect(feed.failure(of: &strict) == 330)
  }

  @Test func aBetterCandidateNeverFails() {
    var monitor = Monitor(Self.rule())
    let feed = MonitorFeed(
      stable: RequestCounts(total: 1_000, failed: 500), candidate: RequestCounts(total: 1_000))
    #expect(feed.failure(of: &monitor, readings: 200) == nil)
  }

  @Test func totalFailureIsFoundAtOnceAndStays() {
    var monitor = Monitor(Self.rule())
    let feed = MonitorFeed(
      stable: RequestCounts(total: 900), candidate: RequestCounts(total: 100, failed: 100))
    #expect(feed.failure(of: &monitor) == 30)
    let clean = MonitorFeed(
      stable: RequestCounts(total: 900), candidate: RequestCounts(total: 1_000_000))
    #expect(clean.failure(of: &monitor, from: .zero + .seconds(30)) == 60)
  }

  @Test func withoutBothVersionsNothingIsSaid() {
    var monitor = Monitor(Self.rule())
    let alone = MonitorFeed(candidate: RequestCounts(total: 100, failed: 100))
    #expect(alone.failure(of: &monitor, readings: 100) == nil)
    var empty = Monitor(Self.rule())
    #expect(MonitorFeed().failure(of: &empty, readings: 100) == nil)
    #expect(empty.reason == "")
  }

  @Test func hugeCountsAreNoTrouble() {
    var monitor = Monitor(Self.rule())
    let size = Int.max / 4
    let feed = MonitorFeed(
      stable: RequestCounts(total: size, failed: size / 100),
      candidate: RequestCounts(total: size, failed: size / 100))
    #expect(feed.failure(of: &monitor, readings: 20) == nil)
  }

  @Test func restartForgetsTheCounts() {
    var monitor = Monitor(Self.rule())
    let feed = MonitorFeed(
      stable: RequestCounts(total: 1_000, failed: 10),
      candidate: RequestCounts(total: 1_000, failed: 15))
    #expect(feed.failure(of: &monitor) == 300)
    #expect(monitor.failsIfConcluded)
    monitor.restart(at: .zero + .seconds(300))
    #expect(!monitor.failsIfConcluded)
    #expect(feed.failure(of: &monitor, from: .zero + .seconds(300)) == 600)
  }

  @Test func theComparisonOfCohortsIsTheSameTest() {
    var test = ComparisonTest(falseAlarms: .percent(5))
    var found: Int?
    for index in 1...20 where found == nil {
      let reading = MonitorReading(
        time: .zero + .seconds(30 * index), stable: RequestCounts(total: 1_000, failed: 10),
        candidate: RequestCounts(total: 1_000, failed: 15))
      if test.observe(reading) { found = index }
    }
    #expect(found == 10)
    #expect(test.reason.hasPrefix("1.5% failures against 1% of stable"))
    test.restart(at: .zero)
    #expect(test.reason == "")
  }
}

/// Counts of a binomial distribution from a fixed seed (SplitMix64, inversion).
struct TestDraws {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func unit() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return (Double((z ^ (z >> 31)) >> 12) + 0.5) * 0x1p-52
  }

  mutating func counts(of total: Int, share: Double) -> RequestCounts {
    var left = unit()
    var term = 1.0
    for _ in 0..<total { term *= 1 - share }
    var count = 0
    while left > term, count < total {
      left -= term
      term *= Double(total - count) / Double(count + 1) * share / (1 - share)
      count += 1
    }
    return RequestCounts(total: total, failed: count)
  }
}
