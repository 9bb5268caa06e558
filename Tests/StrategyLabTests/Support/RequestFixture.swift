import LabKernel
import LabStrategies
import LabUnits

@testable import StrategyLab

/// Requests to stable replicas that stand, before anything happens.
struct StandingTraffic {
  let scenario: Scenario
  let flow: TrafficFlow
  var traffic: RequestTraffic

  /// The traffic of a scenario at the beginning of its release.
  init(_ scenario: Scenario) {
    self.scenario = scenario
    let compiled = CompiledScenario(scenario)
    var flow = TrafficFlow(compiled: compiled, defectIndex: nil)
    flow.rate = scenario.traffic.steps[0].requestsPerSecond
    flow.endpoints.stable = scenario.service.replicas
    flow.answering.stable = scenario.service.replicas
    traffic = RequestTraffic(
      compiled: compiled,
      world: World(seed: 1, replication: 0, risk: scenario.release))
    for replica in 0..<scenario.service.replicas {
      traffic.add(replica, .stable)
      traffic.isAnswering[replica] = true
      traffic.setEndpoint(replica, .stable, true)
    }
    traffic.begin(flow)
    self.flow = flow
  }

  /// Lets time pass in equal pieces, as if an event of the fleet ended each.
  mutating func pass(_ pieces: Int, of length: Span) {
    for piece in 0..<pieces {
      traffic.pass(
        from: .zero + length * piece, to: .zero + length * (piece + 1), flow: flow)
    }
  }
}
