import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// The controllers with usual settings where something is in their way.
struct ControllerHardshipTests {
  private static let alarm = MonitorRule.threshold(
    ThresholdRule(
      of: .failures, maximum: .percent(2), interval: .seconds(30), failureLimit: 0,
      minimumRequests: 1))
  private static let slowAlarm = MonitorRule.threshold(
    ThresholdRule(
      of: .slow, maximum: .percent(2), interval: .seconds(30), failureLimit: 0,
      minimumRequests: 1))

  private static func scenario(
    _ controller: TypicalController, adjust: (inout Scenario) -> Void = { _ in }
  ) -> Scenario {
    plainScenario(rate: 40, horizon: .minutes(90), strategies: [controller.strategy]) {
      $0.service.workers = 1
      $0.service.drain = .fixed(.seconds(3))
      $0.cluster.routePropagation = .milliseconds(100)
      $0.monitoring.slowThreshold = .milliseconds(500)
      $0.monitoring.analysis = [alarm, slowAlarm]
      adjust(&$0)
    }
  }

  private static func text(_ timeline: Timeline) -> Comment {
    "\(timeline.rows.suffix(10).map { "\($0.time.seconds) \($0.event)" })"
  }

  /// Whether one version alone is there, whole, with all traffic.
  private static func isAtRest(_ timeline: Timeline, with version: ReleaseVersion, of size: Int)
    -> Bool
  {
    guard let row = timeline.rows.last else { return false }
    let (there, gone) =
      version == .stable ? (row.stable, row.candidate) : (row.candidate, row.stable)
    return there.desired == size && there.available == size && there.notGone == size
      && gone.notGone == 0 && row.candidateWeight == (version == .stable ? 0 : 1)
  }

  @Test(arguments: TypicalController.all) func aGoodReleaseIsPromoted(_ one: TypicalController) {
    let (run, timeline) = playOnce(Self.scenario(one))
    #expect(run.outcome == .promoted, Self.text(timeline))
    #expect(Self.isAtRest(timeline, with: .candidate, of: 10), Self.text(timeline))
  }

  @Test(arguments: TypicalController.all, 0..<4)
  func aBadReleaseIsRolledBack(_ one: TypicalController, _ defect: Int) {
    var effect = DefectEffect()
    switch defect {
    case 0: effect.failureProbability = 0.3
    case 1: effect.serviceTimeFactor = 8
    case 2: effect.startFailureProbability = 1
    default: effect.crashUptime = .fixed(.seconds(25))
    }
    let (run, timeline) = playOnce(
      Self.scenario(one) {
        $0.release = certain(effect)
        $0.monitoring.alerts = [.burnRate(.total)]
      })
    // A Rollout whose replicas crash in turn never has all of them and waits, unless it aborts without progress.
    if defect == 3, run.outcome == .stalled, one.strategy is ArgoCanary { return }
    #expect(run.outcome == .rolledBack, Self.text(timeline))
    #expect(Self.isAtRest(timeline, with: .stable, of: 10), Self.text(timeline))
    #expect(run.metrics[.rollback].map { $0 < 300 } ?? true, Self.text(timeline))
  }

  /// Users complain at some moment, and people undo the release if the candidate serves then.
  @Test(
    arguments: TypicalController.all,
    [1, 20, 21, 24, 70, 121, 200, 290, 420, 1000])
  func peopleCanUndoItAtAnyMoment(_ one: TypicalController, _ second: Int) {
    let scenario = Self.scenario(one) { $0.release = certain(DefectEffect()) }
    let compiled = CompiledScenario(scenario)
    var simulation = Simulation(
      compiled: compiled, strategyIndex: 0,
      world: World(seed: 1, replication: 0, risk: scenario.release), recordsTimeline: true)
    simulation.schedule(
      .decision, ReleaseWatch.PageCause.complaints.rawValue, at: .zero + .seconds(second))
    simulation.run()
    let timeline = Timeline(strategyIndex: 0, replication: 0, rows: simulation.rows ?? [])
    let isUndone = simulation.watch.decision != nil
    #expect(
      simulation.result().outcome == (isUndone ? .rolledBack : .promoted), Self.text(timeline))
    #expect(
      Self.isAtRest(timeline, with: isUndone ? .stable : .candidate, of: 10), Self.text(timeline))
  }

  @Test(arguments: TypicalController.all) func aFullQuotaHurtsNobody(_ one: TypicalController) {
    let (run, timeline) = playOnce(Self.scenario(one) { $0.cluster.quota.replicas = 10 })
    let needsRoom = !["ecs-rolling in place", "hosts", "basic canary"].contains(one.name)
    // Flagger gives a canary up that does not get ready; the others wait.
    let waits: ReleaseOutcome = one.strategy is FlaggerCanary ? .rolledBack : .stalled
    #expect(run.outcome == (needsRoom ? waits : .promoted), Self.text(timeline))
    if needsRoom { #expect(timeline.rows.allSatisfy { $0.stable.available == 10 }) }
    #expect(run.metrics[.requestsFailed] == 0)
  }

  @Test(arguments: TypicalController.all) func nodesThatComeLateAreWaitedFor(
    _ one: TypicalController
  ) {
    let (run, timeline) = playOnce(
      Self.scenario(one) {
        $0.cluster.nodeCount = 2
        $0.cluster.nodeProvisioning = .fixed(.minutes(4))
      })
    #expect(run.outcome == .promoted, Self.text(timeline))
    #expect(Self.isAtRest(timeline, with: .candidate, of: 10), Self.text(timeline))
  }

  /// No data is an error for Argo Rollouts and a failure for Flagger; alarms say nothing.
  @Test(arguments: TypicalController.all, [0, 0.002])
  func withoutDataTheRunStillEnds(_ one: TypicalController, _ rate: Double) {
    let (run, timeline) = playOnce(Self.scenario(one) { $0.traffic = .constant(rate) })
    let end: ReleaseVersion = run.outcome == .promoted ? .candidate : .stable
    #expect(run.outcome != .stalled, Self.text(timeline))
    #expect(Self.isAtRest(timeline, with: end, of: 10), Self.text(timeline))
    guard rate == 0 else { return }
    let isBlind = one.strategy is ArgoCanary || one.strategy is ArgoBlueGreen
    let needsUsers = ["flagger canary", "flagger mirror", "flagger A/B"].contains(one.name)
    // Synthetic requests reach Flagger's canary and a preview whether anybody comes or not.
    if !isBlind, !needsUsers { #expect(run.outcome == .promoted, Self.text(timeline)) }
    if isBlind { #expect(run.outcome == .rolledBack, Self.text(timeline)) }
  }

  // MARK: An autoscaler

  /// Ten replicas that are 60% busy at 120 requests a second.
  private static func scaled(
    _ one: TypicalController, _ scope: AutoscalerModel.Scope, adjust: (inout Scenario) -> Void
  ) -> Scenario {
    scenario(one) {
      $0.traffic = .constant(120)
      $0.monitoring.slowThreshold = .seconds(8)
      $0.autoscaler = AutoscalerModel(
        rules: HorizontalPodAutoscaler(minimum: 2, maximum: 40, target: .percent(60)), scope: scope)
      adjust(&$0)
    }
  }

  @Test(arguments: TypicalController.all, AutoscalerModel.Scope.allCases)
  func everyControllerFollowsItsAutoscaler(
    _ one: TypicalController, _ scope: AutoscalerModel.Scope
  ) {
    let (run, timeline) = playOnce(
      Self.scaled(one, scope) {
        $0.monitoring.analysis = []
        $0.traffic = TrafficModel(steps: [
          .init(start: .zero, requestsPerSecond: 120),
          .init(start: .zero + .seconds(70), requestsPerSecond: 160),
          .init(start: .zero + .seconds(600), requestsPerSecond: 200),
        ])
      })
    // A candidate that has its own autoscaler and no traffic shrinks to the minimum, and then gets all traffic.
    let isTrap =
      scope == .version
      && ["blue-green", "flagger mirror", "flagger blue/green"].contains(one.name)
    #expect(run.outcome == (isTrap ? .rolledBack : .promoted), Self.text(timeline))
    let end = isTrap ? timeline.rows.last?.stable : timeline.rows.last?.candidate
    // 10 busy of 60% are 17 replicas; a tenth less or more is left alone.
    #expect((15...19).contains(end?.desired ?? 0), Self.text(timeline))
    #expect(end?.desired == end?.available, Self.text(timeline))
    let other = isTrap ? timeline.rows.last?.candidate : timeline.rows.last?.stable
    #expect(other?.notGone == 0, Self.text(timeline))
  }

  @Test func twiceTheReplicasOfARoutedCanaryLeaveTheirNumber() {
    let canary = TypicalController("", ArgoCanary(steps: TypicalController.steps, isRouted: true))
    let (run, timeline) = playOnce(Self.scaled(canary, .service) { _ in })
    #expect(run.metrics[.peakReplicas] == 20)
    #expect(!timeline.rows.contains { $0.event.contains("autoscaler") }, Self.text(timeline))
    #expect(Self.isAtRest(timeline, with: .candidate, of: 10))
  }

  @Test func aHeaderRouteBeforeAnyReplicaLosesNoRequest() {
    let canary = ArgoCanary(
      steps: [.setHeaderRoute(.percent(20)), .pause(.minutes(1)), .setWeight(20)], isRouted: true)
    let (run, timeline) = playOnce(Self.scenario(TypicalController("", canary)))
    #expect(run.outcome == .promoted)
    #expect(run.metrics[.requestsFailed] == 0, Self.text(timeline))
    #expect((run.metrics[.mixedVersion] ?? 99) < 30)
  }

  @Test func flaggerGoesOnWhenThePrimaryWasNotReadyAtFirst() {
    let flagger = TypicalController.all[5]
    let (run, timeline) = playOnce(
      Self.scenario(flagger) {
        $0.cluster.nodeCount = 1
        $0.cluster.nodeProvisioning = .fixed(.seconds(100))
      })
    #expect(run.outcome == .promoted, Self.text(timeline))
  }
}
