import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// How replicas become ready, crash, and stop, as far as it has closed forms.
struct ModelReplicaLifeTests {
  /// The simulation of the only strategy of a scenario, played to its horizon.
  private static func played(_ scenario: Scenario) -> Simulation {
    var simulation = Simulation(
      compiled: CompiledScenario(scenario), strategyIndex: 0,
      world: World(seed: 1, replication: 0, risk: scenario.release))
    simulation.run()
    return simulation
  }

  @Test(arguments: [
    // Initial delay, period, successes, start-up, ready after.
    (0, 0, 1, 20, 20), (30, 0, 1, 20, 30), (0, 10, 1, 20, 20), (0, 10, 1, 21, 30),
    (5, 10, 1, 20, 25), (5, 10, 1, 3, 5), (5, 10, 3, 20, 45), (0, 10, 2, 0, 10),
  ])
  func readinessComesWithTheProbeThatFindsIt(
    _ delay: Int, _ period: Int, _ successes: Int, _ startup: Int, _ expected: Int
  ) {
    let scenario = plainScenario(strategies: [BlueGreen.plain()]) {
      $0.service.readiness = ServiceModel.ReadinessProbe(
        initialDelay: .seconds(delay), period: .seconds(period), successThreshold: successes)
      $0.service.startup = .fixed(.seconds(startup))
    }
    #expect(playOnce(scenario).run.metrics[.releaseDuration] == Double(expected))
  }

  @Test func aReadyReplicaIsAvailableAfterTheMinimumReadyTime() {
    let scenario = plainScenario(strategies: [BlueGreen.plain()]) {
      $0.service.minReady = .seconds(15)
    }
    #expect(playOnce(scenario).run.metrics[.releaseDuration] == 35)
  }

  @Test func backOffDoublesFromTenSecondsToThreeHundred() {
    var effect = DefectEffect()
    effect.startFailureProbability = 1
    // Starts of 5 s, then 10, 20, 40, 80, 160, 300, 300 s of back-off.
    let starts = [0, 15, 40, 85, 170, 335, 640, 945]
    for (index, start) in starts.enumerated().dropFirst() {
      for (horizon, count) in [(start - 1, index), (start, index + 1)] {
        let scenario = plainScenario(
          replicas: 1, horizon: .seconds(horizon), strategies: [BlueGreen.plain()]
        ) {
          $0.release = certain(effect)
          $0.service.startup = .fixed(.seconds(5))
          $0.monitoring.progressDeadline = .hours(1)
        }
        #expect(Self.played(scenario).starts[1] == count, "until \(horizon) s")
      }
    }
  }

  @Test(arguments: [
    // Drain, grace, preStop, outage beside the start-up of 20 s.
    (60, 30, 0, 30), (7, 30, 0, 7), (5, 30, 10, 15), (25, 30, 10, 30), (0, 0, 0, 0),
  ])
  func recreateWaitsForTheDrainOrTheGrace(
    _ drain: Int, _ grace: Int, _ preStop: Int, _ outage: Int
  ) {
    let scenario = plainScenario(strategies: [Recreate()]) {
      $0.service.drain = .fixed(.seconds(drain))
      $0.service.terminationGrace = .seconds(grace)
      $0.service.preStop = .seconds(preStop)
    }
    let metrics = playOnce(scenario).run.metrics
    #expect(metrics[.downtime] == Double(outage + 20))
    #expect(metrics[.releaseDuration] == Double(outage + 20))
    #expect(metrics[.replicaSeconds] == 36_000)
  }

  @Test(arguments: [(0, 200.0), (1, 100.0), (2, 0.0), (5, 0.0)])
  func requestsAreLostWhileRoutersDoNotKnow(_ preStop: Int, _ lost: Double) {
    // Ten replicas go one after the other; each gets 10 requests a second until routers know, after 2 s.
    let scenario = plainScenario(
      strategies: [RollingUpdate(maxSurge: .count(1), maxUnavailable: .count(0))]
    ) {
      $0.service.preStop = .seconds(preStop)
      $0.service.endpointPropagation = .seconds(2)
    }
    let experiment = Experiment(scenario: scenario)
    let count = 30
    var failed = 0.0
    for replication in 0..<count {
      let run = experiment.result(strategyIndex: 0, replication: replication)
      failed += run.metrics[.requestsFailed] ?? 0
    }
    let expected = lost * Double(count)
    #expect(abs(failed - expected) <= 4 * expected.squareRoot())
  }

  @Test func whatIsInWorkWhenTheGraceEndsIsCutOff() {
    // 100 a second x E[(S - 1)+] with exponential work of 2 s: 100 x 2 e^-0.5 = 121.3 requests.
    let scenario = plainScenario(strategies: [Recreate()]) {
      $0.service.serviceTime = .exponential(mean: .seconds(2))
      $0.service.workers = 100
      $0.service.timeout = .seconds(60)
      $0.service.startup = .fixed(.zero)
      $0.service.drain = .fixed(.seconds(1))
      $0.service.terminationGrace = .seconds(1)
    }
    let experiment = Experiment(scenario: scenario)
    let runs = (0..<40).map { experiment.result(strategyIndex: 0, replication: $0) }
    // Those of the second without a replica are turned away, and are not among them.
    let cut = runs.reduce(0.0) {
      $0 + ($1.metrics[.requestsFailed] ?? 0) - ($1.metrics[.capacityShortfall] ?? 0)
    }
    #expect(abs(cut - 40 * 121.306) < 4 * (40 * 121.306).squareRoot())
  }

  @Test func aCrashTakesWhatIsInWorkWithIt() {
    var effect = DefectEffect()
    effect.crashUptime = .fixed(.minutes(10))
    let scenario = plainScenario(replicas: 4, strategies: [BlueGreen.plain()]) {
      $0.release = certain(effect)
      $0.service.serviceTime = .fixed(.seconds(2))
      $0.service.workers = 100
      $0.service.startup = .fixed(.zero)
      $0.experiment.horizon = .seconds(605)
    }
    // 100 a second x 2 s are in work when all four crash; the last 5 s are turned away.
    let metrics = playOnce(scenario).run.metrics
    let failed = (metrics[.requestsFailed] ?? 0) - (metrics[.capacityShortfall] ?? 0)
    #expect(abs(failed - 200) < 4 * 14.2)
  }

  @Test func aReplicaThatCrashesAndComesBackBeforeRoutersKnowAnswersAgain() {
    var effect = DefectEffect()
    effect.crashUptime = .fixed(.minutes(10))
    let scenario = plainScenario(replicas: 2, strategies: [BlueGreen.plain()]) {
      $0.release = certain(effect)
      $0.service.startup = .fixed(.zero)
      $0.service.endpointPropagation = .seconds(30)
      $0.experiment.horizon = .seconds(640)
    }
    let simulation = Self.played(scenario)
    #expect(simulation.flow.endpoints.candidate == 2)
    #expect(simulation.flow.answering.candidate == 2)
    // Both are away for the first back-off of 10 s.
    #expect(simulation.flow.downNanoseconds == 10_000_000_000)
  }

  @Test func replicasThatDoNotFitAtTheStartAreGivenANodeOrWait() {
    let scenario = plainScenario(replicas: 10, strategies: [Canary.endless(weight: .percent(1))]) {
      $0.cluster.nodeCount = 1
    }
    let (run, timeline) = playOnce(scenario)
    // Eight fit on a node; the other two wait 70 s for one.
    #expect(timeline.rows.first?.stable.pending == 2)
    #expect(timeline.rows.last?.stable.available == 10)
    #expect(run.metrics[.peakNodes] == 2)
    let full = plainScenario(replicas: 3, strategies: [Canary.endless(weight: .percent(1))]) {
      $0.cluster.quota.replicas = 2
    }
    #expect(playOnce(full).timeline.rows.last?.stable.pending == 1)
  }

  @Test func theYoungestByPowersOfTwoOfNanosecondsGoFirst() {
    // Ready for 127 s and 130 s: seconds would part them at 128 s, nanoseconds do not before 137.4 s.
    var simulation = Simulation(
      compiled: CompiledScenario(plainScenario(replicas: 1, strategies: [Recreate()])),
      strategyIndex: 0,
      world: World(seed: 1, replication: 0, risk: plainScenario(strategies: []).release))
    simulation.pool.reset(nodes: 2)
    for _ in 0..<2 { _ = simulation.pool.place() }
    simulation.now = .zero + .seconds(1000)
    for (node, age) in [(0, 127), (1, 130)] {
      let replica = simulation.replicas.add(.candidate)
      simulation.replicas[replica].node = Int32(node)
      simulation.replicas.enter(.starting, replica)
      simulation.replicas.enter(.ready, replica)
      simulation.replicas[replica].readySince = 1_000_000_000_000 - Int64(age) * 1_000_000_000
    }
    simulation.replicas.counts[1].desired = 2
    simulation.scale(.candidate, to: 1)
    // Equals as far as their age goes, so the younger creation goes.
    #expect(simulation.replicas.phase(of: 0) == .ready)
    #expect(simulation.replicas.phase(of: 1) != .ready)
  }
}
