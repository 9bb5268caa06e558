import LabUnits

@testable import StrategyLab

/// Experiments made of nothing but their results.
enum ComparisonFixture {
  static func record(
    names: [String], runs: [RunResult], seed: UInt64 = 42, baseline: Int = 0
  ) -> ExperimentRecord {
    ExperimentRecord(
      header: ExperimentRecord.Header(
        scenarioName: "fixture", scenarioTitle: "Fixture", scenarioText: "", scenarioHash: "",
        programVersion: "0", seed: seed, replications: runs.count / max(names.count, 1),
        precisionMillionths: nil, horizonNanoseconds: 3_600_000_000_000, desiredReplicas: 10,
        defectProbability: 0.2, baselineIndex: baseline,
        strategies: names.map {
          ExperimentRecord.Strategy(name: $0, kind: $0, outline: [])
        }, assumptions: []),
      runs: runs, timelines: [])
  }

  /// A run with the three parts of its total cost.
  static func run(
    _ strategy: Int, _ replication: Int, infrastructure: Double = 0, failures: Double = 0,
    people: Double = 0, defect: String? = nil, outcome: ReleaseOutcome? = nil,
    stallReason: String? = nil
  ) -> RunResult {
    var metrics = MetricValues()
    metrics[.extraInfrastructureCost] = infrastructure
    metrics[.failureCost] = failures
    metrics[.peopleCost] = people
    metrics[.totalCost] = infrastructure + failures + people
    return RunResult(
      strategyIndex: strategy, replication: replication,
      outcome: outcome ?? (defect == nil ? .promoted : .rolledBack), defect: defect,
      stallReason: stallReason, metrics: metrics)
  }

  /// Strategies with every metric drawn at random, for tests of speed and of repeatability.
  static func random(strategies: Int, replications: Int) -> ExperimentRecord {
    var draws = TestDraws(seed: 1)
    var runs: [RunResult] = []
    for strategy in 0..<strategies {
      for replication in 0..<replications {
        var metrics = MetricValues()
        for metric in Metric.allCases { metrics[metric] = draws.unit() * 100 + Double(strategy) }
        runs.append(
          RunResult(
            strategyIndex: strategy, replication: replication, outcome: .promoted,
            defect: replication % 5 == 0 ? "errors" : nil, metrics: metrics))
      }
    }
    return record(names: (0..<strategies).map { "strategy-\($0)" }, runs: runs)
  }
}
