import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// Contradictions between keys that are each well written; a node of the plain scenario takes 8 replicas.
@Suite struct ScenarioProblemTests {
  /// The problems of a scenario as `path: message -> hint`.
  private func problems(
    replicas: Int = 20, _ adjust: (inout Scenario) -> Void = { _ in }
  ) -> [String] {
    plainScenario(replicas: replicas, strategies: [Recreate()], adjust: adjust).problems()
      .map { "\($0.path): \($0.message) -> \($0.hint)" }
  }

  @Test func thePlainScenarioHasNone() {
    #expect(problems() == [])
  }

  @Test func nodesThatJustHoldTheServiceAreEnough() {
    #expect(
      problems {
        $0.cluster.nodeCount = 3
        $0.cluster.nodeMaximum = 3
      } == [])
  }

  @Test func tooFewNodesAtTheStart() {
    #expect(
      problems { $0.cluster.nodeCount = 2 } == [
        "cluster.nodes.count: 2 nodes at the start hold 16 replicas, and the service has 20 -> write at least 3"
      ])
  }

  @Test func tooFewNodesEver() {
    #expect(
      problems {
        $0.cluster.nodeCount = nil
        $0.cluster.nodeMaximum = 1
      } == [
        "cluster.nodes.maximum: 1 node at most holds 8 replicas, and the service has 20 -> write at least 3"
      ])
  }

  @Test func maximumBelowTheStart() {
    #expect(
      problems {
        $0.cluster.nodeCount = 5
        $0.cluster.nodeMaximum = 4
      } == [
        "cluster.nodes.maximum: maximum 4 is below the 5 nodes at the start -> write at least 5"
      ])
  }

  @Test func servicesWithoutVarianceHaveNoFormula() {
    #expect(
      problems {
        $0.service.serviceTime = .pareto(scale: .milliseconds(20), shape: 2)
        $0.experiment.detail = .flow
      } == [
        "service.serviceTime: the flow has no formula for service times of infinite variance -> write `experiment.detail: request`, or a shape above 2"
      ])
    #expect(
      problems {
        $0.service.serviceTime = .pareto(scale: .milliseconds(20), shape: 2.1)
        $0.experiment.detail = .flow
      } == [])
    #expect(
      problems { $0.service.serviceTime = .pareto(scale: .milliseconds(20), shape: 2) } == [])
    let unbounded = problems {
      $0.service.serviceTime = .pareto(scale: .milliseconds(20), shape: 2)
      $0.experiment.detail = .request
    }
    #expect(unbounded == [])
  }

  @Test func aReplicaLargerThanANode() {
    #expect(
      problems { $0.service.request.milliCores = 4001 } == [
        "cluster.nodes: no replica fits on a node -> ask for less cpu or memory per replica, or write a larger node"
      ])
  }

  @Test func aQuotaThatTheServiceFillsIsAllowed() {
    #expect(
      problems {
        $0.cluster.quota = ClusterModel.Quota(
          replicas: 20, milliCores: 10_000, memoryBytes: 10 << 30)
      } == [])
  }

  @Test func everyQuotaBelowTheServiceIsNamed() {
    #expect(
      problems {
        $0.cluster.quota = ClusterModel.Quota(
          replicas: 19, milliCores: 9500, memoryBytes: 512 << 20)
      } == [
        "cluster.quota.replicas: the replicas quota of 19 holds 19 replicas, and the service has 20 -> write at least 20",
        "cluster.quota.cpu: the cpu quota of 9500m holds 19 replicas, and the service has 20 -> write at least 10",
        "cluster.quota.memory: the memory quota of 512Mi holds 1 replicas, and the service has 20 -> write at least 10Gi",
      ])
  }

  @Test func aReplicaThatAsksForNothingNeedsNoQuota() {
    #expect(
      problems {
        $0.service.request = .zero
        $0.cluster.quota = ClusterModel.Quota(replicas: nil, milliCores: 0, memoryBytes: 0)
      } == [])
  }

  @Test func theLargestRequestsOverflowNothing() {
    #expect(
      problems(replicas: 100_000) {
        $0.service.request.memoryBytes = 1 << 50
        $0.cluster.nodeCapacity.memoryBytes = 1 << 50
        $0.cluster.nodeCount = nil
        $0.cluster.quota.memoryBytes = 1 << 50
      } == [
        "cluster.quota.memory: the memory quota of 1024Ti holds 1 replicas, and the service has 100000 -> ask for less per replica"
      ])
  }

  @Test func moreRunsThanMemoryHolds() {
    #expect(problems { $0.experiment.replications = 5_000_000 } == [])
    #expect(
      problems {
        $0.strategies.append(NamedStrategy(name: "again", strategy: Recreate()))
        $0.experiment.replications = 2_500_001
      } == [
        "experiment.replications: 2500001 replications of 2 strategies are more than 5000000 runs -> write at most 2500000 replications"
      ])
  }
}
