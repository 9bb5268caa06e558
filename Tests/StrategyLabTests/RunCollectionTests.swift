import LabStrategies
import LabUnits
import Synchronization
import Testing

@testable import StrategyLab

@Suite struct RunCollectionTests {
  private func run(_ strategy: Int, _ replication: Int, cost: Double?) -> RunResult {
    var metrics = MetricValues()
    metrics[.totalCost] = cost
    return RunResult(
      strategyIndex: strategy, replication: replication, outcome: .promoted, metrics: metrics)
  }

  @Test func runsComeBackByStrategyAndReplication() {
    let known = [run(1, 0, cost: 1), run(0, 2, cost: 2), run(0, 0, cost: 3)]
    var runs = RunCollection(strategies: 2, replications: 10, known: known)
    runs.add([run(0, 1, cost: nil)])
    #expect(runs.count == 4)
    #expect(runs.has(0, 1) && runs.has(1, 0) && !runs.has(1, 1) && !runs.has(0, 9))
    let numbers = runs.upTo(2).map { [$0.strategyIndex, $0.replication] }
    #expect(numbers == [[0, 0], [0, 1], [1, 0]])
  }

  @Test func runsBeyondThePlanAreLeftOut() {
    let strange = [
      run(2, 0, cost: 1), run(0, 10, cost: 1), run(0, .max, cost: 1), run(0, -1, cost: 1),
    ]
    let runs = RunCollection(strategies: 2, replications: 10, known: strange)
    #expect(runs.count == 0)
    #expect(runs.upTo(10).isEmpty)
  }

  /// What comes later must not decide: an interrupted play stops where an uninterrupted one does.
  @Test func precisionLooksAtTheFirstReplicationsAlone() {
    let costs = [10, 10.1, 500, 10]
    let known = costs.indices.map { run(0, $0, cost: costs[$0]) }
    let runs = RunCollection(strategies: 1, replications: 10, known: known)
    #expect(runs.isPreciseEnough(upTo: 2, .percent(10)))
    #expect(!runs.isPreciseEnough(upTo: 4, .percent(10)))
  }

  @Test(arguments: [1, 2]) func aPlayThatIsStoppedHandsOverWholeBatchesOnly(threads: Int) throws {
    let scenario = plainScenario(strategies: [Recreate()]) { $0.experiment.replications = 200 }
    let asked = Atomic<Int>(0)
    var batches: [Int] = []
    let runs = try Experiment(scenario: scenario).run(
      threads: threads,
      shouldStop: { asked.wrappingAdd(1, ordering: .relaxed).newValue > 75 },
      onBatch: { batch, _ in batches.append(batch.count) })
    #expect(batches == [Experiment.batchReplications])
    #expect(runs.count == Experiment.batchReplications)
  }
}
