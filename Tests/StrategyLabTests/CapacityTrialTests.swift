import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// What strategies ask for of scarce things, where it follows from the scenario by hand.
struct CapacityTrialTests {
  private static let quarter = ReplicaQuantity.share(.percent(25))

  private static func plan(
    _ strategy: any ReleaseStrategy, replicas: Int = 4, within: Span? = nil, threads: Int = 2,
    _ adjust: (inout Scenario) -> Void = { _ in }
  ) throws -> CapacityPlan {
    let scenario = plainScenario(replicas: replicas, strategies: [strategy]) {
      $0.experiment.replications = 5
      adjust(&$0)
    }
    return try #require(CapacityTrial(scenario: scenario, within: within).plan(threads: threads))
  }

  private static func need(_ name: String, of plan: CapacityPlan) throws -> CapacityPlan.Need {
    let index = try #require(plan.entries.firstIndex { $0.name == name })
    return try #require(plan.strategies.first).needs[index]
  }

  private static func connections(_ perReplica: Int, limit: Int) -> ScarceThing {
    ScarceThing(kind: .connections, name: "db", perReplica: perReplica, limit: limit)
  }

  @Test func aSecondFleetDoublesTheConnections() throws {
    let plan = try Self.plan(BlueGreen.plain(hold: .seconds(40))) {
      $0.scarce = [Self.connections(10, limit: 60)]
    }
    let need = try Self.need("db", of: plan)
    #expect(need.steady == 40)
    #expect(need.peaks == Array(repeating: 80, count: 5))
    // The second fleet takes 20 s to start and is kept for 40 s.
    #expect(need.firstShortSeconds == Array(repeating: 0, count: 5))
    #expect(need.meanShortSeconds == 60)
    #expect(need.shortReleases == 5)
    #expect(need.leastToFinish == nil, "nobody waits for a connection")
    #expect(!plan.fits)
  }

  @Test func fifteenReplicasThatAreSlowToStopAreTwentyTwoAtOnce() throws {
    // kubernetes/kubernetes#95498: 25% of 15 are 4 more and 3 fewer, and the 3 take a minute to stop.
    let scenario = plainScenario(
      replicas: 15,
      strategies: [RollingUpdate(maxSurge: Self.quarter, maxUnavailable: Self.quarter)]
    ) {
      $0.service.drain = .fixed(.seconds(60))
      $0.service.terminationGrace = .seconds(90)
    }
    var used: Simulation?
    let course = Experiment(scenario: scenario)
      .course(strategyIndex: 0, replication: 0, after: &used)
    let first = try #require(course.steps.first)
    #expect(first.created == 22)
    #expect(first.terminating == 3)
  }

  @Test func aReplicaThatHoldsEveryGPUKeepsItsSuccessorWaiting() throws {
    let gpus = ScarceThing(kind: .gpus, name: "gpus", perReplica: 2, limit: 2, perNode: 2)
    let rolling = try Self.plan(
      RollingUpdate(maxSurge: Self.quarter, maxUnavailable: Self.quarter), replicas: 1
    ) { $0.scarce = [gpus] }
    let strategy = try #require(rolling.strategies.first)
    #expect(strategy.finish == nil)
    #expect(
      strategy.standstill?.sentence
        == "the release never finishes: 1 candidate replica waits for gpus: 2 of 2 are in use; it needs 2 places at once, and there is 1"
    )
    #expect(
      strategy.standstill?.hint
        == "2 places would do, without downtime; maxSurge: 0 and maxUnavailable: 1 would finish as things are, with 20 s of downtime"
    )
    let need = try Self.need("gpus", of: rolling)
    #expect(need.worst == 4)
    #expect(need.leastToFinish == 4)
    #expect(need.meanShortSeconds == 3600)
    #expect(!rolling.fits)
    let recreate = try Self.plan(Recreate(), replicas: 1) { $0.scarce = [gpus] }
    #expect(try Self.need("gpus", of: recreate).leastToFinish == 2)
    #expect(recreate.fits)
  }

  @Test func fewPlacesFinishLateAndManyInTime() throws {
    // A surge of four in one go takes 20 s; with a place less, two goes.
    let rolling = RollingUpdate(maxSurge: .count(4), maxUnavailable: .count(0))
    let any = try Self.plan(rolling)
    #expect(try Self.need("replicas", of: any).leastToFinish == 5)
    #expect(try Self.need("replicas", of: any).leastWithin == nil)
    for (seconds, places) in [(20, 8.0), (40, 6), (60, 6), (80, 5)] {
      let plan = try Self.plan(rolling, within: .seconds(seconds))
      #expect(try Self.need("replicas", of: plan).leastWithin == places, "\(seconds) s")
    }
    let never = try Self.plan(rolling, within: .seconds(19))
    #expect(try Self.need("replicas", of: never).leastWithin == nil)
  }

  /// The search for the fewest places takes for granted what this plays one by one.
  @Test(arguments: 0..<5) func morePlacesNeverKeepAReleaseFromFinishing(_ number: Int) throws {
    var scenario = ScenarioGenerator.scenario(number)
    scenario.autoscaler = nil
    scenario.service.replicas = min(scenario.service.replicas, 6)
    scenario.cluster.nodeCount = nil
    scenario.cluster.nodeMaximum = nil
    scenario.cluster.quota = ClusterModel.Quota()
    for index in scenario.strategies.indices {
      let least = LeastPlaces(scenario, strategy: index).finishing()
      var before = false
      for places in scenario.service.replicas...(3 * scenario.service.replicas) {
        let play = ProjectionStage(scenario.withPlaces(places)).play(
          index, pace: .even, isPatient: false)
        let finishes = play.end == .promoted && play.watch.decision == nil
        #expect(finishes || !before, "\(scenario.strategies[index].name), \(places)")
        if finishes, !before { #expect(least == places) }
        before = finishes
      }
    }
  }

  @Test func nodesAreAskedForByThoseThatWait() throws {
    // Two replicas a node, two nodes at most, and a second fleet of four.
    let plan = try Self.plan(BlueGreen.plain()) {
      $0.cluster.nodeCapacity = ComputeResources(milliCores: 1000, memoryBytes: 16 << 30)
      $0.cluster.nodeCount = 2
      $0.cluster.nodeMaximum = 3
    }
    let need = try Self.need("nodes", of: plan)
    #expect(need.steady == 2)
    #expect(need.worst == 4)
    #expect(need.leastToFinish == 4)
    #expect(need.shortReleases == 5)
  }

  @Test func consumersWithoutAPartitionIdle() throws {
    let plan = try Self.plan(BlueGreen.plain(hold: .seconds(40))) {
      $0.scarce = [ScarceThing(kind: .partitions, name: "partitions", perReplica: 1, limit: 6)]
    }
    let need = try Self.need("partitions", of: plan)
    #expect(need.worst == 8)
    // Both fleets are ready from 20 s on.
    #expect(need.firstShortSeconds.first == 20)
    #expect(need.meanShortSeconds == 40)
  }

  @Test func thePlanIsTheSameOnAnyNumberOfThreads() throws {
    func peaks(_ threads: Int) throws -> [[Double]] {
      let plan = try Self.plan(
        RollingUpdate(maxSurge: Self.quarter, maxUnavailable: Self.quarter), replicas: 20,
        threads: threads
      ) {
        $0.experiment.replications = 40
        $0.service.startup = .exponential(mean: .seconds(30))
        $0.service.drain = .exponential(mean: .seconds(20))
      }
      return try #require(plan.strategies.first).needs.map(\.peaks)
    }
    let alone = try peaks(1)
    #expect(try peaks(4) == alone)
    #expect(Set(alone[0]).count > 2, "the peaks differ from release to release")
  }

  @Test func whoIsAskedToStopHasNoPlan() {
    let scenario = plainScenario(strategies: [Recreate()])
    #expect(CapacityTrial(scenario: scenario).plan(threads: 2, shouldStop: { true }) == nil)
  }
}
