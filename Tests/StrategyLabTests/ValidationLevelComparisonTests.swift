import LabStrategies
import Testing

@testable import StrategyLab

@Suite struct ValidationLevelComparisonTests {
  private static let scenario = plainScenario(strategies: [Recreate(), BlueGreen.plain()])

  /// Runs of two strategies with every metric drawn around 100.
  private static func runs(
    _ replications: Int, seed: UInt64, adjust: (inout RunResult) -> Void = { _ in }
  ) -> [RunResult] {
    var draws = TestDraws(seed: seed)
    var runs: [RunResult] = []
    for strategy in 0..<2 {
      for replication in 0..<replications {
        var metrics = MetricValues()
        for metric in Metric.allCases { metrics[metric] = 99 + 2 * draws.unit() }
        var run = RunResult(
          strategyIndex: strategy, replication: replication, outcome: .promoted, metrics: metrics)
        adjust(&run)
        runs.append(run)
      }
    }
    return runs
  }

  private static func row(
    _ comparison: LevelComparison, _ strategy: Int, _ subject: LevelComparison.Subject
  ) throws -> LevelComparison.Row {
    try #require(
      comparison.rows.first { $0.strategyIndex == strategy && $0.subject == subject })
  }

  @Test func everyStrategyHasARowForEachOutcomeAndMetric() {
    let comparison = LevelComparison(
      scenario: Self.scenario, flow: Self.runs(5, seed: 1), request: Self.runs(5, seed: 1))
    #expect(comparison.replications == 5)
    #expect(comparison.rows.count == 2 * (3 + Metric.allCases.count))
    #expect(comparison.rows.allSatisfy { $0.verdict == .agree && $0.difference == 0 })
    #expect(comparison.rows.allSatisfy { $0.agreesUnpaired == true })
  }

  @Test func aShiftedMetricIsFoundAndNoOther() throws {
    let request = Self.runs(30, seed: 2) { run in
      if run.strategyIndex == 1 { run.metrics[.latencyP99]? += 2 }
    }
    let comparison = LevelComparison(
      scenario: Self.scenario, flow: Self.runs(30, seed: 1), request: request)
    #expect(comparison.count(.differ) == 1)
    let row = try Self.row(comparison, 1, .metric(.latencyP99))
    #expect(row.verdict == .differ)
    #expect(abs(try #require(row.difference) - 2) < 0.5)
  }

  /// Levels that agree are said to differ anywhere in the table in at most one case of a hundred.
  @Test func equalLawsSeldomDifferAnywhere() {
    let alarms = (0..<60).count { number in
      LevelComparison(
        scenario: Self.scenario, flow: Self.runs(12, seed: 2 * UInt64(number) + 100),
        request: Self.runs(12, seed: 2 * UInt64(number) + 101)
      ).count(.differ) > 0
    }
    // Four or more of 60 at one in a hundred: probability 0.003.
    #expect(alarms < 4)
  }

  @Test func aMetricOfNeitherLevelIsNotApplicable() throws {
    let runs = Self.runs(5, seed: 1) { $0.metrics[.detection] = nil }
    let comparison = LevelComparison(scenario: Self.scenario, flow: runs, request: runs)
    #expect(comparison.count(.notApplicable) == 2)
    #expect(try Self.row(comparison, 0, .metric(.detection)).probability == nil)
  }

  @Test func aMetricOfOneLevelAloneDiffers() throws {
    let request = Self.runs(5, seed: 1) { $0.metrics[.restore] = nil }
    let comparison = LevelComparison(
      scenario: Self.scenario, flow: Self.runs(5, seed: 1), request: request)
    let row = try Self.row(comparison, 0, .metric(.restore))
    #expect(row.verdict == .differ)
    #expect(row.flowCount == 5)
    #expect(row.requestCount == 0)
  }

  @Test func outcomesAreComparedAsShares() throws {
    let request = Self.runs(20, seed: 1) { run in
      if run.strategyIndex == 0 { run.outcome = .rolledBack }
    }
    let comparison = LevelComparison(
      scenario: Self.scenario, flow: Self.runs(20, seed: 1), request: request)
    let row = try Self.row(comparison, 0, .outcome(.rolledBack))
    #expect(row.verdict == .differ)
    #expect(row.difference == 1)
    #expect(try Self.row(comparison, 1, .outcome(.rolledBack)).verdict == .agree)
  }

  /// The levels would differ, but for so few requests that chance may have kept them away.
  @Test func fewRequestsAreTooFew() throws {
    func counts(_ count: Double) -> [RunResult] {
      Self.runs(30, seed: 1) { $0.metrics[.capacityShortfall] = count }
    }
    let comparison = LevelComparison(
      scenario: Self.scenario, flow: counts(0.1), request: counts(0))
    #expect(try Self.row(comparison, 0, .metric(.capacityShortfall)).verdict == .tooFew)
    #expect(comparison.count(.differ) == 0)
  }

  @Test func aBudgetOfRequestsDecidesTheReplications() {
    let scenario = Self.scenario
    // 100 requests a second for an hour by two strategies are 720,000.
    #expect(LevelTrial.replications(of: scenario, requests: 7_300_000) == 10)
    #expect(LevelTrial.replications(of: scenario, requests: 1) == 3)
    #expect(LevelTrial.replications(of: scenario, requests: 1e12) == 100)
  }

  @Test func bothLevelsArePlayedWhateverTheThreads() throws {
    let trial = LevelTrial(
      scenario: plainScenario(replicas: 2, rate: 1, strategies: [Recreate()]), replications: 4)
    var progress: [Int] = []
    let one = try #require(trial.compare(threads: 1, onProgress: { progress.append($0) }))
    let two = try #require(trial.compare(threads: 2))
    #expect(one == two)
    #expect(progress.last == trial.runs)
    #expect(one.replications == 4)
    #expect(trial.compare(threads: 1, shouldStop: { true }) == nil)
  }
}
