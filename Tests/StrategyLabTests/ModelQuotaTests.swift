import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// Two replicas in a namespace whose quota is full, by every way to release them.
struct ModelQuotaTests {
  private static func run(
    _ strategy: any ReleaseStrategy, drain: Int = 0, _ adjust: (inout Scenario) -> Void = { _ in }
  ) -> RunResult {
    playOnce(
      plainScenario(replicas: 2, rate: 60, strategies: [strategy]) {
        $0.cluster.nodeCount = 1
        $0.cluster.quota.replicas = 2
        $0.service.drain = .fixed(.seconds(drain))
        adjust(&$0)
      }
    ).run
  }

  private static let quarter = ReplicaQuantity.share(.percent(25))

  @Test func aSurgeWaitsForEver() {
    let run = Self.run(RollingUpdate(maxSurge: Self.quarter, maxUnavailable: Self.quarter))
    #expect(run.outcome == .stalled)
    #expect(
      run.stallReason
        == "1 candidate replica waits for room in the quota: 2 of 2 replicas are in use")
    #expect(run.metrics[.pendingTime] == 3600)
    #expect(run.metrics[.downtime] == 0)
    #expect(run.metrics[.extraInfrastructureCost] == 0)
  }

  @Test func takingOneAwayFirstFinishes() {
    let run = Self.run(RollingUpdate(maxSurge: .count(0), maxUnavailable: .count(1)), drain: 5)
    // Twice a drain, for which the quota is still used, and a start-up.
    #expect(run.outcome == .promoted)
    #expect(run.metrics[.releaseDuration] == 50)
    #expect(run.metrics[.pendingTime] == 10)
    #expect(run.metrics[.downtime] == 0)
  }

  @Test func recreateFinishesWithAnOutage() {
    let run = Self.run(Recreate(), drain: 5)
    #expect(run.metrics[.releaseDuration] == 25)
    #expect(run.metrics[.downtime] == 25)
    #expect(run.metrics[.pendingTime] == 0)
  }

  @Test func aSecondFleetWaitsForEver() {
    let run = Self.run(BlueGreen.plain())
    #expect(run.outcome == .stalled)
    #expect(
      run.stallReason
        == "2 candidate replicas wait for room in the quota: 2 of 2 replicas are in use")
    #expect(run.metrics[.requestsCandidate] == 0)
  }

  @Test func aCanaryByReplicasWaitsForItsSurge() {
    let canary = Canary(
      steps: [Canary.Step(weight: .percent(50), pause: .minutes(5))], routing: .replicas,
      maxSurge: Self.quarter, maxUnavailable: Self.quarter, analysis: false,
      scaleDownDelay: .zero, abortDelay: .zero)
    #expect(Self.run(canary).outcome == .stalled)
  }

  @Test func processorAndMemoryAreQuotasToo() {
    let byCores = Self.run(BlueGreen.plain()) {
      $0.cluster.quota.replicas = nil
      // Half a core each: a third fits, a fourth does not.
      $0.cluster.quota.milliCores = 1999
    }
    #expect(byCores.outcome == .stalled)
    #expect(byCores.metrics[.pendingTime] == 3600)
    let byMemory = Self.run(BlueGreen.plain()) {
      $0.cluster.quota.replicas = nil
      $0.cluster.quota.memoryBytes = 4 * 512 << 20
    }
    #expect(byMemory.outcome == .promoted)
  }

  @Test func aFullClusterWaitsForANodeThatCannotCome() {
    let run = Self.run(BlueGreen.plain()) {
      $0.cluster.quota.replicas = nil
      $0.cluster.nodePodLimit = 3
      $0.cluster.nodeMaximum = 1
    }
    #expect(run.outcome == .stalled)
    #expect(run.stallReason == "1 candidate replica waits for a node: all 1 nodes are full")
  }
}
