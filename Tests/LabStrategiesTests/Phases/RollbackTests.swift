import LabStrategies
import LabUnits
import Testing

/// Undoing, at every moment of every strategy.
@Suite struct RollbackTests {
  static let cases = Standard.all.indices.flatMap { strategy in
    [1, 2, 7].flatMap { replicas in [0, 3].map { (strategy, replicas, $0) } }
  }

  @Test(arguments: cases)
  func endsWithStableAloneFromWhereverItStands(
    index: Int, replicas: Int, routeDelay: Int
  ) throws {
    let strategy = Standard.all[index]
    var world = ToyCluster.World(replicas: replicas)
    world.routeDelay = .seconds(routeDelay)
    world.minReady = .seconds(1)
    let undisturbed = ToyCluster.play(strategy.makeController(replicas: replicas), world).record
    // At each instant at which something happened, between each two, and after the promotion.
    let instants = undisturbed.fleets.map(\.now)
    let times = instants.flatMap { [$0, $0 + .milliseconds(500)] } + [undisturbed.end + .hours(1)]
    for time in times {
      world.rollback = time
      let cluster = ToyCluster.play(strategy.makeController(replicas: replicas), world)
      expectStableAlone(cluster, replicas, "\(type(of: strategy).kind) at \(time.seconds) s")
    }
  }

  @Test(arguments: Standard.all.indices)
  func endsWithStableAloneWhicheverAnalysisFails(index: Int) {
    let strategy = Standard.all[index]
    let analyses = strategy.plan.phases.count {
      switch $0 {
      case .analyse, .hold(_, analysed: true): true
      default: false
      }
    }
    for failing in 1..<(analyses + 1) {
      for span in [Span.seconds(1), .seconds(30)] {
        var world = ToyCluster.World(replicas: 8)
        world.failure = { _, number in number == failing ? span : nil }
        let cluster = ToyCluster.play(strategy.makeController(replicas: 8), world)
        expectStableAlone(cluster, 8, "\(type(of: strategy).kind), analysis \(failing)")
        #expect(cluster.record.lines.contains { $0.hasPrefix("rolls back: the analysis") })
      }
    }
  }

  @Test(arguments: Standard.all.indices)
  func isOverAtOnceBeforeAnythingHappened(index: Int) {
    var controller = Standard.all[index].makeController(replicas: 4)
    let fleet = FleetObservation(
      now: .zero, desiredReplicas: 4,
      stable: ReplicaCounts(desired: 4, ready: 4, available: 4), candidate: ReplicaCounts(),
      route: Standard.all[index].plan.route, isRollbackOrdered: true)
    var orders: [ReleaseOrder] = []
    controller.reconcile(fleet, into: &orders)
    #expect(orders == [.announce("rolls back: it was ordered"), .finish(.rolledBack)])
    orders = []
    controller.reconcile(fleet, into: &orders)
    #expect(orders == [])
  }

  /// A replica of stable that is not available just now must not keep traffic on a bad candidate.
  @Test func trafficReturnsAtOnceToAStableThatWasNeverScaledDown() {
    var controller = PhaseController(Standard.canary.plan)
    var fleet = FleetObservation(
      now: .zero, desiredReplicas: 4,
      stable: ReplicaCounts(desired: 4, starting: 1, ready: 3, available: 3),
      candidate: ReplicaCounts(desired: 1, ready: 1, available: 1),
      route: TrafficRoute(.weighted(.percent(10))))
    fleet.isRollbackOrdered = true
    var orders: [ReleaseOrder] = []
    controller.reconcile(fleet, into: &orders)
    #expect(orders.contains(.route(.allStable)))
  }

  private func expectStableAlone(_ cluster: ToyCluster, _ replicas: Int, _ comment: String) {
    let last = cluster.record.last
    #expect(cluster.issues == [], "\(comment)")
    #expect(cluster.record.ends.last?.end == .rolledBack, "\(comment)")
    #expect(
      last.stable == ReplicaCounts(desired: replicas, ready: replicas, available: replicas),
      "\(comment)")
    #expect(last.candidate == ReplicaCounts(), "\(comment)")
    #expect(last.route == .allStable || last.route == .byReplicaShare, "\(comment)")
    #expect(last.verdict == .notRunning, "\(comment)")
  }
}
