import LabUnits
import Testing

@testable import StrategyLab

struct MonitorRankTests {
  static func rule(
    _ bad: BadRequest = .failures, tolerance: Double = 0.25, minimumReadings: Int = 10
  ) -> MonitorRule {
    .rank(
      RankRule(
        of: bad, confidence: .percent(98), tolerance: tolerance, minimumReadings: minimumReadings))
  }

  @Test func aSteadyDifferenceIsFoundAtTheMinimumOfReadings() {
    var monitor = Monitor(Self.rule())
    let feed = MonitorFeed(
      stable: RequestCounts(total: 1_000, failed: 10),
      candidate: RequestCounts(total: 100, failed: 3))
    #expect(feed.failure(of: &monitor) == 300)
    #expect(monitor.reason == "2% more failures than stable, 98% interval 2% to 2%")
  }

  @Test func equalReadingsNeverFail() {
    var monitor = Monitor(Self.rule())
    let feed = MonitorFeed(
      stable: RequestCounts(total: 1_000, failed: 10),
      candidate: RequestCounts(total: 100, failed: 1))
    #expect(feed.failure(of: &monitor, readings: 200) == nil)
  }

  @Test func aBetterCandidateNeverFails() {
    var monitor = Monitor(Self.rule())
    let feed = MonitorFeed(
      stable: RequestCounts(total: 1_000, slow: 100), candidate: RequestCounts(total: 100))
    #expect(feed.failure(of: &monitor, readings: 200) == nil)
  }

  @Test func readingsWithoutRequestsDoNotCount() {
    var monitor = Monitor(Self.rule())
    let silent = MonitorFeed(stable: RequestCounts(total: 1_000, failed: 10))
    #expect(silent.failure(of: &monitor, readings: 100) == nil)
    let feed = MonitorFeed(
      stable: RequestCounts(total: 1_000, failed: 10),
      candidate: RequestCounts(total: 100, failed: 3))
    #expect(feed.failure(of: &monitor, from: .zero + .seconds(3_000)) == 3_300)
  }

  @Test func onlyTheLastSixtyReadingsCount() {
    var monitor = Monitor(Self.rule())
    let healthy = MonitorFeed(
      stable: RequestCounts(total: 1_000, failed: 10),
      candidate: RequestCounts(total: 100, failed: 1))
    #expect(healthy.failure(of: &monitor, readings: 1_000) == nil)
    let feed = MonitorFeed(
      stable: RequestCounts(total: 1_000, failed: 10),
      candidate: RequestCounts(total: 100, failed: 3))
    let failure = feed.failure(of: &monitor, readings: 60, from: .zero + .seconds(30_000))
    // The lower end has rank 1,357 of 3,600: fewer differences than that are not above 0 from 38 of 60 readings on.
    #expect(failure == 31_140)
  }

  @Test func theToleranceAsksForAWideMargin() {
    var draws = TestDraws(seed: 3)
    var lenient = Monitor(Self.rule(tolerance: 0))
    var strict = Monitor(Self.rule(tolerance: 1))
    var (lenientFailure, strictFailure): (Int?, Int?)
    for index in 1...60 {
      let reading = MonitorReading(
        time: .zero + .seconds(30 * index), stable: draws.counts(of: 500, share: 0.02),
        candidate: draws.counts(of: 500, share: 0.03))
      if lenient.observe(reading), lenientFailure == nil { lenientFailure = index }
      if strict.observe(reading), strictFailure == nil { strictFailure = index }
    }
    #expect(lenientFailure != nil)
    #expect(strictFailure == nil)
  }

  @Test func theLowerEndIsThatOfTheSortedDifferences() {
    var draws = TestDraws(seed: 5)
    let first = (0..<17).map { _ in (draws.unit() * 20).rounded() / 7 }.sorted()
    let second = (0..<23).map { _ in (draws.unit() * 20).rounded() / 7 }.sorted()
    let differences = PairwiseDifferences(first: first, second: second)
    let sorted = first.flatMap { x in second.map { x - $0 } }.sorted()
    #expect((1...sorted.count).allSatisfy { differences.value(rank: $0) == sorted[$0 - 1] })
    #expect(differences.count(atMost: 0) == sorted.count { $0 <= 0 })
    #expect(differences.median == sorted[195])
  }

  @Test func restartForgetsTheReadings() {
    var monitor = Monitor(Self.rule())
    let feed = MonitorFeed(
      stable: RequestCounts(total: 1_000, failed: 10),
      candidate: RequestCounts(total: 100, failed: 3))
    #expect(feed.failure(of: &monitor) == 300)
    #expect(monitor.failsIfConcluded)
    monitor.restart(at: .zero + .seconds(300))
    #expect(!monitor.failsIfConcluded)
    #expect(monitor.reason == "")
    #expect(feed.failure(of: &monitor, from: .zero + .seconds(300)) == 600)
  }

  @Test func hugeCountsAreNoTrouble() {
    var monitor = Monitor(Self.rule())
    let feed = MonitorFeed(
      stable: RequestCounts(total: .max, failed: .max / 100),
      candidate: RequestCounts(total: .max, failed: .max / 50))
    #expect(feed.failure(of: &monitor) == 300)
  }
}
