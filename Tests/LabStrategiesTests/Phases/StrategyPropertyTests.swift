import LabStrategies
import LabUnits
import Testing

/// What must hold for every fleet, every pair of fenceposts and every delay.
@Suite struct StrategyPropertyTests {
  /// A small generator with a fixed course (Knuth, MMIX), so that a failure can be played again.
  struct Course {
    var state: UInt64

    mutating func next(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }

    mutating func quantity(_ replicas: Int) -> ReplicaQuantity {
      next(below: 2) == 0
        ? .count(next(below: replicas + 2)) : .share(.percent(next(below: 101)))
    }

    mutating func world(_ replicas: Int) -> ToyCluster.World {
      var world = ToyCluster.World(replicas: replicas)
      let (starts, drains) = (UInt64(next(below: 1 << 30)), UInt64(next(below: 1 << 30)))
      world.startUp = { version, index in
        var course = Course(state: starts &+ UInt64(2 * index + version.rawValue))
        return .milliseconds(100 + course.next(below: 5000))
      }
      world.drain = { index in
        var course = Course(state: drains &+ UInt64(index))
        return .milliseconds(1 + course.next(below: 3000))
      }
      world.minReady = .seconds(next(below: 3))
      return world
    }
  }

  @Test(arguments: 1...150)
  func rollingUpdatesKeepTheirFenceposts(seed: Int) throws {
    var course = Course(state: UInt64(seed))
    let replicas = course.next(below: 30)
    let (surge, unavailable) = (course.quantity(replicas), course.quantity(replicas))
    var world = course.world(replicas)
    if course.next(below: 2) == 0 { undo(&world, at: .milliseconds(course.next(below: 9000))) }
    let cluster = ToyCluster.play(
      RollingUpdate(maxSurge: surge, maxUnavailable: unavailable)
        .makeController(replicas: replicas), world)
    let rolling = RollingParameters(
      desired: replicas, maxSurge: surge, maxUnavailable: unavailable)
    try expectFenceposts(cluster, rolling)
  }

  @Test(arguments: 1...150)
  func canariesByReplicasKeepTheirFenceposts(seed: Int) throws {
    var course = Course(state: UInt64(1000 + seed))
    let replicas = 1 + course.next(below: 30)
    let (surge, unavailable) = (course.quantity(replicas), course.quantity(replicas))
    let weights = (0..<(1 + course.next(below: 4))).map { _ in 1 + course.next(below: 100) }
    let canary = Canary(
      steps: Set(weights).sorted().map { .init(weight: .percent($0), pause: .seconds(3)) },
      routing: .replicas, maxSurge: surge, maxUnavailable: unavailable, analysis: true,
      scaleDownDelay: .zero, abortDelay: .zero)
    var world = course.world(replicas)
    if course.next(below: 2) == 0 { undo(&world, at: .milliseconds(course.next(below: 20_000))) }
    let cluster = ToyCluster.play(canary.makeController(replicas: replicas), world)
    let rolling = RollingParameters(
      desired: replicas, maxSurge: surge, maxUnavailable: unavailable)
    try expectFenceposts(cluster, rolling)
  }

  @Test(arguments: 1...60)
  func aChangeOfTheDesiredReplicasIsFollowed(seed: Int) throws {
    var course = Course(state: UInt64(2000 + seed))
    let (before, after) = (1 + course.next(below: 20), 1 + course.next(below: 20))
    var world = course.world(before)
    world.resize = (.zero + .milliseconds(course.next(below: 1500)), after)
    let cluster = ToyCluster.play(
      Standard.rollingUpdate.makeController(replicas: before), world)
    #expect(cluster.issues == [])
    #expect(cluster.record.ends.last?.end == .promoted)
    #expect(cluster.record.last.candidate.available == after)
    #expect(cluster.record.last.stable.notGone == 0)
  }

  @Test(arguments: 1...100)
  func sideBySideNeverServesFewerThanTheDesired(seed: Int) throws {
    var course = Course(state: UInt64(3000 + seed))
    let strategy = [0, 1, 2, 3].map { [2, 3, 5, 6][$0] }[course.next(below: 4)]
    let replicas = 1 + course.next(below: 30)
    var world = course.world(replicas)
    world.routeDelay = .seconds(course.next(below: 4))
    let cluster = ToyCluster.play(
      Standard.all[strategy].makeController(replicas: replicas), world)
    #expect(cluster.issues == [])
    #expect(cluster.record.ends.map(\.end) == [.promoted])
    #expect(cluster.record.most(\.desired) == 2 * replicas)
    #expect(cluster.record.least(\.available) >= replicas)
    #expect(cluster.record.last.route == .allCandidate)
    // The plan's least duration is a floor.
    let end = try #require(cluster.record.ends.first).time
    #expect(end - .zero >= Standard.all[strategy].leastDuration)
  }

  /// Undoes without a minimum ready time.
  ///
  /// With one, the cleaning up of replicas that are ready but not available can hit an available
  /// one, since ready times count by their power of two. Upstream then goes below its least
  /// available replicas, and so do we.
  private func undo(_ world: inout ToyCluster.World, at time: Span) {
    world.minReady = .zero
    world.rollback = .zero + time
  }

  private func expectFenceposts(_ cluster: ToyCluster, _ rolling: RollingParameters) throws {
    #expect(cluster.issues == [])
    let end = try #require(cluster.record.ends.last).end
    let last = cluster.record.last
    #expect(last.stable.desired == (end == .promoted ? 0 : rolling.desired))
    #expect(last.candidate.available == (end == .promoted ? rolling.desired : 0))
    #expect(cluster.record.most(\.desired) <= rolling.mostReplicas)
    #expect(cluster.record.least(\.available) >= rolling.leastAvailable)
  }
}
