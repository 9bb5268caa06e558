import LabUnits
import Testing

@testable import StrategyLab

struct ComparisonSummaryTests {
  /// Two strategies in five worlds, of which the last two are defective.
  static let record: ExperimentRecord = {
    let costs: [[Double]] = [[13, 15, 13, 12, 19], [10, 12, 9, 11, 14]]
    var runs: [RunResult] = []
    for (strategy, row) in costs.enumerated() {
      for (replication, cost) in row.enumerated() {
        runs.append(
          ComparisonFixture.run(
            strategy, replication, failures: cost, defect: replication > 2 ? "errors" : nil))
      }
    }
    runs[1].metrics[.releaseDuration] = 300
    return ComparisonFixture.record(names: ["rolling", "canary"], runs: runs)
  }()

  /// Expected values: scipy 1.17.1 and NumPy 2.4.6.
  @Test func meanIntervalAndQuantiles() throws {
    let summary = try #require(Comparison(record: Self.record).strategies[1][.totalCost])
    #expect(summary.count == 5)
    #expect(agree(summary.mean, 11.2, relative: 1e-14))
    #expect(agree(summary.low, 8.81161161190002, relative: 1e-10))
    #expect(agree(summary.high, 13.588388388099979, relative: 1e-10))
    #expect(summary.p50 == 11)
    #expect(agree(summary.p95, 13.6, relative: 1e-12))
  }

  @Test func goodAndDefectiveReleasesApart() throws {
    let strategy = Comparison(record: Self.record).strategies[1]
    let cost = Metric.totalCost.ordinal
    #expect(strategy.replications == 5 && strategy.defective == 2)
    #expect(strategy.good[cost]?.count == 3)
    #expect(agree(try #require(strategy.good[cost]).mean, 31.0 / 3, relative: 1e-14))
    #expect(strategy.defectiveReleases[cost]?.count == 2)
    #expect(strategy.defectiveReleases[cost]?.mean == 12.5)
    #expect(strategy.goodOutcomes == [.promoted: 3, .rolledBack: 0, .stalled: 0])
    #expect(strategy.defectiveOutcomes == [.promoted: 0, .rolledBack: 2, .stalled: 0])
    #expect(strategy.outcomes == [.promoted: 3, .rolledBack: 2, .stalled: 0])
  }

  @Test func everyMetricHasItsPlace() {
    let strategy = Comparison(record: Self.record).strategies[0]
    #expect(strategy.all.count == Metric.allCases.count)
    #expect(strategy[.detection] == nil)
    let single = MetricSummary(count: 1, mean: 300, low: 300, high: 300, p50: 300, p95: 300)
    #expect(strategy[.releaseDuration] == single)
    #expect(strategy.defectiveReleases[Metric.releaseDuration.ordinal] == nil)
  }

  /// Expected values: scipy 1.17.1.
  @Test func differencesArePaired() throws {
    let comparison = Comparison(record: Self.record)
    #expect(comparison.differences.allSatisfy { $0.strategyIndex == 1 })
    #expect(!comparison.differences.contains { $0.metric == .releaseDuration })
    let cost = try #require(comparison.differences.first { $0.metric == .totalCost })
    #expect(cost.count == 5)
    #expect(agree(cost.mean, -3.2, relative: 1e-14))
    #expect(agree(cost.low, -5.041685332991982, relative: 1e-10))
    #expect(agree(cost.high, -1.3583146670080186, relative: 1e-10))
  }

  /// Expected values: scipy 1.17.1 at a confidence of 97.5%.
  @Test func differencesAreCorrectedForTheNumberOfStrategies() throws {
    var record = Self.record
    record.header.strategies.append(
      ExperimentRecord.Strategy(name: "recreate", kind: "recreate", outline: []))
    record.runs += (0..<5).map { ComparisonFixture.run(2, $0, failures: 40) }
    let comparison = Comparison(record: record)
    let costs = comparison.differences.filter { $0.metric == .totalCost }
    #expect(costs.map(\.strategyIndex) == [1, 2])
    #expect(agree(costs[0].low, -5.518589993627869, relative: 1e-10))
    #expect(agree(costs[0].high, -0.8814100063721275, relative: 1e-10))
  }

  @Test func differencesAreByStrategyThenByMetric() {
    let comparison = Comparison(
      record: ComparisonFixture.random(strategies: 3, replications: 4))
    let expected = [1, 2].flatMap { strategy in Metric.allCases.map { (strategy, $0) } }
    #expect(comparison.differences.map(\.strategyIndex) == expected.map(\.0))
    #expect(comparison.differences.map(\.metric) == expected.map(\.1))
  }

  @Test func replicationsThatOnlyOneStrategyPlayedAreNotPaired() throws {
    var record = Self.record
    record.runs.removeAll { $0.strategyIndex == 0 && $0.replication == 4 }
    let comparison = Comparison(record: record)
    let cost = try #require(comparison.differences.first { $0.metric == .totalCost })
    #expect(cost.count == 4)
    #expect(cost.mean == -2.75)
    #expect(comparison.strategies[0].replications == 4)
  }

  @Test func theOrderOfTheRunsDoesNotMatter() {
    var record = ComparisonFixture.random(strategies: 3, replications: 50)
    let comparison = Comparison(record: record)
    record.runs.reverse()
    #expect(Comparison(record: record) == comparison)
    #expect(Comparison(record: record, threads: 2) == comparison)
  }

  @Test func stallReasonsByNumberThenByText() {
    let reasons = ["quota", nil, "no room", "quota", "approval"]
    let runs = reasons.enumerated().map {
      ComparisonFixture.run(0, $0.offset, outcome: .stalled, stallReason: $0.element)
    }
    let record = ComparisonFixture.record(names: ["canary"], runs: runs)
    #expect(
      Comparison(record: record).strategies[0].stallReasons == [
        Comparison.StallCount(reason: "quota", count: 2),
        Comparison.StallCount(reason: "approval", count: 1),
        Comparison.StallCount(reason: "no reason given", count: 1),
        Comparison.StallCount(reason: "no room", count: 1),
      ])
  }

  @Test func noRunsAreNoTrouble() {
    let comparison = Comparison(record: ComparisonFixture.record(names: ["a", "b"], runs: []))
    #expect(comparison.strategies.map(\.replications) == [0, 0])
    #expect(comparison.differences.isEmpty)
    #expect(comparison.strategies[0].all.allSatisfy { $0 == nil })
    #expect(
      Comparison(record: ComparisonFixture.record(names: [], runs: [])).strategies.isEmpty)
  }
}
