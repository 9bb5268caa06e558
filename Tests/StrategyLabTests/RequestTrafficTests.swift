import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// Scenarios whose requests are played one by one, against closed forms and against what must hold.
@Suite struct RequestTrafficTests {
  /// A fleet that nothing happens to until the very end of the horizon.
  private static func still(
    replicas: Int = 4, workers: Int = 2, rate: Double = 60, horizon: Span = .minutes(30),
    adjust: (inout Scenario) -> Void = { _ in }
  ) -> Scenario {
    plainScenario(
      replicas: replicas, rate: rate, horizon: horizon, strategies: [Recreate()]
    ) {
      $0.service.workers = workers
      $0.service.startup = .fixed(.hours(24 * 7))
      $0.users.population = 2000
      $0.experiment.detail = .request
      adjust(&$0)
    }
  }

  private static func canary(
    weight: Int, adjust: (inout Scenario) -> Void = { _ in }
  ) -> Scenario {
    plainScenario(
      replicas: 4, rate: 40, horizon: .minutes(40),
      strategies: [ArgoCanary(steps: [.setWeight(weight), .pause(.hours(2))], isRouted: true)]
    ) {
      $0.users.population = 2000
      $0.service.startup = .fixed(.zero)
      $0.experiment.detail = .request
      adjust(&$0)
    }
  }

  @Test func everyRequestIsCountedOnceAndOnlyOnce() {
    var scenario = Self.canary(weight: 30) { $0.release = certain(.failing(0.2)) }
    let run = playOnce(scenario).run
    let total = run.metrics[.requestsTotal] ?? 0
    // A Poisson count: within five deviations of its mean.
    #expect(abs(total - 40 * 2400) < 5 * (40 * 2400).squareRoot())
    let candidate = run.metrics[.requestsCandidate] ?? 0
    #expect(abs(candidate - 0.3 * total) < 5 * (0.21 * total).squareRoot())
    let failed = run.metrics[.requestsFailed] ?? 0
    #expect(abs(failed - 0.2 * candidate) < 5 * (0.16 * candidate).squareRoot())
    // Who comes, and when, does not depend on what the strategy does with them.
    scenario.strategies = [NamedStrategy(name: "other", strategy: Recreate())]
    #expect(playOnce(scenario).run.metrics[.requestsTotal] == total)
  }

  /// M/M/c behind a random split: Erlang's formula for the wait of a replica with a quarter of the rate.
  @Test func latenciesAreThoseOfTheQueue() throws {
    let run = playOnce(
      Self.still(rate: 120) { $0.service.startup = .fixed(.zero) }
    ).run
    // Two workers of 20 a second each with 30 a second: 75% busy. P(T > t) by Erlang C.
    let (rate, service, workers) = (30.0, 20.0, 2.0)
    let waiting = ErlangC.waitingProbability(workers: 2, offeredLoad: rate / service)
    let spare = workers * service - rate
    func survival(_ t: Double) -> Double {
      let alone = Elementary.exponential(-service * t)
      let both =
        (spare * alone - service * Elementary.exponential(-spare * t)) / (spare - service)
      return (1 - waiting) * alone + waiting * both
    }
    for (metric, share) in [(Metric.latencyP50, 0.5), (.latencyP99, 0.01)] {
      let latency = try #require(run.metrics[metric])
      // 216,000 requests, correlated through the queue.
      #expect(abs(survival(latency) / share - 1) < 0.08, "\(metric): \(latency)")
    }
  }

  @Test func fivePercentForTwentyRequestsIsSixtyFourPercentOfTheUsers() throws {
    let run = playOnce(
      Self.canary(weight: 5) {
        $0.users.population = 4800
        $0.users.activity = .fixed
      }
    ).run
    let exposed = try #require(run.metrics[.exposedUsers])
    let expected = 1 - UserExposure.integerPower(0.95, 20)
    #expect(abs(expected - 0.6415) < 1e-4)
    #expect(abs(exposed - expected) < 5 * (expected * (1 - expected) / 4800).squareRoot())
  }

  @Test func usersThatStickByTheirHashAreTheWeight() throws {
    let run = playOnce(
      Self.canary(weight: 20) {
        $0.users.stickiness = .user
        $0.users.population = 1000
        $0.users.activity = .gamma(shape: 1000)
      }
    ).run
    let exposed = try #require(run.metrics[.exposedUsers])
    #expect(abs(exposed - 0.2) < 0.002)
    // A fifth of the 1,200 sessions that run at the switch change; one of ten sends nothing more.
    let flips = try #require(run.metrics[.sessionVersionFlips])
    #expect(abs(flips * 9600 - 216) < 5 * 216.0.squareRoot(), "\(flips)")
  }

  @Test func sessionsThatStickDoNotChangeTheirVersion() throws {
    let loose = playOnce(Self.canary(weight: 50)).run
    let sticky = playOnce(Self.canary(weight: 50) { $0.users.stickiness = .session }).run
    // Nine of ten requests follow another one of their session; half of those change.
    let flips = try #require(loose.metrics[.sessionVersionFlips])
    #expect(abs(flips - 4.5) < 0.1)
    #expect(sticky.metrics[.sessionVersionFlips] == 0)
  }

  @Test func sessionsThatLoseTheirReplicaChooseAgainAsInTheFlow() throws {
    var scenario = plainScenario(
      replicas: 10, rate: 400, horizon: .minutes(10),
      strategies: [ArgoCanary(steps: [.setWeight(50), .pause(.hours(2))], isRouted: false)]
    ) {
      $0.users.stickiness = .session
      $0.users.requestsPerSession = 5
      $0.experiment.detail = .request
    }
    let sessions = 400.0 * 600 / 5
    let played = try #require(playOnce(scenario).run.metrics[.sessionVersionFlips]) * sessions
    scenario.experiment.detail = .flow
    let flow = try #require(playOnce(scenario).run.metrics[.sessionVersionFlips]) * sessions
    // Of 24,000 sessions that run, half lose their replica, and choose by the share that comes nearer to a half.
    #expect(flow > 3000 && flow < 6000)
    #expect(abs(played - flow) < 4 * flow.squareRoot(), "\(played) for \(flow)")
  }

  @Test func requestsToADeletedReplicaAreLostUntilTheRoutersKnow() throws {
    var scenario = plainScenario(
      replicas: 10, rate: 1000, horizon: .minutes(10),
      strategies: [
        RollingUpdate(
          maxSurge: .share(Share(millionths: 250_000)),
          maxUnavailable: .share(Share(millionths: 250_000)))
      ]
    ) {
      $0.service.endpointPropagation = .seconds(1)
      $0.experiment.detail = .request
    }
    let lost = try #require(playOnce(scenario).run.metrics[.requestsFailed])
    scenario.experiment.detail = .flow
    let asAFlow = try #require(playOnce(scenario).run.metrics[.requestsFailed])
    // Each of ten replicas gets about a tenth of the requests for the second after it was deleted.
    #expect(lost > 700 && lost < 1300, "\(lost)")
    #expect(abs(lost - asAFlow) < 5 * (2 * lost).squareRoot(), "\(lost) \(asAFlow)")
    scenario.experiment.detail = .request
    scenario.service.preStop = .seconds(2)
    #expect(playOnce(scenario).run.metrics[.requestsFailed] == 0)
  }

  @Test func whatTheGracePeriodCutsOffIsLost() throws {
    let scenario = plainScenario(
      replicas: 10, rate: 100, horizon: .hours(1), strategies: [BlueGreen.plain()]
    ) {
      $0.service.workers = 2000
      $0.service.serviceTime = .exponential(mean: .seconds(60))
      $0.service.timeout = .hours(2)
      $0.service.terminationGrace = .seconds(60)
      $0.experiment.detail = .request
    }
    // 6,000 are in work; those that last longer than the grace period, a part of 1/e, are cut off.
    let run = playOnce(scenario).run
    let expected = 6000 * Elementary.exponential(-1)
    let failed = try #require(run.metrics[.requestsFailed])
    #expect(abs(failed - expected) < 5 * expected.squareRoot(), "\(failed)")
  }

  /// λ at each of four replicas of two workers, each of which can do 20 a second.
  @Test(arguments: [46.0, 50, 80])
  func aBurstBeyondTheCapacityIsTurnedAwayAfterTheTimeout(_ rate: Double) throws {
    let run = playOnce(
      Self.still(rate: 4 * rate, horizon: .minutes(20)) {
        $0.service.startup = .fixed(.zero)
        $0.service.timeout = .seconds(2)
      }
    ).run
    // What is served has waited for almost 2 s: what is missing of them is exponential with the rate λ - cμ,
    // and a service of rate μ lasts longer with probability (λ - cμ) / (λ - cμ + μ), and then ends too late.
    let beyond = rate - 40
    let late = beyond / (beyond + 20)
    // Nobody is turned away before a wait of 2 s has built up.
    let seconds = 1200 - 2 / (beyond / 40)
    let expected = 4 * (beyond + 40 * late) * seconds
    let shortfall = try #require(run.metrics[.capacityShortfall])
    #expect(abs(shortfall / expected - 1) < 0.04, "\(shortfall) \(expected)")
    // Stable alone would have turned them away too.
    #expect((run.metrics[.excessFailures] ?? 1).magnitude < 0.02 * shortfall)
  }

  @Test func fewerRequestsWaitWhereTheLessBusyOfTwoIsChosen() throws {
    func latency(_ balancing: ServiceModel.Balancing) throws -> Double {
      let scenario = Self.still(replicas: 10, workers: 1, rate: 160, horizon: .minutes(20)) {
        $0.service.startup = .fixed(.zero)
        $0.service.balancing = balancing
      }
      return try #require(playOnce(scenario).run.metrics[.latencyP99])
    }
    let random = try latency(.random)
    let roundRobin = try latency(.roundRobin)
    let leastRequest = try latency(.leastRequest)
    #expect(leastRequest < 0.6 * random)
    #expect(roundRobin < 0.9 * random)
  }

  @Test func retriesMendWhatIsLostWithinTheirBudget() throws {
    func failed(_ retries: RetryPolicy?) throws -> Double {
      let scenario = plainScenario(
        replicas: 10, rate: 1000, horizon: .minutes(10),
        strategies: [
          RollingUpdate(
            maxSurge: .share(Share(millionths: 250_000)),
            maxUnavailable: .share(Share(millionths: 250_000)))
        ]
      ) {
        $0.service.endpointPropagation = .seconds(1)
        $0.service.retries = retries
        $0.experiment.detail = .request
      }
      return try #require(playOnce(scenario).run.metrics[.requestsFailed])
    }
    func policy(budget: Int) -> RetryPolicy {
      RetryPolicy(
        attempts: 2, retried: .unreachable, backoff: .milliseconds(25),
        budget: Share(millionths: Int64(budget) * 10_000), minimumPerSecond: 0,
        window: .seconds(10))
    }
    let without = try failed(nil)
    let generous = try failed(policy(budget: 50))
    let tight = try failed(policy(budget: 1))
    // One of some six tries fails while two of twelve endpoints do not answer; three in a row seldom.
    #expect(generous < 0.1 * without)
    #expect(tight > generous && tight < without)
  }

  @Test func recordedArrivalsArriveAsTheyWereRecorded() {
    var scenario = Self.still(horizon: .minutes(10))
    scenario.traffic.arrivals = (0..<5000).map { Int64($0) * 100_000_000 }
    let run = playOnce(scenario).run
    #expect(run.metrics[.requestsTotal] == 5000)
  }

  @Test func autoTakesRequestsWhereTheFlowHasNoFormula() {
    var scenario = Self.still()
    scenario.experiment.detail = .auto
    #expect(scenario.detailChoice.level == .flow)
    scenario.service.balancing = .leastRequest
    #expect(
      scenario.detailChoice
        == DetailChoice(
          level: .request, reason: "the flow has no formula for least requests of two"))
    scenario.experiment.detail = .flow
    #expect(scenario.detailProblem()?.path == "service.balancing")
    scenario.experiment.detail = .request
    #expect(scenario.detailProblem() == nil)
    scenario.users.population = 1_000_000_000
    #expect(scenario.detailProblem()?.path == "users.population")
  }
}
