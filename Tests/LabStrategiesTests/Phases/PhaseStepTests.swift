import LabUnits
import Testing

@testable import LabStrategies

/// The phases of a plan as steps: once each that begins, in their order, and without a word of their own.
@Suite struct PhaseStepTests {
  private func steps(_ strategy: some ReleaseStrategy, _ world: ToyCluster.World = .init())
    -> [ReleaseStep]
  {
    let cluster = ToyCluster.play(strategy.makeController(replicas: 10), world)
    #expect(cluster.issues == [])
    return cluster.record.orders.compactMap {
      if case .begin(let step) = $0.order { step } else { nil }
    }
  }

  @Test func aRollingUpdateIsOneStep() {
    var world = ToyCluster.World()
    world.route = .byReplicaShare
    #expect(
      steps(Standard.rollingUpdate, world) == [
        ReleaseStep(
          number: 1,
          title: "rolling update",
          wantedWeight: .allCandidate, isAnnounced: false)
      ])
  }

  @Test func everyPhaseOfACanaryBeginsOnce() {
    let strategy = Standard.canary
    let steps = steps(strategy)
    let titles = strategy.plan.phases.compactMap { $0.title(replicas: 10) }
    #expect(steps.allSatisfy { !$0.isAnnounced && titles.contains($0.title) })
    #expect(steps.map(\.number) == steps.map(\.number).sorted())
    #expect(Set(steps.map(\.number)).count == steps.count)
    let weights = steps.compactMap { $0.wantedWeight }
    #expect(weights == weights.sorted())
    #expect(weights.last == .allCandidate)
  }

  @Test func theStepsOfARollBackHaveNoNumber() {
    var world = ToyCluster.World()
    world.rollback = .zero + .seconds(90)
    let steps = steps(Standard.canary, world)
    let back = steps.drop { $0.number > 0 }
    #expect(!back.isEmpty && back.allSatisfy { $0.number == 0 })
    #expect(back.contains { $0.wantedWeight == .allStable })
  }
}
