import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// What a scenario says of scarce things, and what contradicts it.
struct ScarceThingTests {
  private static func scenario(_ things: [ScarceThing]) -> Scenario {
    plainScenario(replicas: 10, strategies: [Recreate()]) { $0.scarce = things }
  }

  private static func problems(_ things: [ScarceThing]) -> [String] {
    scenario(things).problems().map { "\($0.path): \($0.message); \($0.hint)" }
  }

  @Test(arguments: [
    (19, 0, 237, 12), (19, 10, 237, 11), (1, 0, 5, 5), (3, 9, 8, 0),
  ])
  func replicasFindWhatIsLeft(_ perReplica: Int, _ others: Int, _ limit: Int, _ replicas: Int) {
    let thing = ScarceThing(
      kind: .licences, name: "licences", perReplica: perReplica, others: others, limit: limit)
    #expect(thing.replicas == replicas)
  }

  @Test func whatNobodyKnowsALimitOfLimitsNothing() {
    let thing = ScarceThing(kind: .licences, name: "licences", perReplica: 2)
    #expect(thing.replicas == nil)
    #expect(CompiledScenario(Self.scenario([thing])).quotaReplicas == nil)
  }

  @Test func onlyWhatIsWaitedForHoldsReplicasBack() {
    func quota(_ kind: ScarceThing.Kind) -> Int? {
      CompiledScenario(
        Self.scenario([ScarceThing(kind: kind, name: "things", perReplica: 1, limit: 12)])
      ).quotaReplicas
    }
    #expect(ScarceThing.Kind.allCases.filter { quota($0) == 12 } == [.gpus, .addresses, .licences])
    #expect(ScarceThing.Kind.allCases.filter { quota($0) == nil }.count == 3)
  }

  @Test func theTightestLimitHoldsAndIsNamed() {
    var scenario = Self.scenario([
      ScarceThing(kind: .licences, name: "licences", perReplica: 1, limit: 14),
      ScarceThing(kind: .addresses, name: "subnet", perReplica: 1, others: 3, limit: 14),
    ])
    scenario.cluster.quota.replicas = 13
    let compiled = CompiledScenario(scenario)
    #expect(compiled.quotaReplicas == 11)
    #expect(compiled.scarcest?.name == "subnet")
    scenario.cluster.quota.replicas = 11
    #expect(CompiledScenario(scenario).scarcest == nil, "the quota comes first")
  }

  @Test func aNodeTakesNoMoreReplicasThanItHasGPUsFor() {
    let gpus = ScarceThing(kind: .gpus, name: "gpus", perReplica: 2, perNode: 5)
    let scenario = Self.scenario([gpus])
    #expect(scenario.replicasPerNode == 2)
    #expect(CompiledScenario(scenario).placesPerNode == 2)
    #expect(Self.scenario([]).replicasPerNode == 8)
  }

  @Test func contradictionsAreSaidInFull() {
    #expect(
      Self.problems([
        ScarceThing(kind: .connections, name: "db", perReplica: 30, others: 5, limit: 237),
        ScarceThing(kind: .gpus, name: "db", perReplica: 4, perNode: 2),
      ])
        == [
          "scarce[0].limit: the service and others take 305 db before the release, and there are 237; write at least 305, or fewer for each replica",
          "scarce[1]: a second scarce thing is called 'db'; give it a name of its own: `name: other-db`",
          "scarce[1].perNode: a replica takes 4 db, and a node has 2; write at least 4",
          "cluster.nodes: no replica fits on a node; ask for less cpu or memory per replica, or write a larger node",
        ].sorted { $0.hasPrefix("cluster") && !$1.hasPrefix("cluster") })
  }

  @Test func consumersMayOutnumberPartitions() {
    #expect(
      Self.problems([ScarceThing(kind: .partitions, name: "p", perReplica: 1, limit: 3)]).isEmpty)
  }
}
