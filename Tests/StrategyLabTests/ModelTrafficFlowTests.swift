import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// Requests are neither made nor lost in the flow, whatever happens to endpoints and rates.
struct ModelTrafficFlowTests {
  /// A flow of four replicas of 10 requests a second each, whose callers give up after 20 s.
  private static func flow(
    _ adjust: (inout Scenario) -> Void = { _ in }, effect: DefectEffect? = nil
  ) -> TrafficFlow {
    let scenario = plainScenario(replicas: 4, rate: 100, strategies: []) {
      $0.service.workers = 1
      $0.service.serviceTime = .fixed(.milliseconds(100))
      $0.service.timeout = .seconds(20)
      if let effect { $0.release = certain(effect) }
      adjust(&$0)
    }
    var flow = TrafficFlow(
      compiled: CompiledScenario(scenario), defectIndex: effect == nil ? nil : 0)
    flow.endpoints = PerVersion(4, 0)
    flow.answering = PerVersion(4, 0)
    return flow
  }

  private static func total(_ flow: TrafficFlow) -> Double {
    var sum = 0.0
    for means in [flow.means.stable, flow.means.candidate] {
      sum += means.fast + means.slow
      sum += means.failedAnyway + means.failedByDefect
      sum += means.lost + means.shortfall
    }
    return sum
  }

  private static func second(_ number: Double) -> Instant { .zero + Span(seconds: number) }

  @Test func whoWaitsWhenTheLastReplicaGoesIsCountedOnce() {
    var flow = Self.flow()
    flow.rate = 60
    flow.pass(from: Self.second(0), to: Self.second(10))
    // 600 came and 400 were served; the other 200 are answered before the replicas are killed, and 60 find nobody.
    flow.endpoints.stable = 0
    flow.answering.stable = 0
    flow.pass(from: Self.second(10), to: Self.second(11))
    #expect(abs(Self.total(flow) - 660) < 1e-9)
    #expect(abs(flow.means.stable.shortfall - 60) < 1e-9)
  }

  @Test func whoWaitsTooLongAfterALossOfCapacityIsCountedOnce() {
    var flow = Self.flow()
    flow.rate = 60
    flow.pass(from: Self.second(0), to: Self.second(30))
    // 600 wait; one replica serves 200 of them in their patience of 20 s.
    flow.endpoints.stable = 1
    flow.answering.stable = 1
    flow.rate = 5
    flow.pass(from: Self.second(30), to: Self.second(31))
    // And of the ten who are served first, waiting from 20 to 19.5 s, a fifth is done too late.
    #expect(abs(flow.means.stable.shortfall - 402) < 0.02)
    flow.rate = 0
    flow.pass(from: Self.second(31), to: Self.second(131))
    #expect(abs(Self.total(flow) - 1805) < 1e-9)
  }

  @Test func aBacklogIsServedWhileNobodyComes() {
    var flow = Self.flow()
    flow.rate = 60
    flow.pass(from: Self.second(0), to: Self.second(10))
    // 200 wait, and 40 a second are served.
    flow.rate = 0
    flow.pass(from: Self.second(10), to: Self.second(16))
    flow.rate = 20
    flow.pass(from: Self.second(16), to: Self.second(17))
    let overloaded = flow.latencyWeights.stable[LatencyTable.steadyColumns...].reduce(0, +)
    let steady = flow.latencyWeights.stable[..<LatencyTable.steadyColumns].reduce(0, +)
    #expect(abs(steady - 20) < 1e-6, "the queue was empty when they came again")
    #expect(overloaded > 0)
    #expect(abs(Self.total(flow) - 620) < 1e-9)
  }

  @Test func anOverloadThatStableAloneWouldHaveHadHarmsNobody() {
    var flow = Self.flow()
    flow.rate = 60
    flow.pass(from: Self.second(0), to: Self.second(600))
    #expect(flow.means.stable.shortfall > 1000)
    #expect(abs(flow.means.stable.shortfall - flow.baselineShortfall) < 1e-6)
    #expect(flow.users.harmedFraction < 1e-9)
    // Half of the fleet away is the release's doing.
    flow.endpoints.stable = 2
    flow.answering.stable = 2
    flow.pass(from: Self.second(600), to: Self.second(700))
    #expect(flow.users.harmedFraction > 0.01)
  }

  @Test func endpointsThatDoNotAnswerLoseTheirShare() {
    var flow = Self.flow()
    flow.rate = 20
    flow.answering.stable = 3
    flow.pass(from: Self.second(0), to: Self.second(100))
    #expect(abs(flow.means.stable.lost - 500) < 1e-9)
    #expect(abs(Self.total(flow) - 2000) < 1e-9)
  }

  @Test func aReplicaThatDiesTakesWithItWhatItWorksOnAndWhatWaits() {
    // One worker for 100 ms at a load of 50%: one request is there on average (M/M/1), at each of four.
    var flow = Self.flow {
      $0.service.serviceTime = .exponential(mean: .milliseconds(100))
    }
    flow.rate = 20
    flow.pass(from: Self.second(0), to: Self.second(100))
    flow.loseHeld(of: .stable, since: .zero, at: .zero)
    #expect(abs(flow.means.stable.lost - 1) < 1e-3)
    #expect(abs(Self.total(flow) - 2000) < 1e-9, "it was one of those that came")
  }

  /// Of 200 that wait for five seconds those are answered whom the grace leaves the time, less the 0.1 s of the service.
  @Test(arguments: [(30, 200.0), (2, 40 * 1.9)])
  func replicasThatAreToldToStopAnswerWhoWaits(_ grace: Int, _ answered: Double) {
    var flow = Self.flow { $0.service.terminationGrace = .seconds(grace) }
    flow.rate = 60
    flow.pass(from: Self.second(0), to: Self.second(10))
    let before = flow.means.stable
    #expect(abs(flow.waiting.stable - 200) < 1e-9)
    flow.rate = 0
    flow.answering.stable = 0
    flow.pass(from: Self.second(10), to: Self.second(11))
    #expect(abs(flow.means.stable.answered - before.answered - answered) < 1e-6)
    #expect(abs(flow.means.stable.lost - (200 - answered)) < 1e-6)
    #expect(flow.means.stable.shortfall == before.shortfall)
    #expect(abs(Self.total(flow) - 600) < 1e-9)
  }

  @Test func aReplicaThatDiesUnderABacklogTakesItsPart() {
    var flow = Self.flow()
    flow.rate = 60
    flow.pass(from: Self.second(0), to: Self.second(10))
    // 200 wait at four replicas, and each works on one.
    flow.loseHeld(of: .stable, since: .zero, at: .zero)
    #expect(abs(flow.means.stable.lost - 51) < 1e-9)
    flow.endpoints.stable = 0
    flow.answering.stable = 0
    flow.pass(from: Self.second(10), to: Self.second(11))
    #expect(abs(Self.total(flow) - 660) < 1e-9)
  }

  @Test func copiesAreNobodysRequestsButLoadTheCandidate() {
    var flow = Self.flow(effect: .failing(0.25))
    flow.rate = 20
    flow.endpoints.candidate = 4
    flow.answering.candidate = 4
    flow.follow(TrafficRoute(.weighted(.allStable), mirrored: .percent(50)))
    flow.pass(from: Self.second(0), to: Self.second(100))
    #expect(flow.means.candidate.isEmpty)
    #expect(abs(Self.total(flow) - 2000) < 1e-9)
    #expect(abs(flow.mirrorMeans.failedByDefect - 250) < 1e-9)
    #expect(abs(flow.mirrorMeans.fast - 750) < 1e-9)
    #expect(flow.users.exposedFraction == 0)
    #expect(flow.mixedNanoseconds == 0)
    #expect(flow.lastCandidateRequest == nil)
    #expect(flow.firstExposureToDefect == .zero)
  }

  @Test func checksAndCopiesCannotMeetADefectOfTheUsersOwn() {
    var cohort = DefectEffect.failing(1)
    cohort.affectedUsers = 0.05
    var incompatible = DefectEffect()
    incompatible.versionChangeFailureProbability = 1
    var load = DefectEffect.failing(1)
    load.loadThreshold = 5
    for effect in [cohort, incompatible, load] {
      var flow = Self.flow(effect: effect)
      flow.rate = 20
      flow.endpoints.candidate = 4
      flow.answering.candidate = 4
      flow.checkRate = 1
      flow.pass(from: Self.second(0), to: Self.second(100))
      #expect(flow.firstExposureToDefect == nil)
      #expect(flow.checkMeans.failedByDefect == 0)
    }
    // Copies load the candidate as requests do: 10 a second on one replica are too many.
    var flow = Self.flow(effect: load)
    flow.rate = 10
    flow.endpoints.candidate = 1
    flow.answering.candidate = 1
    flow.follow(TrafficRoute(.weighted(.allStable), mirrored: .whole))
    flow.pass(from: Self.second(0), to: Self.second(10))
    #expect(flow.firstExposureToDefect == .zero)
    #expect(flow.mirrorMeans.failedByDefect > 0)
  }

  @Test func answeredLatenciesEndAtTheTimeout() {
    var flow = Self.flow {
      $0.service.serviceTime = .exponential(mean: .milliseconds(100))
      $0.service.timeout = .milliseconds(500)
    }
    flow.rate = 32
    flow.pass(from: Self.second(0), to: Self.second(100))
    // M/M/1 at 0.8: a response exceeds t with e^-2t; cut at 0.5 s, 1% of the answered exceed 0.491 s.
    let p99 = flow.latencies(exceededBy: 0.01, 0.01)?.0 ?? 0
    #expect(abs(p99 - 0.4915) < 0.01)
    #expect(flow.latencies(exceededBy: 1e-9, 1e-9)?.0 ?? 0 <= 0.501)
  }
}

struct ModelExposureByAnswersTests {
  @Test func whatNobodyAnswersExposesNobody() {
    // All traffic goes to a candidate without replicas: everything is turned away.
    let scenario = plainScenario(strategies: [Recreate()])
    var flow = TrafficFlow(compiled: CompiledScenario(scenario), defectIndex: nil)
    flow.rate = 100
    flow.follow(.allCandidate)
    flow.pass(from: .zero, to: .zero + .minutes(10))
    #expect(flow.means.candidate.shortfall == 60_000)
    #expect(flow.users.exposedFraction == 0)
    // 6,000 sessions start and 2,700 go on, for 10,000 users of exponential activity.
    #expect(abs(flow.users.harmedFraction - 0.87 / 1.87) < 1e-6)
  }
}
