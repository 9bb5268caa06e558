import LabStrategies
import LabUnits
import Testing

/// Figures from Kubernetes, replica_set_test.go, controller_utils_test.go and pkg/api/v1/pod/util_test.go.
@Suite struct PodRecordTests {
  private static func ready(on node: String) -> PodRecord {
    PodRecord(node: node, phase: .running, isReady: true)
  }

  private static let notReady = PodRecord(node: "node", phase: .running)
  private static let placed = PodRecord(node: "node", phase: .pending)
  private static let waiting = PodRecord(node: nil, phase: .pending)

  /// TestGetPodsToDelete[9] and [7].
  @Test func whatServesLeastGoesFirst() {
    let pods = [
      Self.ready(on: "1"), Self.ready(on: "2"), Self.notReady, Self.placed, Self.waiting,
    ]
    #expect(PodRecord.first(3, of: pods, related: pods) == [4, 3, 2])
    let crowd = [Self.ready(on: "1"), Self.ready(on: "2"), Self.ready(on: "2")]
    #expect(PodRecord.first(1, of: Array(pods.prefix(2)), related: crowd) == [1])
  }

  @Test func whereAllGoNobodySorts() {
    let pods = [Self.ready(on: "1"), Self.waiting]
    #expect(PodRecord.first(2, of: pods, related: []) == [0, 1])
    #expect(PodRecord.first(5, of: pods, related: []) == [0, 1])
    #expect(PodRecord.first(0, of: pods, related: []) == [])
  }

  /// TestSortingActivePodsWithRanks, in its order: each goes before the next.
  @Test func ranksAreOrderedAsUpstreamsTable() {
    let month = Span.hours(24 * 30)
    func pod(_ readyFor: Span?, _ age: Span?, restarts: Int = 0, cost: Int = 0) -> PodRecord {
      PodRecord(
        node: "node", phase: .running, isReady: true, readyFor: readyFor, age: age,
        restarts: restarts, deletionCost: cost)
    }
    let pods = [
      Self.waiting, Self.placed, PodRecord(node: "node", phase: .unknown), Self.notReady,
      pod(nil, nil), pod(.zero, .zero, restarts: 9001), pod(.zero, .zero), pod(.zero, month),
      pod(month, month), pod(.zero, month, cost: 10), pod(.zero, month, cost: 100),
    ]
    let ranks = pods.map { $0.deletionRank(neighbours: 1, tieBreaker: 0) }
    for (first, second) in zip(ranks, ranks.dropFirst()) { #expect(first < second) }
    let crowded = pods[6].deletionRank(neighbours: 2, tieBreaker: 0)
    #expect(crowded < ranks[4])
  }

  @Test(arguments: [
    (false, 0, 0, false), (true, 0, 1, false), (true, 0, 0, true), (true, 51, 50, true),
    (true, 50, 50, false),
  ])
  func availableIsReadyForLongerThanTheLeast(
    isReady: Bool, readyFor: Int, minReady: Int, expected: Bool
  ) {
    let pod = PodRecord(
      node: "node", phase: .running, isReady: isReady, readyFor: .seconds(readyFor))
    #expect(pod.isAvailable(minReady: .seconds(minReady)) == expected)
  }

  /// TestSlowStartBatch.
  @Test(arguments: [(10, 0, 0, 1, true), (10, 10, 10, 10, false), (10, 5, 5, 7, true)])
  func batchesDoubleUntilOneFails(
    count: Int, limit: Int, successes: Int, calls: Int, hasFailed: Bool
  ) {
    var made = 0
    let result = SlowStart.attempt(count) {
      made += 1
      return made <= limit
    }
    #expect(result == (successes, hasFailed))
    #expect(made == calls)
  }

  @Test func batchesAddUp() {
    #expect(SlowStart.batches(of: 10) == [1, 2, 4, 3])
    #expect(SlowStart.batches(of: 0) == [])
    #expect(SlowStart.batches(of: 5, first: 0) == [])
    #expect(SlowStart.batches(of: 7, first: 10) == [7])
  }

  /// TestOldPodsRunning.
  @Test func theNewVersionWaitsForEveryOldReplicaThatHasNotEnded() {
    func mustWait(_ live: Int, _ phases: [PodRecord.Phase], newOwner: String? = nil) -> Bool {
      RecreateReconciler.mustWait(
        old: [ReplicaSetRecord(size: 0, live: live)], pods: [("owner", phases)], newOwner: newOwner)
    }
    #expect(mustWait(1, []))
    #expect(!mustWait(0, []))
    #expect(!mustWait(0, [.ended, .ended]))
    #expect(mustWait(0, [.ended, .pending]))
    #expect(mustWait(0, [.unknown]))
    #expect(!mustWait(0, [.running], newOwner: "owner"))
  }
}
