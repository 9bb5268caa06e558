import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// Every request that arrives is counted once, and what is under way is known.
@Suite struct RequestBookTests {
  @Test func whatWaitsToBeSentAgainAtTheHorizonIsCounted() {
    var scenario = plainScenario(
      replicas: 2, rate: 100, horizon: .minutes(1), strategies: [Recreate()]
    ) {
      // Both replicas are gone at once, and the routers do not hear of it.
      $0.service.endpointPropagation = .hours(1)
      $0.service.retries = RetryPolicy(
        attempts: 10, retried: .unreachable, backoff: .seconds(2), budget: .whole,
        minimumPerSecond: 1_000, window: .seconds(10))
      $0.experiment.detail = .request
    }
    scenario.traffic.arrivals = (0..<6_000).map { Int64($0) * 10_000_000 }
    let run = playOnce(scenario).run
    #expect(run.metrics[.requestsTotal] == 6_000)
    #expect((run.metrics[.requestsFailed] ?? 0) > 5_000)
  }
}
