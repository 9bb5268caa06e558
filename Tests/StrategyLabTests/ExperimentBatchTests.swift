import LabStrategies
import LabUnits
import Synchronization
import Testing

@testable import StrategyLab

/// Batches are handed over whole and in order, whoever played them and however the play ends.
struct ExperimentBatchTests {
  private struct Refusal: Error {}

  private static func experiment(replications: Int) -> Experiment {
    var scenario = plainScenario(strategies: [
      Recreate(), RollingUpdate(maxSurge: .count(1), maxUnavailable: .count(0)),
    ]) {
      $0.service.startup = .uniform(from: .zero, to: .seconds(100))
    }
    scenario.experiment.replications = replications
    return Experiment(scenario: scenario)
  }

  @Test(arguments: [1, 2, 3, 7, 16], [0, 1, 2, 5, 49]) func portionsCoverAllJobsInOrder(
    threads: Int, replications: Int
  ) {
    // The third replication has one strategy left to play.
    let jobs = (0..<replications).flatMap { replication in
      (0..<(replication == 2 ? 1 : 4)).map { (strategy: $0, replication: replication) }
    }
    let portions = BatchPlay.portions(of: jobs, threads: threads)
    #expect(portions.flatMap { Array($0) } == Array(jobs.indices))
    for portion in portions {
      #expect(Set(portion.map { jobs[$0].replication }).count == 1)
    }
    let singles = portions.reversed().prefix { $0.count == 1 }.flatMap { Array($0) }
    let last = jobs.indices.filter { jobs[$0].replication >= replications - threads }
    #expect(Set(singles).isSuperset(of: last))
  }

  @Test(arguments: [1, 2, 5]) func batchesComeWholeAndInOrder(_ threads: Int) throws {
    let experiment = Self.experiment(replications: 120)
    var batches: [[Int]] = []
    var done: [Int] = []
    let runs = try experiment.run(
      threads: threads,
      onBatch: { batch, progress in
        batches.append(batch.map(\.replication))
        done.append(progress.runsDone)
      })
    func twice(_ replications: Range<Int>) -> [Int] { replications.flatMap { [$0, $0] } }
    #expect(batches == [twice(0..<50), twice(50..<100), twice(100..<120)])
    #expect(done == [100, 200, 240])
    #expect(runs.count == 240)
  }

  @Test(arguments: [1, 2, 5], [0, 1, 99, 130, 239]) func aPlayThatIsStoppedKeepsWholeBatches(
    threads: Int, stopsAfter: Int
  ) throws {
    let experiment = Self.experiment(replications: 120)
    let whole = try experiment.run(threads: 1)
    let asked = Asked()
    var handedOver = 0
    let runs = try experiment.run(
      threads: threads,
      shouldStop: { asked.count.wrappingAdd(1, ordering: .relaxed).oldValue >= stopsAfter }
    ) { batch, _ in handedOver += batch.count }
    #expect(runs.count == handedOver)
    #expect(runs.count % 100 == 0 && runs.count < whole.count)
    let upper = runs.count / 2
    #expect(runs == whole.filter { $0.replication < upper })
  }

  private final class Asked: Sendable {
    let count = Atomic<Int>(0)
  }

  @Test(arguments: [1, 2, 5]) func aRefusedBatchEndsThePlay(_ threads: Int) {
    let experiment = Self.experiment(replications: 120)
    var handedOver = 0
    #expect(throws: Refusal.self) {
      try experiment.run(
        threads: threads,
        onBatch: { _, _ in
          handedOver += 1
          if handedOver == 2 { throw Refusal() }
        })
    }
    #expect(handedOver == 2)
  }
}
