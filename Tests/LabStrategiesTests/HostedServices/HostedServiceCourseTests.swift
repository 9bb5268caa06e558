import LabStrategies
import LabUnits
import Testing

/// Whole courses of the hosted services in a toy cluster.
@Suite struct HostedServiceCourseTests {
  static let all: [any StepwiseStrategy] = [
    CodeDeploy(
      shift: .linear(step: .percent(25), interval: .minutes(1)), hooksBefore: .seconds(30),
      terminationWait: .minutes(5)),
    NativeECS(.canary, bake: .minutes(2)), NativeECS(.blueGreen, bake: .minutes(2)),
    ECSRolling(), ECSRolling(minimumHealthy: .percent(50), maximum: .percent(150)),
    ECSRolling(minimumHealthy: .percent(50), maximum: .whole, circuitBreaker: true),
    CodeDeployHosts(), CodeDeployHosts(.halfAtATime), CodeDeployHosts(.allAtOnce),
    CodeDeployHosts(minimumHealthy: .count(1)),
  ]

  private func play(_ strategy: any ReleaseStrategy, _ world: ToyCluster.World) -> ToyCluster {
    ToyCluster.play(strategy.makeController(replicas: world.replicas), until: .hours(12), world)
  }

  @Test(arguments: all.indices)
  func aGoodReleaseIsPromoted(_ index: Int) throws {
    for replicas in [2, 5, 10] {
      var world = ToyCluster.World(replicas: replicas)
      world.drain = { .seconds(1 + $0 % 3) }
      let strategy = Self.all[index]
      #expect(strategy.problems(replicas: replicas).isEmpty)
      let cluster = play(strategy, world)
      #expect(cluster.issues == [])
      #expect(cluster.record.ends.map(\.end) == [.promoted])
      #expect(cluster.record.last.candidate.available == replicas)
      #expect(cluster.record.last.stable.notGone == 0)
      let end = try #require(cluster.record.ends.first).time
      #expect(end - .zero >= strategy.leastDuration)
    }
  }

  @Test(arguments: all.indices)
  func anOrderedRollbackIsFollowedWheneverItComes(_ index: Int) {
    for seconds in stride(from: 1, through: 40, by: 3) {
      var world = ToyCluster.World(replicas: 5)
      world.rollback = .zero + .seconds(seconds)
      world.startUp = { _, _ in .seconds(5) }
      let cluster = play(Self.all[index], world)
      #expect(cluster.issues == [], "at \(seconds) s")
      #expect(cluster.record.ends.last?.end == .rolledBack, "at \(seconds) s")
      #expect(cluster.record.last.stable.available == 5, "at \(seconds) s")
      #expect(cluster.record.last.candidate.notGone == 0, "at \(seconds) s")
    }
  }

  @Test(arguments: all.indices)
  func aFailedAlarmRollsBack(_ index: Int) {
    var world = ToyCluster.World(replicas: 5)
    world.startUp = { _, _ in .seconds(20) }
    world.failure = { _, _ in .seconds(3) }
    let cluster = play(Self.all[index], world)
    #expect(cluster.issues == [])
    #expect(cluster.record.ends.last?.end == .rolledBack)
    #expect(cluster.record.last.stable.available == 5)
    #expect(cluster.record.last.candidate.notGone == 0)
  }

  @Test(arguments: all.indices)
  func aChangeOfTheDesiredReplicasIsFollowed(_ index: Int) {
    for (seconds, replicas) in [(3, 8), (3, 2), (7, 9), (61, 3)] {
      var world = ToyCluster.World(replicas: 5)
      world.resize = (.zero + .seconds(seconds), replicas)
      let cluster = play(Self.all[index], world)
      #expect(cluster.issues == [], "\(index) at \(seconds) s")
      #expect(cluster.record.ends.last?.end == .promoted, "\(index) at \(seconds) s")
    }
  }

  @Test func ecsKeepsItsLimits() {
    let strategy = ECSRolling(minimumHealthy: .percent(50), maximum: .percent(150))
    let record = play(strategy, ToyCluster.World(replicas: 3)).record
    #expect(record.most(\.desired) == 4)
    #expect(record.least(\.available) >= 2)
  }

  @Test func theCircuitBreakerEndsADeploymentThatNeverGetsHealthy() throws {
    var world = ToyCluster.World(replicas: 4)
    world.startUp = { version, _ in version == .candidate ? nil : .seconds(2) }
    let cluster = play(ECSRolling(circuitBreaker: true), world)
    #expect(cluster.issues == [])
    #expect(cluster.record.ends.map(\.end) == [.rolledBack])
    // Four tasks fail their health checks at once, and three are allowed.
    let reason = cluster.record.orders.compactMap { item -> String? in
      if case .rollBack(let reason) = item.order {
        "\(Int(item.time.seconds)): \(reason)"
      } else {
        nil
      }
    }
    #expect(reason == ["90: 4 tasks have failed, and 3 are allowed"])
  }

  @Test func hostsAreTakenOutAFewAtATime() {
    let record = play(CodeDeployHosts(.halfAtATime), ToyCluster.World(replicas: 9)).record
    #expect(record.least(\.available) >= 5)
    #expect(record.most(\.live) == 9)
    #expect(record.most(\.notGone) == 9)
  }

  @Test func aHostThatNeverComesBackStopsTheDeployment() {
    var world = ToyCluster.World(replicas: 4)
    world.startUp = { version, _ in version == .candidate ? nil : .seconds(2) }
    let cluster = play(CodeDeployHosts(hostTimeout: .minutes(10)), world)
    #expect(cluster.issues == [])
    #expect(cluster.record.ends.map(\.end) == [.rolledBack])
    #expect(cluster.record.least(\.available) == 3)
  }

  @Test func theFailureOfTheLastHostIsForgiven() {
    var world = ToyCluster.World(replicas: 4)
    world.startUp = { version, index in version == .candidate && index == 3 ? nil : .seconds(2) }
    let cluster = play(CodeDeployHosts(hostTimeout: .minutes(10)), world)
    #expect(cluster.record.ends.map(\.end) == [.promoted])
  }

  @Test func nothingMovesBetweenLimitsThatMeet() {
    let stuck = ECSRolling(minimumHealthy: .whole, maximum: .whole)
    #expect(stuck.problems(replicas: 4).map(\.key) == ["maximumPercent"])
    #expect(play(stuck, ToyCluster.World(replicas: 4)).record.steps.isEmpty)
    let full = CodeDeployHosts(minimumHealthy: .share(.percent(95)))
    #expect(full.problems(replicas: 10).map(\.key) == ["minimumHealthy"])
    #expect(play(full, ToyCluster.World(replicas: 10)).record.steps.isEmpty)
  }

  @Test func theNextPhaseIsExplained() {
    let deploy = CodeDeploy(shift: .canary(share: .percent(10), interval: .minutes(5)))
    let whole = ReplicaCounts(desired: 4, ready: 4, available: 4)
    var state = ControllerState(desiredReplicas: 4, stable: whole)
    #expect(deploy.next(state).orders == [.scale(.candidate, to: 4)])
    state.candidate = whole
    #expect(deploy.next(state).orders == [.route(TrafficRoute(.weighted(.percent(10))))])
    state.weight = .percent(10)
    state.elapsed = .minutes(2)
    #expect(
      deploy.next(state).reason
        == "the pause of 5m goes on for 3m; the candidate is watched, and a failure rolls it back")
    #expect(deploy.next(state).looksAgainAfter == .minutes(3))
    state.elapsed = .minutes(5)
    #expect(deploy.next(state).orders == [.route(.allCandidate)])
    state.isAborted = true
    #expect(deploy.next(state).orders == [.route(.allStable)])
    let hosts = ControllerState(desiredReplicas: 4, stable: whole)
    #expect(CodeDeployHosts().next(hosts).orders == [.scale(.stable, to: 3)])
    #expect(ECSRolling().next(hosts).orders == [.scale(.candidate, to: 4)])
  }
}
