import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// Traffic that lags behind the clock comes to the same as traffic that keeps up with every event.
@Suite struct ModelLaggingTrafficTests {
  private static func metrics(
    _ scenario: Scenario, strategy: Int, keepsUp: Bool, isWrittenDown: Bool = false
  ) -> MetricValues {
    let world = World(
      seed: scenario.experiment.seed, replication: 0, risk: scenario.release)
    var simulation = Simulation(
      compiled: CompiledScenario(scenario), strategyIndex: strategy, world: world,
      recordsTimeline: isWrittenDown)
    simulation.trafficKeepsUp = keepsUp
    simulation.run()
    return simulation.result().metrics
  }

  @Test(arguments: 700..<730) func itComesToTheSame(_ number: Int) {
    Self.compare(ScenarioGenerator.scenario(number))
  }

  @Test(arguments: 760..<765) func itComesToTheSameWhereAnswersTakeLong(_ number: Int) {
    var scenario = ScenarioGenerator.scenario(number)
    // The same capacity, of answers that take 400 times as long.
    scenario.service.workers = 400
    scenario.service.serviceTime = .exponential(mean: .seconds(20))
    scenario.service.timeout = .seconds(100)
    Self.compare(scenario)
  }

  private static func compare(_ scenario: Scenario) {
    for strategy in scenario.strategies.indices {
      let lagging = metrics(scenario, strategy: strategy, keepsUp: false)
      let punctual = metrics(scenario, strategy: strategy, keepsUp: true)
      for metric in Metric.allCases {
        let (found, expected) = (lagging[metric], punctual[metric])
        #expect((found == nil) == (expected == nil), "\(metric) of strategy \(strategy)")
        guard let found, let expected else { continue }
        let tolerance = 1e-9 * max(1, abs(expected))
        #expect(
          abs(found - expected) <= tolerance,
          "\(metric) of strategy \(strategy): \(found) instead of \(expected)")
      }
    }
  }

  @Test(arguments: 730..<740) func toWriteItDownChangesNothing(_ number: Int) {
    let scenario = ScenarioGenerator.scenario(number)
    for strategy in scenario.strategies.indices {
      #expect(
        Self.metrics(scenario, strategy: strategy, keepsUp: false, isWrittenDown: true)
          == Self.metrics(scenario, strategy: strategy, keepsUp: false))
    }
  }
}
