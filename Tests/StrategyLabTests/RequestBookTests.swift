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

  @Test func whatIsUnderWayIsKeptAndNoMore() {
    let scenario = plainScenario(
      replicas: 1, rate: 1_000, horizon: .minutes(1), strategies: [Recreate()]
    ) {
      $0.service.workers = 2_000
      $0.service.serviceTime = .fixed(.seconds(1))
      $0.experiment.detail = .request
    }
    var pieces = StandingTraffic(scenario)
    var most = 0
    for piece in 0..<1_000 {
      let now = Instant.zero + .milliseconds(10) * piece
      pieces.traffic.pass(from: now, to: now + .milliseconds(10), flow: pieces.flow)
      most = max(most, pieces.traffic.open.count)
    }
    // A second of work of a thousand a second is under way.
    #expect(most > 1_000 && most < 2_500, "\(most)")
    var whole = StandingTraffic(scenario)
    whole.pass(1, of: .seconds(10))
    let end = Instant.zero + .seconds(10)
    pieces.traffic.settleOpen(by: end)
    whole.traffic.settleOpen(by: end)
    let tallies = (
      pieces.traffic.takeCounts(of: .stable), whole.traffic.takeCounts(of: .stable)
    )
    #expect(tallies.0.total > 8_000 && tallies.0.total == tallies.1.total)
    #expect(pieces.traffic.open.count == whole.traffic.open.count)
    #expect(pieces.traffic.harmed.count == whole.traffic.harmed.count)
    #expect(pieces.traffic.latencies.total == whole.traffic.latencies.total)
  }

  @Test func workOfBeforeTheReleaseIsDoneWithinIt() {
    var scenario = plainScenario(
      replicas: 2, rate: 300, horizon: .minutes(1), strategies: [Recreate()]
    ) {
      $0.service.serviceTime = .fixed(.milliseconds(50))
      $0.experiment.detail = .request
    }
    scenario.autoscaler = AutoscalerModel(
      rules: HorizontalPodAutoscaler(minimum: 1, maximum: 4, target: .percent(50)),
      scope: .service)
    var standing = StandingTraffic(scenario)
    let left = standing.traffic.workLeft(at: .zero).stable / 1e9
    #expect(left > 0.05)
    #expect(standing.traffic.workDone(at: .zero).stable == 0)
    // Nobody comes any more, and all that was left is done.
    standing.traffic.change(rate: 0, at: .zero)
    standing.pass(1, of: .seconds(10))
    #expect(abs(standing.traffic.workDone(at: .zero + .seconds(10)).stable - left) < 1e-9)
  }
}
