import LabStrategies
import LabUnits
import Testing

/// The control loop, tick by tick, as upstream's own tests and tutorials play it.
@Suite struct FlaggerMachineTests {
  struct Course: CustomTestStringConvertible, Sendable {
    var name: String
    var analysis: FlaggerAnalysis
    /// The canary's weight after each tick, the detection first.
    var weights: [Int]
    var testDescription: String { name }
  }

  /// Flagger, pkg/controller/scheduler_svc_test.go and scheduler_deployment_test.go.
  static let courses = [
    Course(
      name: "TestScheduler_ServicePromotion",
      analysis: FlaggerAnalysis(threshold: 10, stepWeight: 20, maxWeight: 50),
      weights: [0, 20, 40, 60, 60, 0, 0]),
    Course(
      name: "TestScheduler_ServicePromotionMaxWeight",
      analysis: FlaggerAnalysis(threshold: 10, stepWeight: 50, maxWeight: 100),
      weights: [0, 50, 100, 100, 0, 0]),
    Course(
      name: "TestScheduler_ServicePromotionWithWeightsHappyCase",
      analysis: FlaggerAnalysis(threshold: 10, stepWeights: [1, 2, 10, 80]),
      weights: [0, 1, 2, 10, 80, 80, 0, 0]),
    Course(
      name: "TestScheduler_ServicePromotionWithWeightsOverflow",
      analysis: FlaggerAnalysis(threshold: 10, stepWeights: [1, 2, 10, 200]),
      weights: [0, 1, 2, 10, 100, 100, 0, 0]),
    Course(
      name: "TestScheduler_DeploymentAnalysisPhases",
      analysis: FlaggerAnalysis(stepWeight: 100, stepWeightPromotion: 50),
      weights: [0, 100, 100, 50, 0, 0]),
    Course(
      name: "TestScheduler_DeploymentBlueGreenAnalysisPhases",
      analysis: FlaggerAnalysis(iterations: 1), weights: [0, 0, 100, 100, 0, 0]),
    Course(
      name: "TestScheduler_DeploymentMirroring",
      analysis: FlaggerAnalysis(threshold: 10, stepWeight: 10, maxWeight: 20, mirrors: true),
      weights: [0, 0, 10, 20, 20, 0, 0]),
    Course(
      name: "TestScheduler_DeploymentABTesting",
      analysis: FlaggerAnalysis(threshold: 10, iterations: 2, hasMatch: true),
      weights: [0, 100, 100, 100, 0, 0]),
    Course(
      name: "TestScheduler_DeploymentSkipAnalysis",
      analysis: FlaggerAnalysis(stepWeight: 10, skipsAnalysis: true), weights: [0, 0]),
    Course(
      name: "kubernetes provider, deployment-strategies.md",
      analysis: FlaggerAnalysis(iterations: 2, isKubernetes: true),
      weights: [0, 0, 0, 0, 0, 0, 0]),
  ]

  @Test(arguments: courses)
  func aRunThatPassesGoesThroughUpstreamsWeights(_ course: Course) {
    var machine = FlaggerMachine(course.analysis)
    var weights: [Int] = []
    machine.advance(FlaggerTick(hasNewRevision: true))
    weights.append(machine.state.canaryWeight)
    while machine.state.phase.isActive, weights.count < 100 {
      machine.advance(FlaggerTick())
      weights.append(machine.state.canaryWeight)
    }
    #expect(weights == course.weights)
    #expect(machine.state.phase == .succeeded)
    #expect(!machine.state.isCanaryUp)
  }

  /// SEMANTICS of the modes: the tick on which the spec is copied, and the last one.
  @Test(
    arguments: [
      (FlaggerAnalysis(stepWeight: 2, maxWeight: 50), 26, 28),
      (FlaggerAnalysis(stepWeight: 10, maxWeight: 50, mirrors: true), 7, 9),
      (FlaggerAnalysis(iterations: 10, hasMatch: true), 11, 13),
      (FlaggerAnalysis(iterations: 10), 12, 14),
      (FlaggerAnalysis(iterations: 10, isKubernetes: true), 12, 14),
      (FlaggerAnalysis(isKubernetes: true), 12, 14),
    ])
  func theSpecIsCopiedOnItsTick(_ analysis: FlaggerAnalysis, copied: Int, ended: Int) {
    let events = FlaggerMachine.rehearsal(of: analysis)
    #expect(events.firstIndex(of: .copied) == copied)
    #expect(FlaggerTiming.whole(analysis) == ended)
  }

  /// Logs of upstream's tutorials: the ticks whose checks fail, and the event they end with.
  ///
  /// contour-progressive-delivery.md, traefik-progressive-delivery.md, kubernetes-blue-green.md.
  @Test(
    arguments: [
      (FlaggerAnalysis(threshold: 5, stepWeight: 5, maxWeight: 50), 3, 5),
      (FlaggerAnalysis(threshold: 3, stepWeight: 5, maxWeight: 50), 4, 3),
      (FlaggerAnalysis(threshold: 2, iterations: 10), 3, 2),
      (FlaggerAnalysis(threshold: 2, iterations: 10), 1, 2),
    ])
  func aRunRollsBackOneTickAfterTheCheckThatIsOneTooMany(
    _ analysis: FlaggerAnalysis, passing: Int, failing: Int
  ) {
    var machine = FlaggerMachine(analysis)
    machine.advance(FlaggerTick(hasNewRevision: true))
    for _ in 0..<passing { machine.advance(FlaggerTick()) }
    let before = machine.state
    for number in 1...failing {
      #expect(machine.advance(FlaggerTick(checksPass: false)) == .halted(failedChecks: number))
      #expect(machine.state.canaryWeight == before.canaryWeight)
    }
    // Passing checks do not help any more.
    let words = failing == 1 ? "1 check has failed" : "\(failing) checks have failed"
    #expect(machine.advance(FlaggerTick()) == .rolledBack(because: words))
    #expect(machine.state == FlaggerState(phase: .failed))
  }

  @Test func failedChecksAreNeverTakenBack() {
    var machine = FlaggerMachine(FlaggerAnalysis(threshold: 2, stepWeight: 10))
    machine.advance(FlaggerTick(hasNewRevision: true))
    machine.advance(FlaggerTick())
    machine.advance(FlaggerTick(checksPass: false))
    for _ in 0..<3 { machine.advance(FlaggerTick()) }
    #expect(machine.advance(FlaggerTick(checksPass: false)) == .halted(failedChecks: 2))
    #expect(machine.advance(FlaggerTick()) == .rolledBack(because: "2 checks have failed"))
  }

  /// TestScheduler_DeploymentNewRevisionReset.
  @Test func anotherRevisionStartsTheAnalysisOver() {
    var machine = FlaggerMachine(FlaggerAnalysis(threshold: 10, stepWeight: 10, maxWeight: 50))
    machine.advance(FlaggerTick(hasNewRevision: true))
    #expect(machine.advance(FlaggerTick()) == .advanced(to: 10))
    #expect(machine.advance(FlaggerTick(hasNewRevision: true)) == .restarted)
    #expect(machine.state == FlaggerState(phase: .progressing, isCanaryUp: true))
  }

  /// TestScheduler_DeploymentPromotionPrimaryNotReady and ...FailedAfterTrafficShift.
  @Test(arguments: [FlaggerState.Phase.promoting, .finalising])
  func aPrimaryThatDoesNotGetReadyLeavesTheTrafficWithTheCanary(_ phase: FlaggerState.Phase) {
    var machine = FlaggerMachine(
      FlaggerAnalysis(stepWeight: 10, maxWeight: 50),
      state: FlaggerState(phase: phase, canaryWeight: 50, isCanaryUp: true))
    machine.advance(FlaggerTick(primary: .stuck("0 of 3")))
    #expect(
      machine.state == FlaggerState(phase: .failed, canaryWeight: 100, isCanaryUp: true))
  }

  @Test func aDeadlineWhileProgressingRollsBack() {
    var machine = FlaggerMachine(
      FlaggerAnalysis(stepWeight: 10), state: FlaggerState(phase: .progressing, isCanaryUp: true))
    #expect(
      machine.advance(FlaggerTick(canary: .waiting("0 of 3")))
        == .waits(for: "the canary is not ready: 0 of 3"))
    #expect(
      machine.advance(FlaggerTick(canary: .stuck("0 of 3")))
        == .rolledBack(because: "the canary did not get ready: 0 of 3"))
  }

  @Test func gatesHoldTheRun() {
    var machine = FlaggerMachine(FlaggerAnalysis(stepWeight: 100))
    let closed = FlaggerTick(hasNewRevision: true, isRolloutConfirmed: false)
    #expect(machine.advance(closed) == .waitsForRollout)
    #expect(machine.state.phase == .waiting)
    #expect(machine.advance(FlaggerTick()) == .detected)
    #expect(machine.advance(FlaggerTick(isIncreaseConfirmed: false)) == .waitsForIncrease)
    #expect(machine.advance(FlaggerTick()) == .advanced(to: 100))
    #expect(machine.advance(FlaggerTick(isPromotionConfirmed: false)) == .waitsForPromotion)
    #expect(machine.state.phase == .waitingPromotion)
    #expect(
      machine.advance(FlaggerTick(wantsRollback: true)) == .rolledBack(because: "it was ordered"))
  }

  /// pkg/controller/scheduler_hooks.go: each refusal repeats the last iteration.
  @Test func aPromotionThatIsNotConfirmedRepeatsTheLastIteration() {
    var machine = FlaggerMachine(FlaggerAnalysis(iterations: 3, hasMatch: true))
    machine.advance(FlaggerTick(hasNewRevision: true))
    for _ in 1...3 { machine.advance(FlaggerTick()) }
    let closed = FlaggerTick(isPromotionConfirmed: false)
    #expect(machine.advance(closed) == .waitsForPromotion)
    #expect(machine.advance(closed) == .waitsForPromotion)
    #expect(machine.state.iterations == 2)
    #expect(machine.advance(FlaggerTick()) == .iterated(3))
    #expect(machine.advance(FlaggerTick()) == .copied)
  }

  @Test func stepsThatDoNotClimbStall() {
    #expect(FlaggerMachine.rehearsal(of: FlaggerAnalysis()).last == .stalls)
    #expect(
      FlaggerMachine.rehearsal(of: FlaggerAnalysis(stepWeights: [10, 5, 80])).last == .stalls)
    #expect(FlaggerAnalysis(stepWeights: [10, 5, 80]).weights == [10])
  }
}
