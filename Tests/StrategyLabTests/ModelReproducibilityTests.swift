import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// A run depends on the scenario, the seed and its own number, and on nothing else.
struct ModelReproducibilityTests {
  private static func small(_ number: Int) -> Scenario {
    var scenario = ScenarioGenerator.scenario(number)
    scenario.experiment.replications = 4
    return scenario
  }

  @Test(arguments: 200..<206) func threadsMakeNoDifference(_ number: Int) throws {
    let experiment = Experiment(scenario: Self.small(number))
    let one = try experiment.run(threads: 1)
    #expect(one.count == 24)
    #expect(try experiment.run(threads: 1) == one)
    #expect(try experiment.run(threads: 2) == one)
    #expect(try experiment.run(threads: 4) == one)
  }

  @Test(arguments: 220..<226) func otherStrategiesMakeNoDifference(_ number: Int) throws {
    let scenario = Self.small(number)
    let all = try Experiment(scenario: scenario).run(threads: 2)
    var reversed = scenario
    reversed.strategies.reverse()
    let last = scenario.strategies.count - 1
    for run in try Experiment(scenario: reversed).run(threads: 2) {
      var same = run
      same.strategyIndex = last - run.strategyIndex
      #expect(all.contains(same))
    }
    var alone = scenario
    alone.strategies = [scenario.strategies[3]]
    for run in try Experiment(scenario: alone).run(threads: 1) {
      var same = run
      same.strategyIndex = 3
      #expect(all.contains(same))
    }
  }

  @Test func anInterruptedRunIsContinuedToTheSameResult() throws {
    let experiment = Experiment(scenario: Self.small(240))
    let whole = try experiment.run(threads: 1)
    let known = whole.filter { ($0.replication + $0.strategyIndex) % 3 == 0 }
    #expect(try experiment.run(threads: 2, known: known) == whole)
  }

  @Test(arguments: 260..<264) func usedMemoryMakesNoDifference(_ number: Int) {
    let experiment = Experiment(scenario: Self.small(number))
    var used: Simulation?
    for (index, replication) in [(5, 0), (1, 3), (2, 0), (1, 0), (0, 2), (4, 0), (3, 1), (1, 3)] {
      #expect(
        experiment.result(strategyIndex: index, replication: replication, after: &used)
          == experiment.result(strategyIndex: index, replication: replication))
    }
  }

  @Test func writingTheTimelineChangesNothing() {
    for number in 250..<256 {
      let experiment = Experiment(scenario: Self.small(number))
      for index in 0..<6 {
        let silent = experiment.result(strategyIndex: index, replication: 2)
        #expect(experiment.play(strategyIndex: index, replication: 2).run == silent)
      }
    }
  }

  @Test func anotherSeedIsAnotherWorld() throws {
    let scenario = plainScenario(strategies: [Recreate()]) {
      $0.service.startup = .uniform(from: .zero, to: .seconds(100))
    }
    var other = scenario
    other.experiment.seed = 2
    let both = try [scenario, other].map { try Experiment(scenario: $0).run(threads: 1) }
    #expect(both[0] != both[1])
  }
}
