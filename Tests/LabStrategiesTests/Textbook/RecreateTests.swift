import LabStrategies
import LabUnits
import Testing

@Suite struct RecreateTests {
  @Test func stopsThenStarts() {
    let plan = Standard.recreate.plan
    #expect(plan.route == .byReplicaShare)
    #expect(plan.phases == [.recreate(with: .candidate)])
    #expect(plan.rollback == [.recreate(with: .stable)])
    #expect(plan.leastDuration == .zero)
    #expect(!Standard.recreate.needsTrafficRouting)
  }

  @Test func outlineIsOneSentence() {
    #expect(
      Standard.recreate.outline(replicas: 40) == [
        "stop all stable replicas, wait until the last is gone, then start 40 candidate replicas"
      ])
  }

  @Test func undoingInTheOutageWaitsForTheLastCandidateToBeGone() {
    var world = ToyCluster.World(replicas: 4)
    world.startUp = { version, _ in version == .candidate ? nil : .seconds(2) }
    world.rollback = .zero + .seconds(15)
    let record = ToyCluster.play(Standard.recreate.makeController(replicas: 4), world).record
    #expect(record.steps == "stable 4>0, candidate 0>4, candidate 4>0, stable 0>4")
    #expect(record.ends.map(\.end) == [.rolledBack])
    #expect(record.ends.map(\.time) == [.zero + .seconds(18)])
  }
}
