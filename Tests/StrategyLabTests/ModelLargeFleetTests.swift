import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// Fleets so large that nothing may take time in proportion to them at every event.
struct ModelLargeFleetTests {
  private static func scenario(_ replicas: Int, _ defect: DefectEffect? = nil) -> Scenario {
    plainScenario(
      replicas: replicas, rate: Double(replicas),
      strategies: [
        RollingUpdate(maxSurge: .share(.percent(25)), maxUnavailable: .share(.percent(25)))
      ]
    ) {
      $0.service.startup = .lognormal(median: .seconds(25), percentile95: .seconds(45))
      $0.service.drain = .exponential(mean: .seconds(2))
      $0.service.preStop = .seconds(5)
      $0.service.endpointPropagation = .seconds(1)
      $0.cluster.nodeCount = replicas / 5
      if let defect { $0.release = certain(defect) }
    }
  }

  @Test func aLargeRollingUpdateIsPlayedToItsEnd() {
    // 5,000 replicas cut the calendar into slots; a million are played in the same way by a release build.
    let replicas = 5000
    let run = Experiment(scenario: Self.scenario(replicas)).result(strategyIndex: 0, replication: 0)
    #expect(run.outcome == .promoted)
    #expect(run.metrics[.pendingTime] == 0)
    // A quarter more are asked for, and a quarter of the old ones terminate meanwhile.
    #expect(run.metrics[.peakReplicas] == 1.5 * Double(replicas))
    #expect(run.metrics[.downtime] == 0)
    // Each of two waves takes as long as its slowest start, and none does as long as three minutes.
    #expect(run.metrics[.releaseDuration] ?? 0 > 60)
    #expect(run.metrics[.releaseDuration] ?? .infinity < 360)
  }

  @Test func slotsMakeNoDifference() {
    var simulations: [Simulation] = []
    let experiment = Experiment(scenario: Self.scenario(300))
    for slots in [1, 4096] {
      let world = World(seed: 1, replication: 0, risk: experiment.scenario.release)
      var simulation = Simulation(compiled: experiment.compiled, strategyIndex: 0, world: world)
      simulation.calendar = LaneCalendar(
        lanes: SimulationEvent.Kind.lanes, slots: slots, until: simulation.horizon)
      simulation.run()
      simulations.append(simulation)
    }
    #expect(simulations[0].result() == simulations[1].result())
  }
}
