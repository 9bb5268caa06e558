import LabStrategies
import LabUnits
import Testing

/// Whole courses of a Canary in a toy cluster.
@Suite struct FlaggerControllerTests {
  static let metrics = [
    FlaggerMetric(
      name: "request-success-rate", of: .failures, maximum: .percent(1), interval: .minutes(1)),
    FlaggerMetric(
      name: "request-duration", of: .slow, maximum: .percent(1), interval: .seconds(30)),
  ]
  static let analysis = FlaggerAnalysis(threshold: 2, stepWeight: 20, maxWeight: 40)
  static let canary = FlaggerCanary(analysis, metrics: metrics)
  static let abTest = FlaggerCanary(
    FlaggerAnalysis(threshold: 2, iterations: 3, hasMatch: true), metrics: metrics)
  static let blueGreen = FlaggerCanary(
    FlaggerAnalysis(threshold: 2, iterations: 3), metrics: metrics, checksPerSecond: 5)
  static let mirror = FlaggerCanary(
    FlaggerAnalysis(threshold: 2, stepWeight: 20, maxWeight: 40, mirrors: true),
    mirrorWeight: .percent(50), metrics: metrics)
  static let kubernetes = FlaggerCanary(
    FlaggerAnalysis(threshold: 2, iterations: 2, isKubernetes: true), metrics: metrics,
    checksPerSecond: 5)
  static let skipping = FlaggerCanary(FlaggerAnalysis(stepWeight: 10, skipsAnalysis: true))
  static let slowly = FlaggerCanary(
    FlaggerAnalysis(stepWeight: 50, maxWeight: 50, stepWeightPromotion: 20), metrics: metrics)
  static let gated = FlaggerCanary(
    analysis, metrics: metrics, confirmsRollout: true, confirmsPromotion: true,
    resumeAfter: .seconds(90))
  static let all = [
    canary, abTest, blueGreen, mirror, kubernetes, skipping, slowly, gated,
  ]

  private func play(_ canary: FlaggerCanary, _ world: ToyCluster.World) -> ToyCluster {
    ToyCluster.play(canary.makeController(replicas: world.replicas), until: .hours(3), world)
  }

  @Test(arguments: all.indices)
  func aGoodReleaseIsPromoted(_ index: Int) throws {
    for replicas in [1, 3, 10] {
      for drain in [0, 1, 20] {
        var world = ToyCluster.World(replicas: replicas)
        world.drain = { _ in .seconds(drain) }
        world.routeDelay = .milliseconds(500 * drain)
        let cluster = play(Self.all[index], world)
        #expect(cluster.issues == [])
        #expect(cluster.record.ends.map(\.end) == [.promoted])
        #expect(cluster.record.last.route == .allCandidate)
        #expect(cluster.record.last.candidate.available == replicas)
        #expect(cluster.record.last.candidate.desired == replicas)
        #expect(cluster.record.last.stable.notGone == 0)
        #expect(cluster.record.orders.filter { Self.isRollback($0.order) }.isEmpty)
        let end = try #require(cluster.record.ends.first).time
        #expect(end - .zero >= Self.all[index].leastDuration)
      }
    }
  }

  private static func isRollback(_ order: ReleaseOrder) -> Bool {
    if case .rollBack = order { true } else { false }
  }

  @Test func ticksAndTheUpdateOfThePrimaryComeAtTheirTimes() {
    var world = ToyCluster.World(replicas: 2)
    world.startUp = { _, _ in .seconds(10) }
    let record = play(Self.canary, world).record
    // Two replicas with a surge of one: the primary updates in two start-ups of 10 s.
    let begun = record.orders.compactMap { item -> String? in
      guard case .begin(let step) = item.order else { return nil }
      return "\(Int(item.time.seconds)): \(step.number) \(step.title)"
    }
    #expect(
      begun == [
        "0: 0 scale up the canary", "60: 1 advance to weight 20", "120: 2 advance to weight 40",
        "180: 3 copy the spec to the primary", "240: 4 route all traffic to the primary",
        "300: 5 scale the canary down",
      ])
    // 40% to the canary; of the rest, the part of the primary's ready replicas that are new: 1 of 3, 1 of 2, 2 of 3.
    let shares = record.routes.map { route -> Int in
      guard case .weighted(let weight) = route.rule else { return -1 }
      return Int(weight.share.millionths / 10_000)
    }
    #expect(shares == [20, 40, 59, 70, 79, 100])
    #expect(record.most(\.desired) == 2 + 2 + 1)
    #expect(record.ends.map(\.time) == [.zero + .minutes(5)])
  }

  @Test(arguments: [0, 1, 2, 3, 4, 6, 7])
  func aFailingReleaseIsRolledBackOneTickAfterTheThreshold(_ index: Int) throws {
    var world = ToyCluster.World(replicas: 4)
    world.sample = { _, _ in .init(requests: 100, failed: 10) }
    let cluster = play(Self.all[index], world)
    #expect(cluster.issues == [])
    #expect(cluster.record.ends.map(\.end) == [.rolledBack])
    let failed = cluster.record.orders.filter { item in
      if case .announce(let line) = item.order {
        line.contains("request-success-rate")
      } else {
        false
      }
    }
    let threshold = Self.all[index].analysis.threshold
    #expect(failed.count == threshold)
    let rolledBack = try #require(
      cluster.record.orders.first { Self.isRollback($0.order) }?.time)
    let first = try #require(failed.first?.time)
    #expect(rolledBack - first == Self.all[index].interval * threshold)
    #expect(cluster.record.last.route == .allStable)
    #expect(cluster.record.last.candidate.notGone == 0)
    #expect(cluster.record.last.stable.available == 4)
  }

  @Test func noDataIsAFailureOnEveryMode() {
    var world = ToyCluster.World(replicas: 4)
    world.sample = { _, _ in .init() }
    #expect(play(Self.canary, world).record.ends.map(\.end) == [.rolledBack])
    #expect(play(Self.abTest, world).record.ends.map(\.end) == [.rolledBack])
  }

  @Test func aCanaryThatNeverStartsIsRolledBackAfterItsDeadline() throws {
    var world = ToyCluster.World(replicas: 4)
    world.startUp = { _, _ in nil }
    var canary = Self.canary
    canary.progressDeadline = .seconds(90)
    let cluster = play(canary, world)
    #expect(cluster.issues == [])
    #expect(cluster.record.ends.map(\.end) == [.rolledBack])
    // The deadline is looked at on ticks: 60 s is within it, 120 s is not.
    #expect(
      cluster.record.orders.first { Self.isRollback($0.order) }?.time == .zero + .minutes(2))
  }

  @Test func aPrimaryThatDoesNotGetReadyLeavesTheTrafficWithTheCanary() {
    var world = ToyCluster.World(replicas: 4)
    // The canary's four start, the primary's new ones never do.
    world.startUp = { version, index in version == .candidate && index >= 4 ? nil : .seconds(2) }
    var canary = Self.canary
    canary.progressDeadline = .seconds(90)
    canary.maxUnavailable = .share(.percent(50))
    canary.maxSurge = .count(0)
    let cluster = play(canary, world)
    #expect(cluster.issues == [])
    #expect(cluster.record.ends.isEmpty)
    #expect(cluster.record.last.route == .allCandidate)
  }

  @Test(arguments: all.indices)
  func anOrderedRollbackIsFollowedWheneverItComes(_ index: Int) {
    let canary = Self.all[index]
    for seconds in stride(from: 5, through: 500, by: 33) {
      var world = ToyCluster.World(replicas: 5)
      world.rollback = .zero + .seconds(seconds)
      world.drain = { _ in .seconds(4) }
      world.routeDelay = .seconds(1)
      let cluster = play(canary, world)
      #expect(cluster.issues == [], "at \(seconds) s")
      #expect(cluster.record.ends.last?.end == .rolledBack, "at \(seconds) s")
      #expect(cluster.record.last.route == .allStable, "at \(seconds) s")
      #expect(cluster.record.last.stable.available == 5, "at \(seconds) s")
      #expect(cluster.record.last.candidate.notGone == 0, "at \(seconds) s")
    }
  }

  @Test(arguments: all.indices)
  func aChangeOfTheDesiredReplicasIsFollowed(_ index: Int) {
    for seconds in stride(from: 1, through: 400, by: 39) {
      for replicas in [2, 9] {
        var world = ToyCluster.World(replicas: 5)
        world.resize = (.zero + .seconds(seconds), replicas)
        let cluster = play(Self.all[index], world)
        #expect(cluster.issues == [], "at \(seconds) s")
        #expect(cluster.record.ends.map(\.end) == [.promoted], "at \(seconds) s")
        #expect(cluster.record.last.candidate.available == replicas, "at \(seconds) s")
        #expect(cluster.record.last.stable.notGone == 0, "at \(seconds) s")
      }
    }
  }

  @Test func blueGreenShowsUsersNothingBeforeItsJump() {
    let record = play(Self.blueGreen, ToyCluster.World(replicas: 4)).record
    #expect(record.routes == [.allCandidate])
    #expect(record.orders.first { $0.order == .route(.allCandidate) }?.time == .zero + .minutes(4))
  }

  @Test func mirroringComesBeforeTheFirstWeight() {
    let record = play(Self.mirror, ToyCluster.World(replicas: 4)).record
    #expect(record.routes.first == TrafficRoute(.weighted(.allStable), mirrored: .percent(50)))
    #expect(record.routes.dropFirst().first == TrafficRoute(.weighted(.percent(20))))
  }

  @Test func outlinesOfTheModes() {
    #expect(
      Self.canary.outline(replicas: 4) == [
        "at 0s: run 4 canary replicas", "at 1m: advance to weight 20",
        "at 2m: advance to weight 40",
        "at 3m: copy the spec to the primary, which updates, at most 1 extra, at most 1 missing",
        "at 4m: route all traffic to the primary", "at 5m: scale the canary down",
      ])
    #expect(
      Self.blueGreen.outline(replicas: 4) == [
        "at 0s: run 4 canary replicas", "at 1m: iteration 1 of 3",
        "until 3m: check 2 times more", "at 4m: route all traffic to the canary",
        "at 5m: copy the spec to the primary, which updates, at most 1 extra, at most 1 missing",
        "at 6m: route all traffic to the primary", "at 7m: scale the canary down",
      ])
  }

  @Test func contradictionsAreNamed() {
    func keys(_ canary: FlaggerCanary) -> [String] { canary.problems(replicas: 4).map(\.key) }
    for canary in Self.all { #expect(keys(canary) == []) }
    #expect(keys(FlaggerCanary(FlaggerAnalysis())) == ["stepWeight"])
    #expect(keys(FlaggerCanary(FlaggerAnalysis(stepWeights: [10, 10]))) == ["stepWeights[1]"])
    #expect(keys(FlaggerCanary(FlaggerAnalysis(stepWeight: 5, hasMatch: true))) == ["matchedUsers"])
    #expect(
      keys(FlaggerCanary(FlaggerAnalysis(iterations: 3), metrics: Self.metrics))
        == ["checksPerSecond"])
    #expect(
      keys(FlaggerCanary(Self.analysis, canaryReplicas: .count(0))) == ["canaryReplicas"])
  }

  @Test func theNextTickIsExplained() {
    var state = ControllerState(
      desiredReplicas: 4, stable: ReplicaCounts(desired: 4, ready: 4, available: 4),
      candidate: ReplicaCounts(desired: 4, ready: 4, available: 4), weight: .percent(20),
      phase: "Progressing")
    let step = Self.canary.next(state)
    #expect(step.orders.contains(.route(TrafficRoute(.weighted(.percent(40))))))
    #expect(
      step.reason
        == "the checks passed and 20% is below the maxWeight of 40%, so the weight goes to 40%")
    #expect(step.looksAgainAfter == .minutes(1))
    state.analysis = "Failed"
    #expect(Self.canary.next(state).orders == [])
    state.failedChecks = 2
    #expect(
      Self.canary.next(state).orders.contains(.rollBack(because: "2 checks have failed")))
    state = ControllerState(
      desiredReplicas: 4, stable: ReplicaCounts(desired: 4, ready: 4, available: 4))
    #expect(Self.canary.next(state).orders.contains(.scale(.candidate, to: 4)))
  }
}
