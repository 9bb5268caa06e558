import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// The controllers' own timing and sizes, in the engine: ten replicas that start in a fixed time, and nothing else that lasts.
struct ControllerCourseTests {
  private static func scenario(
    _ strategy: any ReleaseStrategy, startup: Int = 20, horizon: Span = .hours(4),
    adjust: (inout Scenario) -> Void = { _ in }
  ) -> Scenario {
    #expect(strategy.problems(replicas: 10).isEmpty)
    return plainScenario(rate: 100, horizon: horizon, strategies: [strategy]) {
      $0.service.startup = .fixed(.seconds(startup))
      adjust(&$0)
    }
  }

  private static func played(
    _ strategy: any ReleaseStrategy, startup: Int = 20, horizon: Span = .hours(4),
    adjust: (inout Scenario) -> Void = { _ in }
  ) -> (run: RunResult, timeline: Timeline) {
    playOnce(scenario(strategy, startup: startup, horizon: horizon, adjust: adjust))
  }

  /// How long the release takes, how many replicas there are at most, and when all traffic has moved.
  private static func expect(
    _ strategy: any ReleaseStrategy, startup: Int = 20, lasts duration: Int, peak: Int,
    complete: Int? = nil, _ place: SourceLocation = #_sourceLocation
  ) {
    let (run, timeline) = played(strategy, startup: startup)
    let rows = timeline.rows.suffix(8).map { "\($0.time.seconds) \($0.event)" }
    #expect(run.outcome == .promoted, "\(rows)", sourceLocation: place)
    #expect(
      run.metrics[.releaseDuration] == Double(duration), "\(rows)", sourceLocation: place)
    #expect(run.metrics[.peakReplicas] == Double(peak), "\(rows)", sourceLocation: place)
    if let complete {
      #expect(run.metrics[.trafficComplete] == Double(complete), "\(rows)", sourceLocation: place)
    }
    #expect(run.metrics[.requestsFailed] == 0, sourceLocation: place)
  }

  private static let steps: [ArgoCanaryStep] = [
    .setWeight(20), .pause(.minutes(1)), .setWeight(60), .pause(.minutes(2)),
  ]

  /// Pauses, a start-up for each growth, and the delay: Argo Rollouts, docs/features/canary.md.
  @Test func aRoutedArgoCanaryLastsItsPausesItsStartUpsAndItsDelay() {
    Self.expect(
      ArgoCanary(steps: Self.steps, isRouted: true), lasts: 3 * 20 + 180 + 30, peak: 20,
      complete: 3 * 20 + 180)
    var canary = ArgoCanary(steps: Self.steps, isRouted: true)
    canary.scaleDownDelay = .minutes(10)
    Self.expect(canary, lasts: 3 * 20 + 180 + 600, peak: 20)
    // Candidate 6 beside stable 8, before stable shrinks to 4; then 10 beside 4.
    canary = ArgoCanary(steps: Self.steps, isRouted: true, dynamicStableScale: true)
    Self.expect(canary, lasts: 3 * 20 + 180, peak: 14)
    Self.expect(ArgoCanary(isRouted: true), lasts: 20 + 30, peak: 20, complete: 20)
    // Full size at once, so that later weights need no start-up.
    let scaled: [ArgoCanaryStep] = [.setCanaryScale(.replicas(10))] + Self.steps
    Self.expect(ArgoCanary(steps: scaled, isRouted: true), lasts: 20 + 180 + 30, peak: 20)
  }

  @Test func aPauseWithoutEndLastsAsLongAsAPersonTakes() {
    let canary = ArgoCanary(
      steps: [.setWeight(20), .pause(nil)], isRouted: true, resumeAfter: .minutes(7))
    Self.expect(canary, lasts: 20 + 420 + 20 + 30, peak: 20)
  }

  @Test func aBasicArgoCanaryStaysWithinItsSurge() {
    // 25% of ten is a surge of three.
    let scenario = Self.scenario(ArgoCanary(steps: Self.steps))
    let (run, timeline) = playOnce(scenario)
    #expect(run.outcome == .promoted)
    #expect((run.metrics[.peakReplicas] ?? 99) <= 13)
    #expect((run.metrics[.releaseDuration] ?? 0) >= 180)
    let steps = Experiment(scenario: scenario).steps(strategyIndex: 0, replication: 0)
    #expect(steps.map(\.step.number) == [1, 2, 3, 4, 0])
    let share = timeline.rows.last { $0.time < .zero + .seconds(80) }?.candidateWeight ?? 0
    #expect(abs(share - 0.2) < 0.02)
  }

  /// Argo Rollouts, docs/features/bluegreen.md.
  @Test func anArgoBlueGreenUpdateLastsItsStartUpsItsPausesAndItsDelay() {
    var settings = BlueGreenSettings()
    Self.expect(ArgoBlueGreen(settings), lasts: 20 + 30, peak: 20, complete: 20)
    settings.autoPromotionDelay = .minutes(3)
    Self.expect(ArgoBlueGreen(settings), lasts: 20 + 180 + 30, peak: 20, complete: 200)
    settings.previewReplicaCount = 2
    Self.expect(ArgoBlueGreen(settings), lasts: 20 + 180 + 20 + 30, peak: 20, complete: 220)
    settings.scaleDownDelay = .minutes(10)
    Self.expect(ArgoBlueGreen(settings), lasts: 20 + 180 + 20 + 600, peak: 20)
    settings = BlueGreenSettings()
    settings.autoPromotion = false
    Self.expect(
      ArgoBlueGreen(settings, resumeAfter: .minutes(4)), lasts: 20 + 240 + 30, peak: 20)
    let metric = AnalysisMetric(
      name: "errors", of: .failures, successMaximum: .percent(1), interval: .seconds(30), count: 3,
      initialDelay: .seconds(30))
    // Three measurements 30 s apart, the first after 30 s: 90 s, before and after the switch.
    Self.expect(
      ArgoBlueGreen(prePromotionAnalysis: [metric], postPromotionAnalysis: [metric]),
      lasts: 20 + 90 + 90 + 30, peak: 20, complete: 110)
  }

  /// k + 3 intervals for k weights, iterations + 3 for A/B, + 4 for blue/green (`FlaggerTiming`).
  @Test(arguments: [
    (FlaggerAnalysis(stepWeight: 10, maxWeight: 50), 5 + 3),
    (FlaggerAnalysis(stepWeight: 20, maxWeight: 50), 3 + 3),
    (FlaggerAnalysis(stepWeights: [1, 5, 20, 80], maxWeight: 0), 4 + 3),
    (FlaggerAnalysis(stepWeight: 25, maxWeight: 50, mirrors: true), 2 + 4),
    (FlaggerAnalysis(stepWeight: 50, maxWeight: 50, stepWeightPromotion: 20), 1 + 3 + 2),
    (FlaggerAnalysis(iterations: 5, hasMatch: true), 5 + 3),
    (FlaggerAnalysis(iterations: 5), 5 + 4),
    (FlaggerAnalysis(isKubernetes: true), 10 + 4),
  ])
  func aRunOfFlaggerLastsItsTicks(_ analysis: FlaggerAnalysis, _ ticks: Int) {
    #expect(FlaggerTiming.whole(analysis) == ticks)
    let metric = FlaggerMetric(
      name: "rate", of: .failures, maximum: .percent(1), interval: .minutes(1))
    let canary = FlaggerCanary(analysis, metrics: [metric], checksPerSecond: 5)
    // The canary beside the primary, and the surge of the primary's own rolling update.
    Self.expect(canary, startup: 5, lasts: 60 * ticks, peak: 23)
  }

  @Test func flaggerWithoutAnalysisPromotesOnTheFirstTick() {
    let (run, _) = Self.played(
      FlaggerCanary(FlaggerAnalysis(stepWeight: 10, skipsAnalysis: true)), startup: 5)
    #expect(run.outcome == .promoted)
    // The primary's rolling update of ten by three and two: four rounds at most.
    let duration = run.metrics[.releaseDuration] ?? 0
    #expect(duration > 60 && duration <= 80)
  }

  @Test(arguments: CodeDeployPreset.all.map { $0.name })
  func everyPresetOfCodeDeployKeepsItsSchedule(_ name: String) throws {
    let shift = try #require(CodeDeployPreset.named(name)).shift
    let whole = 20 + Int(shift.duration.seconds)
    Self.expect(
      CodeDeploy(shift: shift, terminationWait: .minutes(7)), lasts: whole + 420, peak: 20,
      complete: whole)
  }

  @Test func theHostedServicesKeepTheirSchedules() {
    Self.expect(NativeECS(.canary), lasts: 20 + 600, peak: 20, complete: 620)
    Self.expect(
      NativeECS(.linear, bake: .minutes(5)), lasts: 20 + 9 * 360 + 300, peak: 20,
      complete: 20 + 9 * 360)
    Self.expect(
      NativeECS(.blueGreen, bake: .minutes(10), hooksBefore: .minutes(1)),
      lasts: 20 + 60 + 600, peak: 20, complete: 80)
    // 100% and 200%: all new tasks beside all old ones.
    Self.expect(ECSRolling(), lasts: 20, peak: 20, complete: 20)
    // 50% and 100%: five at a time.
    Self.expect(
      ECSRolling(minimumHealthy: .percent(50), maximum: .percent(100)), lasts: 40, peak: 10)
    Self.expect(CodeDeployHosts(), lasts: 200, peak: 10)
    Self.expect(CodeDeployHosts(.halfAtATime), lasts: 40, peak: 10)
    let (run, _) = Self.played(CodeDeployHosts(.allAtOnce))
    #expect(run.metrics[.releaseDuration] == 20)
    #expect(run.metrics[.downtime] == 20)
  }

  /// docs/features/canary.md: without steps a canary is a rolling update.
  @Test(arguments: [1, 2, 3, 4, 7, 10, 33], [(25, 25), (30, 1), (1, 40), (100, 1), (50, 50)])
  func anArgoCanaryWithoutStepsIsNearlyARollingUpdate(_ replicas: Int, _ percents: (Int, Int)) {
    let surge = ReplicaQuantity.share(.percent(percents.0))
    let unavailable = ReplicaQuantity.share(.percent(percents.1))
    func played(_ strategy: any ReleaseStrategy) -> RunResult {
      playOnce(plainScenario(replicas: replicas, strategies: [strategy])).run
    }
    let argo = played(ArgoCanary(maxSurge: surge, maxUnavailable: unavailable))
    let rolling = played(RollingUpdate(maxSurge: surge, maxUnavailable: unavailable))
    #expect(argo.outcome == .promoted)
    #expect(argo.metrics[.peakReplicas] == rolling.metrics[.peakReplicas])
    let (one, other) =
      (argo.metrics[.releaseDuration] ?? 0, rolling.metrics[.releaseDuration] ?? 0)
    #expect(abs(one - other) <= 20, "\(one) \(other)")
  }
}
