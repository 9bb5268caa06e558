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

  /// Random scenarios at twenty services a minute and worker, so that few requests meet many events.
  private static func small(_ number: Int) -> Scenario {
    var scenario = ScenarioGenerator.scenario(number)
    scenario.experiment.replications = 1
    scenario.users.population = 500
    scenario.experiment.horizon = .minutes(6)
    scenario.experiment.detail = .request
    let capacity = Double(scenario.service.replicas)
    var steps = scenario.traffic.steps
    for step in steps.indices { steps[step].requestsPerSecond /= 20 }
    // A full fleet would be played for long before the release.
    steps[0].requestsPerSecond = min(steps[0].requestsPerSecond, 0.6 * capacity)
    scenario.traffic = TrafficModel(steps: steps)
    let laws: [SpanDistribution] = [
      .fixed(.seconds(1)), .exponential(mean: .seconds(1)),
      .gamma(mean: .seconds(1), variation: 2), .pareto(scale: .milliseconds(400), shape: 1.6),
    ]
    scenario.service.serviceTime = laws[number % laws.count]
    scenario.service.balancing = ServiceModel.Balancing.allCases[number % 3]
    if number % 2 == 0 {
      scenario.service.terminationGrace = scenario.service.timeout
      scenario.service.retries = RetryPolicy(
        attempts: 3, retried: number % 4 == 0 ? .failures : .unreachable,
        backoff: .milliseconds(200), budget: .percent(50), minimumPerSecond: 1,
        window: .seconds(10))
    }
    return scenario
  }

  /// The requests that arrive within the horizon, whatever becomes of them.
  private static func arrived(_ scenario: Scenario, replication: Int) -> Int {
    let lead = RequestTerms(CompiledScenario(scenario)).lead
    let steps = scenario.traffic.steps
    var arrivals = RequestArrivals(
      World(seed: scenario.experiment.seed, replication: replication, risk: scenario.release),
      WorldPurpose.arrivals, service: SpanSampler(scenario.service.serviceTime))
    var count = 0
    for (index, step) in steps.enumerated() {
      let begin = index == 0 ? 0 : lead + step.start.nanoseconds
      let horizon = scenario.experiment.horizon.nanoseconds
      let end = index + 1 < steps.count ? min(steps[index + 1].start.nanoseconds, horizon) : horizon
      guard begin < lead + horizon else { break }
      arrivals.change(rate: step.requestsPerSecond, at: begin)
      while arrivals.next < Double(lead + end) {
        if Int64(arrivals.next) >= lead { count += 1 }
        arrivals.advance()
      }
    }
    return count
  }

  @Test(arguments: 400..<406) func whatArrivesIsAnsweredOrFails(_ number: Int) throws {
    let scenario = Self.small(number)
    #expect(scenario.detailProblem() == nil)
    let experiment = Experiment(scenario: scenario)
    let runs = try experiment.run(threads: 1)
    #expect(try runs == experiment.run(threads: 2))
    #expect(runs.count == scenario.strategies.count)
    for run in runs {
      let total = Int(run.metrics[.requestsTotal] ?? 0)
      let failed = Int(run.metrics[.requestsFailed] ?? 0)
      let arrived = Self.arrived(scenario, replication: run.replication)
      // What was under way when the release began and is cut off by it is counted too.
      let cutOff = scenario.service.terminationGrace >= scenario.service.timeout ? 0 : failed
      #expect(failed <= total)
      #expect((arrived...arrived + cutOff).contains(total), "\(number): \(total) of \(arrived)")
    }
  }
}
