import LabStrategies
import LabUnits
import Testing

@Suite struct CanaryTests {
  static func canary(
    _ weights: [Int], _ routing: Canary.Routing = .weighted,
    surge: ReplicaQuantity = Standard.quarter, unavailable: ReplicaQuantity = Standard.quarter
  ) -> Canary {
    Canary(
      steps: weights.map { .init(weight: .percent($0), pause: .minutes(1)) }, routing: routing,
      maxSurge: surge, maxUnavailable: unavailable, analysis: true,
      scaleDownDelay: .seconds(30), abortDelay: .seconds(30))
  }

  @Test func weightedStepsMoveReplicasBeforeWeight() {
    let plan = Self.canary([10, 50]).plan
    #expect(plan.route == .allStable)
    #expect(
      plan.phases == [
        .announce("step 1 of 2: 10% to the candidate"),
        .provision(.candidate, .share(.percent(10))),
        .shiftTraffic(to: TrafficRoute(.weighted(.percent(10)))),
        .hold(.minutes(1), analysed: true),
        .announce("step 2 of 2: 50% to the candidate"),
        .provision(.candidate, .share(.percent(50))),
        .shiftTraffic(to: TrafficRoute(.weighted(.percent(50)))),
        .hold(.minutes(1), analysed: true),
        .provision(.candidate, .share(.whole)),
        .shiftTraffic(to: .allCandidate),
        .hold(.seconds(30), analysed: false),
        .retire(.stable),
      ])
    #expect(plan.leastDuration == .seconds(150))
    #expect(plan.needsTrafficRouting)
  }

  @Test func stepsByReplicasMoveWithinTheFenceposts() {
    let plan = Self.canary([25], .replicas).plan
    let shift = { (percent: Int) in
      ReleasePhase.shiftReplicas(
        to: .percent(percent), maxSurge: Standard.quarter, maxUnavailable: Standard.quarter)
    }
    #expect(plan.route == .byReplicaShare)
    #expect(
      plan.phases == [
        .announce("step 1 of 1: 25% to the candidate"), shift(25),
        .hold(.minutes(1), analysed: true), shift(100),
      ])
    #expect(plan.rollback == [shift(0), .retire(.candidate)])
    #expect(!plan.needsTrafficRouting)
  }

  @Test func aLastStepOfTheWholeIsThePromotion() {
    #expect(
      Self.canary([100]).plan.phases == [
        .announce("step 1 of 1: 100% to the candidate"),
        .provision(.candidate, .share(.whole)),
        .shiftTraffic(to: .allCandidate),
        .hold(.minutes(1), analysed: true),
        .hold(.seconds(30), analysed: false),
        .retire(.stable),
      ])
  }

  @Test func outlinesOfBothRoutings() {
    #expect(
      Self.canary([5]).outline(replicas: 30) == [
        "run 2 candidate replicas and wait until all are available",
        "send 5% of the traffic to the candidate",
        "watch the candidate for 1m; roll back as soon as it is worse than allowed",
        "run 30 candidate replicas and wait until all are available",
        "send all traffic to the candidate",
        "wait 30s",
        "remove the stable replicas",
      ])
    #expect(
      Self.canary([5], .replicas).outline(replicas: 30) == [
        "move to 2 candidate and 28 stable replicas: at most 8 extra, at most 7 missing",
        "watch the candidate for 1m; roll back as soon as it is worse than allowed",
        "move to 30 candidate and 0 stable replicas: at most 8 extra, at most 7 missing",
      ])
  }

  @Test func weightsClimbWithTheReplicasAheadOfThem() {
    let record = ToyCluster.play(
      Standard.canary.makeController(replicas: 10), ToyCluster.World(replicas: 10)
    ).record
    #expect(
      record.routes
        == [10, 20, 30, 40, 50].map { TrafficRoute(.weighted(.percent($0))) } + [.allCandidate])
    #expect(
      record.steps
        == "candidate 0>1, candidate 1>2, candidate 2>3, candidate 3>4, candidate 4>5, "
        + "candidate 5>10, stable 10>0")
    #expect(record.most(\.live) == 20)
    // Six start-ups of 2 s, five pauses of 60 s, 30 s with stable beside.
    #expect(record.ends.map(\.time) == [.zero + .seconds(342)])
    for fleet in record.fleets {
      guard case .weighted(let weight) = fleet.route.rule else { continue }
      #expect(fleet.candidate.available >= weight.share.replicas(of: 10, rounding: .up))
    }
  }

  @Test func replicasStandForTheWeights() {
    let record = ToyCluster.play(
      Standard.canaryByReplicas.makeController(replicas: 10), ToyCluster.World(replicas: 10)
    ).record
    let held = record.fleets.map(\.candidate.ready)
    #expect(held.filter { $0 <= 5 } == held.filter { $0 <= 5 }.sorted())
    #expect(Set([1, 2, 3, 4, 5, 10]).isSubset(of: held))
    #expect(record.most(\.desired) <= 13)
    #expect(record.least(\.available) >= 8)
    #expect(record.last.stable.live == 0)
  }

  @Test func oneReplicaCannotBeSplitWithoutSurge() {
    let strategy = Self.canary([10], .replicas, surge: .count(0), unavailable: .count(1))
    #expect(
      strategy.problems(replicas: 1) == [
        StrategyProblem(
          key: "steps[0].weight",
          message: "10% cannot be reached by replicas: 1 replica without surge is not divisible",
          hint: "write maxSurge: 1 or routing: weighted")
      ])
    #expect(Self.canary([10], .replicas).problems(replicas: 1) == [])
  }

  @Test func weightsThatDoNotClimbAreRefused() {
    #expect(
      Self.canary([0, 20, 20, 10]).problems(replicas: 10) == [
        StrategyProblem(
          key: "steps[0].weight", message: "a step of 0% sends nothing to the candidate",
          hint: "write a weight above 0%"),
        StrategyProblem(
          key: "steps[2].weight", message: "20% is not above the 20% of the step before",
          hint: "write the weights in ascending order"),
        StrategyProblem(
          key: "steps[3].weight", message: "10% is not above the 20% of the step before",
          hint: "write the weights in ascending order"),
      ])
  }

  @Test func noStepsAreRefused() {
    #expect(
      Self.canary([]).problems(replicas: 10) == [
        StrategyProblem(
          key: "steps", message: "a canary without steps is a switch",
          hint: "write at least one step such as {weight: 10%}, or use blue-green")
      ])
  }

  @Test func fencepostsMatterOnlyByReplicas() {
    #expect(
      Self.canary([10], surge: .count(0), unavailable: .count(0)).problems(replicas: 10) == [])
    let problems = Self.canary([10], .replicas, surge: .count(0), unavailable: .count(0))
      .problems(replicas: 10)
    #expect(problems.map(\.key) == ["maxSurge"])
  }
}
