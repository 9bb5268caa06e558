import LabStrategies
import LabUnits
import Testing

/// The arithmetic, with rows of upstream's tables and of its documentation.
@Suite struct ArgoCanaryRuleTests {
  // utils/replicaset/canary_test.go, TestApproximateWeightedNewStableReplicaCounts.
  @Test(arguments: [
    (0, 50, 1, 0, 0), (1, 49, 0, 0, 1), (1, 50, 0, 1, 0), (1, 99, 0, 1, 0), (2, 1, 0, 1, 1),
    (2, 50, 1, 1, 1), (2, 1, 1, 1, 2), (3, 49, 0, 1, 2), (3, 50, 1, 2, 2), (3, 33, 1, 1, 2),
    (10, 1, 0, 1, 9), (10, 99, 0, 9, 1), (10, 18, 1, 2, 9), (10, 24, 1, 3, 8),
  ])
  func theNearestShareIsTaken(
    _ replicas: Int, _ weight: Int, _ surge: Int, _ canary: Int, _ stable: Int
  ) {
    #expect(
      ArgoCanary.approximateSizes(replicas: replicas, weight: weight, of: 100, surge: surge)
        == CanarySizes(canary: canary, stable: stable))
  }

  // The examples of the comment on CalculateReplicaCountsForBasicCanary; its fourth is older than the rule
  // that 1 of 11 is nearer to 5% than 1 of 10.
  @Test(arguments: [
    (10, 10, 0, 10, 1, 1, 1, 9), (10, 30, 0, 10, 0, 3, 3, 10), (10, 30, 0, 10, 5, 0, 0, 7),
    (10, 5, 0, 10, 1, 1, 1, 10), (1, 5, 0, 1, 0, 1, 1, 1), (1, 95, 0, 1, 0, 1, 1, 1),
  ])
  func basicSizesMoveWithinTheFenceposts(
    _ n: Int, _ weight: Int, _ canary: Int, _ stable: Int, _ unavailable: Int, _ surge: Int,
    _ newCanary: Int, _ newStable: Int
  ) {
    let rules = ArgoCanary(
      steps: [.setWeight(weight)], maxSurge: .count(surge), maxUnavailable: .count(unavailable))
    let sizes = rules.basicSizes(
      CanaryProgress(),
      CanaryFleet(
        replicas: n, canary: ReplicaCounts(desired: canary, available: canary),
        stable: ReplicaCounts(desired: stable, available: stable)))
    #expect(sizes == CanarySizes(canary: newCanary, stable: newStable))
  }

  // utils/replicaset/replicaset_test.go, TestResolveFenceposts; docs: any text is a percentage.
  @Test(arguments: [("1", 10, 1), ("25%", 10, 3), ("25", 10, 3), ("0%", 10, 0)])
  func everyTextIsAPercentage(_ text: String, _ replicas: Int, _ surge: Int) throws {
    let quantity = try #require(ArgoFenceposts.quantity(text))
    let resolved = ArgoFenceposts.resolve(
      maxSurge: quantity, maxUnavailable: .count(1), replicas: replicas)
    #expect(resolved.surge == surge)
    #expect(ArgoFenceposts.quantity("urg") == nil)
  }

  // utils/defaults/defaults_test.go.
  @Test func delaysMeanSomethingOnlyWhereReplicasCanWait() {
    #expect(ArgoDelays.scaleDown(.routedCanary, written: nil) == .seconds(30))
    #expect(ArgoDelays.scaleDown(.basicCanary, written: .seconds(9)) == .zero)
    #expect(ArgoDelays.abort(.blueGreen, written: .zero) == .never)
    #expect(ArgoDelays.abort(.routedCanary, written: nil) == .after(.seconds(30), isWritten: false))
    #expect(ArgoDelays.abort(.basicCanary, written: .zero) == .after(.zero, isWritten: false))
  }

  // docs/features/canary.md, "Dynamic Canary Scale".
  @Test func theScaleCanBeSetApartFromTheWeight() {
    let steps: [ArgoCanaryStep] = [
      .setCanaryScale(.weight(25)), .setWeight(90), .setCanaryScale(.matchTrafficWeight),
    ]
    let rules = ArgoCanary(steps: steps, isRouted: true)
    let fleet = CanaryFleet(
      replicas: 10, canary: ReplicaCounts(), stable: ReplicaCounts(desired: 10, available: 10))
    let sizes = (0...3).map { rules.sizes(CanaryProgress(step: $0), fleet).canary }
    #expect(sizes == [3, 3, 9, 10])
  }

  // docs/features/canary.md, "minPodsPerReplicaSet"; a minimum is itself at most n.
  @Test func aSetThatHasAnyHasTheMinimum() {
    var rules = ArgoCanary(steps: [.setWeight(5)], isRouted: true, minPodsPerReplicaSet: 2)
    #expect(rules.atLeastMinimum(1, of: 10) == 2)
    #expect(rules.atLeastMinimum(0, of: 10) == 0)
    #expect(rules.atLeastMinimum(1, of: 1) == 1)
    rules.isRouted = false
    #expect(rules.atLeastMinimum(1, of: 10) == 1)
  }

  @Test func problemsNameTheKey() {
    var canary = ArgoCanary(
      steps: [.setCanaryScale(.replicas(1)), .experiment(.init(duration: nil))],
      maxSurge: .count(0), maxUnavailable: .count(0), dynamicStableScale: true)
    #expect(
      canary.problems(replicas: 3).map(\.key) == [
        "maxSurge", "dynamicStableScale", "steps[0].setCanaryScale", "steps[1].experiment",
      ])
    canary = ArgoCanary(steps: [.setWeight(20), .pause(.minutes(1))])
    #expect(canary.problems(replicas: 3) == [])
    #expect(canary.outline(replicas: 3).count == 3)
    #expect(canary.leastDuration == .minutes(1))
  }

  @Test func nextSaysWhatAndWhy() {
    let canary = ArgoCanary(steps: [.setWeight(20), .pause(nil)], isRouted: true)
    func state(_ candidate: Int, _ step: Int, _ weight: Int = 0) -> ControllerState {
      ControllerState(
        desiredReplicas: 10, stable: ReplicaCounts(desired: 10, ready: 10, available: 10),
        candidate: ReplicaCounts(desired: candidate, ready: candidate, available: candidate),
        weight: .percent(weight), step: step)
    }
    #expect(canary.next(state(0, 0)).orders == [.scale(.candidate, to: 2)])
    let done = canary.next(state(2, 0))
    #expect(done.orders.first == .route(TrafficRoute(.weighted(.percent(20)))))
    #expect(done.reason == "the step 'setWeight 20' is done")
    #expect(canary.next(state(2, 1, 20)).orders == [])
    var aborted = state(2, 1, 20)
    aborted.isAborted = true
    #expect(canary.next(aborted).orders == [.route(.allStable)])
  }
}
