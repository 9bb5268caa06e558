import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// An autoscaler beside the release: what it sees, what it does to each side, and what it is held against.
struct ModelAutoscalerTests {
  /// Ten replicas of one worker, 60% busy at 120 requests a second of 50 ms.
  private static func scenario(
    _ strategy: any ReleaseStrategy, scope: AutoscalerModel.Scope = .service, rate: Double = 120,
    horizon: Span = .hours(1), minimum: Int = 2, adjust: (inout Scenario) -> Void = { _ in }
  ) -> Scenario {
    plainScenario(rate: rate, horizon: horizon, strategies: [strategy]) {
      $0.service.workers = 1
      $0.autoscaler = AutoscalerModel(
        rules: HorizontalPodAutoscaler(
          minimum: minimum, maximum: 40, target: .percent(60)), scope: scope)
      adjust(&$0)
    }
  }

  private static let quarter = ReplicaQuantity.share(.percent(25))
  private static let rolling = RollingUpdate(maxSurge: quarter, maxUnavailable: quarter)
  private static let strategies: [any ReleaseStrategy] = [
    Recreate(), rolling, BlueGreen.plain(checks: .minutes(1), hold: .minutes(2)),
    canary(.weighted), canary(.replicas),
    ABTest(
      cohort: .percent(30), duration: .minutes(5), falseAlarms: .percent(5),
      scaleDownDelay: .zero, abortDelay: .zero),
    Shadow(
      mirror: .whole, duration: .minutes(5), hold: .seconds(30), analysis: false,
      abortDelay: .zero),
  ]

  private static func canary(_ routing: Canary.Routing) -> Canary {
    Canary(
      steps: [20, 50].map { .init(weight: .percent($0), pause: .minutes(3)) }, routing: routing,
      maxSurge: quarter, maxUnavailable: quarter, analysis: false, scaleDownDelay: .seconds(30),
      abortDelay: .seconds(30))
  }

  @Test(arguments: 1...5)
  func surgeReplicasHalveTheUseAndLeaveTheirNumber(_ index: Int) {
    // Twice as many replicas are half as busy: the autoscaler counts them, and wants what there was.
    let (run, timeline) = playOnce(Self.scenario(Self.strategies[index]))
    #expect(run.outcome == .promoted)
    #expect(timeline.rows.last?.candidate.desired == 10)
    #expect(!timeline.rows.contains { $0.event.contains("autoscaler") })
  }

  @Test func replicasOfTheSurgeAreCountedAsUpstreamCountsThem() {
    let (run, timeline) = playOnce(Self.scenario(Self.strategies[6]))
    #expect(run.outcome == .promoted)
    // Copies keep twice the replicas as busy as the target, which leaves the size alone. In the reading of the switch the
    // 20 replicas are 40% busy: less than the target, and yet 20 x 40 / 60 are more than the 10 desired.
    let changes = timeline.rows.filter { $0.event.contains("autoscaler") }.map { $0.event }
    #expect(
      changes == [
        "the autoscaler wants 14 replicas instead of 10",
        "the autoscaler wants 10 replicas instead of 14",
      ])
    #expect(timeline.rows.last?.candidate.available == 10)
  }

  @Test(arguments: strategies.indices, AutoscalerModel.Scope.allCases)
  func everyStrategyEndsUnderRisingTraffic(_ index: Int, _ scope: AutoscalerModel.Scope) {
    let scenario = Self.scenario(Self.strategies[index], scope: scope) {
      $0.traffic = TrafficModel(steps: [
        .init(start: .zero, requestsPerSecond: 120),
        .init(start: .zero + .seconds(70), requestsPerSecond: 180),
        .init(start: .zero + .seconds(600), requestsPerSecond: 240),
      ])
    }
    let (run, timeline) = playOnce(scenario)
    #expect(run.outcome == .promoted, "\(timeline.rows.suffix(5))")
    // 12 of 60% are 20 replicas; a tenth less or more is left alone.
    let end = timeline.rows.last?.candidate
    #expect((18...22).contains(end?.desired ?? 0))
    #expect(end?.desired == end?.available)
    #expect(timeline.rows.last?.stable.notGone == 0)
  }

  @Test func theSizeFollowsTheTrafficUpAtOnceAndDownAfterFiveMinutes() throws {
    let scenario = Self.scenario(Canary.endless(weight: .percent(10)), horizon: .hours(1)) {
      $0.experiment.horizon = .hours(1)
      $0.traffic = TrafficModel(steps: [
        .init(start: .zero, requestsPerSecond: 120),
        .init(start: .zero + .seconds(600), requestsPerSecond: 180),
        .init(start: .zero + .seconds(1800), requestsPerSecond: 60),
      ])
    }
    let (_, timeline) = playOnce(scenario)
    let changes = timeline.rows.filter { $0.event.contains("the autoscaler wants") }
    let first = try #require(changes.first)
    let down = try #require(changes.first { $0.time > .zero + .seconds(1800) })
    #expect(first.time > .zero + .seconds(600) && first.time <= .zero + .seconds(645))
    #expect(down.time > .zero + .seconds(2100) && down.time <= .zero + .seconds(2145))
    // The whole fleet and its canary: 9 busy of 60%, and 3 of 60%.
    #expect((14...17).contains(timeline.rows.last { $0.time < down.time }?.stable.desired ?? 0))
    #expect(timeline.rows.last?.stable.desired == 5)
    #expect(timeline.rows.last?.candidate.desired == 1)
  }

  @Test func withoutAReleaseThereIsNothingExtra() {
    // Traffic that rises and falls, and a strategy that does next to nothing: the steady fleet is the fleet.
    let scenario = Self.scenario(Canary.endless(weight: .percent(1)), scope: .active) {
      $0.service.startup = .fixed(.seconds(20))
      $0.traffic = .daily(
        mean: 150, peakToTrough: 4, peakAt: .minutes(30), startAt: .zero, step: .minutes(5),
        horizon: .hours(1))
      $0.traffic = TrafficModel(
        steps: [120, 150, 190, 240, 200, 130, 90, 60].enumerated().map {
          .init(start: .zero + .minutes(7 * $0.offset), requestsPerSecond: $0.element)
        })
    }
    let run = playOnce(scenario).run
    let extra = run.metrics[.extraReplicaSeconds] ?? 0
    // The one candidate replica, and little else; 150 replicas are there on average.
    #expect(extra > 0 && extra < 3 * 3600)
    #expect((run.metrics[.extraInfrastructureCost] ?? 0) > 0)
  }

  @Test func theIdleSideShrinksAndARollBackMeetsASmallFleet() throws {
    var effect = DefectEffect.failing(1)
    effect.onsetUptime = .fixed(.minutes(20))
    func played(_ scope: AutoscalerModel.Scope) -> (run: RunResult, timeline: Timeline) {
      var strategy = BlueGreen.plain(hold: .hours(1))
      strategy = BlueGreen(
        preview: strategy.preview, checks: .zero, checkRate: 1, hold: strategy.hold,
        analysis: true, abortDelay: .seconds(30))
      return playOnce(
        Self.scenario(strategy, scope: scope, horizon: .hours(2)) {
          $0.release = certain(effect)
          $0.monitoring.analysis = [
            .threshold(
              ThresholdRule(
                of: .failures, maximum: .percent(1), interval: .seconds(30), failureLimit: 0,
                minimumRequests: 1))
          ]
        })
    }
    let (whole, each) = (played(.service), played(.version))
    #expect(whole.run.outcome == .rolledBack)
    #expect(each.run.outcome == .rolledBack)
    // The switch is at 20 s. Five minutes later blue is at its minimum, and stays there until it is needed.
    let idle = try #require(each.timeline.rows.last { $0.time < .zero + .minutes(15) })
    #expect(idle.stable.desired == 2)
    #expect(idle.stable.ready == 2)
    let before = try #require(each.timeline.rows.last { $0.time < .zero + .seconds(310) })
    #expect(before.stable.desired == 10)
    #expect(whole.run.metrics[.capacityShortfall] == 0)
    #expect((each.run.metrics[.capacityShortfall] ?? 0) > 1000)
    #expect(whole.run.metrics[.restore] == 0)
    #expect((each.run.metrics[.restore] ?? 0) > 30)
    #expect((each.timeline.rows.last?.stable.available ?? 0) >= 9)
  }

  @Test func aVersionAtRestIsLeftAtNothing() {
    // The candidate has no replicas after the roll-back, and its autoscaler brings none.
    let (run, timeline) = playOnce(
      Self.scenario(BlueGreen.plain(), scope: .version, minimum: 5))
    #expect(run.outcome == .promoted)
    #expect(timeline.rows.last?.stable.notGone == 0)
    #expect(timeline.rows.last?.candidate.desired == 10)
  }

  @Test func aControllerSeesWhatItAskedFor() {
    var simulation = Simulation(
      compiled: CompiledScenario(Self.scenario(BlueGreen.plain(), scope: .version)),
      strategyIndex: 0, world: World(seed: 1, replication: 0, risk: certain(DefectEffect())))
    simulation.autoscaling?.asked = PerVersion(10, 0)
    // The autoscaler took eight of ten: they count as there.
    simulation.replicas.counts[0] = ReplicaCounts(desired: 2, starting: 1, ready: 1, available: 1)
    #expect(
      simulation.observed(.stable)
        == ReplicaCounts(desired: 10, starting: 1, ready: 9, available: 9))
    // It added four, of which one is not ready yet: they are left out, that one first.
    simulation.replicas.counts[0] = ReplicaCounts(
      desired: 14, starting: 1, ready: 13, available: 12)
    #expect(
      simulation.observed(.stable) == ReplicaCounts(desired: 10, ready: 10, available: 10))
    #expect(simulation.observed(.candidate) == ReplicaCounts())
  }

  @Test func theSteadyFleetIsPlayedByTheSameRules() throws {
    let steps = [(0, 120.0), (600, 480), (1800, 120)].map {
      TrafficModel.Step(start: .zero + .seconds($0.0), requestsPerSecond: $0.1)
    }
    let scenario = Self.scenario(Recreate(), horizon: .hours(1)) {
      $0.traffic = TrafficModel(steps: steps)
    }
    let steady = try #require(CompiledScenario(scenario).steady)
    #expect(steady.steps.first == .init(time: .zero, desired: 10, ready: 10))
    // 24 busy of 60% are 40 replicas; 100% is all that ten can show, so it takes several syncs.
    #expect(steady.steps.map(\.desired).max() == 40)
    #expect(steady.steps.last?.desired == 10)
    let down = try #require(steady.steps.first { $0.time > .zero + .seconds(1800) })
    #expect(down.time > .zero + .seconds(2100) && down.time <= .zero + .seconds(2145))
    for step in steady.steps { #expect(step.ready <= step.desired) }
    #expect(steady.replicaNanoseconds(until: .zero + .hours(1)) > 36_000 * 1_000_000_000)
    let constant = CompiledScenario(Self.scenario(Recreate())).steady
    #expect(constant?.steps.count == 1)
  }

  /// What the first strategy comes to, with each reading drawn by itself: an autoscaler that looks about leaves no
  /// time in which nothing is planned, and so no readings that could be drawn together.
  private static func metrics(_ scenario: Scenario) -> MetricValues {
    let world = World(seed: scenario.experiment.seed, replication: 0, risk: scenario.release)
    var simulation = Simulation(
      compiled: CompiledScenario(scenario), strategyIndex: 0, world: world)
    simulation.readsTogether = false
    simulation.run()
    return simulation.result().metrics
  }

  @Test func anAutoscalerWithNothingToDoChangesNoResult() {
    for strategy in Self.strategies.dropFirst() {
      let with = Self.scenario(strategy) { $0.autoscaler?.rules.tolerance = .whole }
      var without = with
      without.autoscaler = nil
      let (left, right) = (Self.metrics(with), Self.metrics(without))
      // Readings of the use cut time in other pieces, whose sums differ in the last digits.
      for metric in Metric.allCases {
        let (one, other) = (left[metric] ?? -1, right[metric] ?? -1)
        #expect(abs(one - other) <= 1e-9 * max(1, abs(other)), "\(metric.rawValue)")
      }
    }
  }
}
