import LabStrategies
import LabUnits
import Testing

/// Whole courses of the controller, as docs/features/canary.md of Argo Rollouts describes them.
@Suite struct ArgoCanaryCourseTests {
  private static let routedSteps: [ArgoCanaryStep] = [
    .setWeight(20), .pause(.minutes(1)), .setWeight(60), .pause(.minutes(1)),
  ]

  private func play(
    _ canary: ArgoCanary, replicas: Int = 10,
    _ change: (inout ToyCluster.World) -> Void = { _ in }
  ) -> ToyCluster {
    var world = ToyCluster.World(replicas: replicas)
    world.route = canary.isRouted ? .allStable : .byReplicaShare
    change(&world)
    return ToyCluster.play(canary.makeController(replicas: replicas), world)
  }

  private func weights(_ cluster: ToyCluster) -> [Int] {
    cluster.record.routes.map { route in
      guard case .weighted(let weight) = route.rule else { return -1 }
      return Int(weight.share.millionths / 10_000)
    }
  }

  private func begun(_ cluster: ToyCluster) -> [String] {
    cluster.record.orders.compactMap {
      if case .begin(let step) = $0.order { step.title } else { nil }
    }
  }

  @Test func replicasComeBeforeWeightAndStableStaysWholeWithARouter() {
    let cluster = play(ArgoCanary(steps: Self.routedSteps, isRouted: true))
    #expect(cluster.issues == [])
    #expect(
      cluster.record.steps == "candidate 0>2, candidate 2>6, candidate 6>10, stable 10>0")
    #expect(weights(cluster) == [20, 60, 100])
    #expect(
      begun(cluster) == ["setWeight 20", "pause 1m", "setWeight 60", "pause 1m", "promote"])
    // Start-up 2 s, pause 60 s, twice; start-up 2 s; stable stays 30 s and drains 1 s.
    #expect(cluster.record.ends.map(\.end) == [.promoted])
    #expect(cluster.record.ends.first?.time == .zero + .seconds(2 + 60 + 2 + 60 + 2 + 30))
    #expect(cluster.record.most { $0.desired } == 20)
  }

  @Test func weightFollowsInThePassAfterTheLastReplicaIsAvailable() {
    let cluster = play(ArgoCanary(steps: Self.routedSteps, isRouted: true)) { world in
      world.startUp = { _, index in .seconds(2 + index) }
    }
    let first = cluster.record.orders.first {
      if case .route = $0.order { true } else { false }
    }
    #expect(first?.time == .zero + .seconds(3))
  }

  @Test func aCanaryWithoutStepsIsARollingUpdate() {
    // examples/rollout-rolling-update.yaml: 5 replicas, maxSurge 1, maxUnavailable 0.
    let canary = ArgoCanary(maxSurge: .count(1), maxUnavailable: .count(0))
    let cluster = play(canary, replicas: 5)
    #expect(cluster.issues == [])
    #expect(cluster.record.ends.map(\.end) == [.promoted])
    #expect(cluster.record.most { $0.desired } == 6)
    #expect(cluster.record.least { $0.available } == 5)
    #expect(begun(cluster) == ["roll out without steps"])
  }

  @Test func aRoutedCanaryWithoutStepsSwitchesWhenItIsWhole() {
    let cluster = play(ArgoCanary(isRouted: true))
    #expect(cluster.record.steps == "candidate 0>10, stable 10>0")
    #expect(weights(cluster) == [100])
    #expect(cluster.record.ends.map(\.end) == [.promoted])
  }

  @Test func theReplicasSplitTheTrafficWithoutARouter() {
    // examples/rollout-canary.yaml: 5 replicas, 20%, a person, then 40%, 60%, 80% with 10 s each.
    let steps: [ArgoCanaryStep] =
      [.setWeight(20), .pause(nil)]
      + [40, 60, 80].flatMap { [.setWeight($0), .pause(.seconds(10))] }
    let cluster = play(ArgoCanary(steps: steps), replicas: 5)
    #expect(cluster.issues == [])
    #expect(cluster.record.routes == [])
    #expect(cluster.record.ends.map(\.end) == [.promoted])
    #expect(cluster.record.most { $0.desired } <= 7)
    #expect(cluster.record.least { $0.available } >= 4)
    #expect(cluster.record.last.candidate.available == 5)
    let waits = cluster.record.orders.contains {
      if case .begin(let step) = $0.order { step.waitsForPerson } else { false }
    }
    #expect(waits)
    let end = cluster.record.ends.first?.time ?? .zero
    #expect(end >= .zero + .minutes(5) + .seconds(30))
  }

  @Test func stableFollowsItsWeightWithDynamicStableScale() {
    var canary = ArgoCanary(steps: Self.routedSteps, isRouted: true)
    canary.dynamicStableScale = true
    let cluster = play(canary)
    #expect(cluster.issues == [])
    #expect(
      cluster.record.steps
        == "candidate 0>2, stable 10>8, candidate 2>6, stable 8>4, candidate 6>10, stable 4>0")
    #expect(weights(cluster) == [20, 60, 100])
    #expect(cluster.record.most { $0.desired } == 14)
  }

  @Test func anAbortTakesTheTrafficAtOnceAndTheReplicasLater() {
    let cluster = play(ArgoCanary(steps: Self.routedSteps, isRouted: true)) { world in
      world.rollback = .zero + .seconds(30)
    }
    #expect(cluster.issues == [])
    #expect(weights(cluster) == [20, 0])
    #expect(cluster.record.steps == "candidate 0>2, candidate 2>0")
    #expect(cluster.record.scaleSteps.last?.time == .zero + .seconds(60))
    #expect(cluster.record.ends.map(\.end) == [.rolledBack])
  }

  @Test func anAbortDelayOfNothingKeepsTheCandidateForEver() {
    var canary = ArgoCanary(steps: Self.routedSteps, isRouted: true)
    canary.abortScaleDownDelay = .zero
    let cluster = play(canary) { $0.rollback = .zero + .seconds(30) }
    #expect(cluster.record.steps == "candidate 0>2")
    #expect(cluster.record.ends.map(\.end) == [.rolledBack])
    #expect(cluster.record.last.candidate.desired == 2)
  }

  @Test func anAbortWithoutARouterGoesBackWithinTheFenceposts() {
    let canary = ArgoCanary(
      steps: [.setWeight(50), .pause(nil)], maxSurge: .count(1), maxUnavailable: .count(0))
    let cluster = play(canary) { $0.rollback = .zero + .minutes(2) }
    #expect(cluster.issues == [])
    #expect(cluster.record.most { $0.desired } == 11)
    #expect(cluster.record.least { $0.available } == 10)
    #expect(cluster.record.ends.map(\.end) == [.rolledBack])
    #expect(cluster.record.last.stable.available == 10)
    #expect(cluster.record.last.candidate.desired == 0)
  }

  @Test func anAbortWithDynamicStableScaleGoesDownTheLadder() {
    var canary = ArgoCanary(steps: Self.routedSteps, isRouted: true)
    canary.dynamicStableScale = true
    let cluster = play(canary) { $0.rollback = .zero + .seconds(90) }
    #expect(cluster.issues == [])
    #expect(weights(cluster) == [20, 60, 20, 0])
    #expect(cluster.record.ends.map(\.end) == [.rolledBack])
    // Stable grows before the weight comes back to it.
    for fleet in cluster.record.fleets {
      guard case .weighted(let weight) = fleet.route.rule else { continue }
      let stableShare = 1 - weight.fraction
      #expect(Double(fleet.stable.available) >= (stableShare * 10).rounded(.down) - 1e-9)
    }
  }

  @Test func aFailedAnalysisAborts() {
    let metric = AnalysisMetric(
      name: "errors", of: .failures, failureAbove: .percent(5), interval: .seconds(20), count: 3)
    let canary = ArgoCanary(steps: [.setWeight(20), .analysis([metric])], isRouted: true)
    let cluster = play(canary) { world in
      world.sample = { now, _ in .init(requests: 100, failed: now > .zero + .seconds(10) ? 9 : 0) }
    }
    #expect(cluster.issues == [])
    #expect(weights(cluster) == [20, 0])
    let reasons = cluster.record.orders.compactMap {
      if case .rollBack(let reason) = $0.order { reason } else { nil }
    }
    #expect(reasons.count == 1)
    #expect(cluster.record.ends.map(\.end) == [.rolledBack])
  }

  @Test func aGoodAnalysisLetsTheReleaseGoOn() {
    let metric = AnalysisMetric(
      name: "errors", of: .failures, failureAbove: .percent(5), interval: .seconds(20), count: 3)
    var canary = ArgoCanary(steps: [.setWeight(20), .analysis([metric])], isRouted: true)
    canary.backgroundAnalysis = .init(metrics: [
      AnalysisMetric(
        name: "slow", of: .slow, failureAbove: .percent(5), interval: .seconds(20),
        window: .seconds(30))
    ])
    let cluster = play(canary)
    #expect(cluster.issues == [])
    #expect(cluster.record.ends.map(\.end) == [.promoted])
    // Start-up, three measurements, start-up, the delay.
    #expect(cluster.record.ends.first?.time == .zero + .seconds(2 + 40 + 2 + 30))
  }

  @Test func headerAndMirrorRoutesStandAboveTheWeight() {
    let canary = ArgoCanary(
      steps: [
        .setCanaryScale(.replicas(3)), .setHeaderRoute(.percent(10)), .pause(.seconds(10)),
        .setMirrorRoute(.percent(50)), .pause(.seconds(10)), .setHeaderRoute(nil),
        .setMirrorRoute(nil), .setCanaryScale(.matchTrafficWeight), .setWeight(50),
        .pause(.seconds(10)),
      ], isRouted: true)
    let cluster = play(canary)
    #expect(cluster.issues == [])
    #expect(
      cluster.record.routes == [
        TrafficRoute(.cohort(.percent(10))),
        TrafficRoute(.cohort(.percent(10)), mirrored: .percent(50)),
        TrafficRoute(.weighted(.allStable), mirrored: .percent(50)), .allStable,
        TrafficRoute(.weighted(.percent(50))), .allCandidate,
      ])
    #expect(
      cluster.record.steps
        == "candidate 0>3, candidate 3>0, candidate 0>5, candidate 5>10, stable 10>0")
  }

  @Test func anExperimentAddsReplicasForItsTime() {
    let canary = ArgoCanary(
      steps: [
        .experiment(.init(duration: .minutes(5), replicas: 2, weight: 10)), .setWeight(50),
        .pause(.seconds(10)),
      ], isRouted: true)
    let cluster = play(canary)
    #expect(cluster.issues == [])
    #expect(
      cluster.record.steps == "candidate 0>2, candidate 2>5, candidate 5>10, stable 10>0")
    #expect(weights(cluster) == [10, 0, 50, 100])
    #expect(
      cluster.record.ends.first?.time == .zero + .seconds(2 + 300 + 2 + 10 + 2 + 30))
  }

  @Test func theDeadlineAbortsOnlyIfItShall() {
    var canary = ArgoCanary(steps: Self.routedSteps, isRouted: true)
    let stuck = play(canary) { $0.startUp = { _, _ in nil } }
    #expect(stuck.record.ends.isEmpty)
    canary.progressDeadlineAbort = true
    let aborted = play(canary) { $0.startUp = { _, _ in nil } }
    #expect(aborted.issues == [])
    #expect(aborted.record.ends.map(\.end) == [.rolledBack])
    #expect(aborted.record.ends.first?.time == .zero + .seconds(600 + 30))
  }

  @Test func aRollbackAfterThePromotionReleasesTheOldTemplate() {
    let cluster = play(ArgoCanary(steps: Self.routedSteps, isRouted: true)) { world in
      world.rollback = .zero + .seconds(140)
    }
    #expect(cluster.issues == [])
    // Stable is still there within its delay: the switch back needs no replica.
    #expect(weights(cluster) == [20, 60, 100, 0])
    #expect(
      cluster.record.steps == "candidate 0>2, candidate 2>6, candidate 6>10, candidate 10>0")
    #expect(cluster.record.ends.map(\.end) == [.rolledBack])
  }

  @Test func aRollbackLongAfterThePromotionDeploysTheOldTemplateAnew() {
    for isRouted in [true, false] {
      let canary = ArgoCanary(steps: Self.routedSteps, isRouted: isRouted)
      let cluster = play(canary) { $0.rollback = .zero + .hours(1) }
      #expect(cluster.issues == [])
      #expect(cluster.record.ends.map(\.end) == [.promoted, .rolledBack])
      #expect(cluster.record.last.stable.available == 10)
      #expect(cluster.record.last.candidate.desired == 0)
    }
  }

  @Test(arguments: [3, 10, 17], [true, false])
  func aChangeOfTheDesiredReplicasIsFollowed(_ target: Int, _ isRouted: Bool) {
    for at in [1, 30, 63, 100, 130] {
      let canary = ArgoCanary(steps: Self.routedSteps, isRouted: isRouted)
      let cluster = play(canary) { $0.resize = (.zero + .seconds(at), target) }
      #expect(cluster.issues == [], "\(target) at \(at) s")
      #expect(cluster.record.ends.map(\.end) == [.promoted])
      #expect(cluster.record.last.candidate.available == target)
      #expect(cluster.record.last.stable.desired == 0)
    }
  }

  @Test(arguments: [true, false], [0, 1, 2, 31, 63, 64, 125, 127, 160])
  func aRollbackAtAnyTimeEndsWithStableWhole(_ isRouted: Bool, _ second: Int) {
    for isDynamic in [false, true] where isRouted || !isDynamic {
      var canary = ArgoCanary(steps: Self.routedSteps, isRouted: isRouted)
      canary.dynamicStableScale = isDynamic
      let cluster = play(canary) { $0.rollback = .zero + .seconds(second) }
      #expect(cluster.issues == [], "\(second) s")
      #expect(cluster.record.ends.last?.end == .rolledBack)
      #expect(cluster.record.last.stable.available == 10)
      #expect(cluster.record.last.candidate.live == 0)
    }
  }

  @Test func aPauseOfNoTimeIsOverAtOnce() {
    let canary = ArgoCanary(
      steps: [.pause(.zero), .setWeight(50), .pause(.zero)], isRouted: true)
    let cluster = play(canary)
    #expect(cluster.issues == [])
    #expect(cluster.record.ends.first?.time == .zero + .seconds(2 + 2 + 30))
  }

  @Test func aLateRouterDelaysNothingButTheTraffic() {
    let cluster = play(ArgoCanary(steps: Self.routedSteps, isRouted: true)) {
      $0.routeDelay = .seconds(3)
    }
    #expect(cluster.issues == [])
    #expect(cluster.record.ends.map(\.end) == [.promoted])
  }

  @Test func anInconclusiveAnalysisWaitsForAPersonAndStartsAnew() {
    let metric = AnalysisMetric(
      name: "errors", of: .failures, successMaximum: .percent(1), failureAbove: .percent(5))
    let canary = ArgoCanary(steps: [.setWeight(20), .analysis([metric])], isRouted: true)
    let cluster = play(canary) { world in
      world.sample = { now, _ in .init(requests: 100, failed: now < .zero + .minutes(4) ? 3 : 0) }
    }
    #expect(cluster.issues == [])
    #expect(cluster.record.ends.map(\.end) == [.promoted])
    #expect(cluster.record.ends.first?.time == .zero + .seconds(2 + 300 + 2 + 30))
  }
}
