import LabStrategies
import LabUnits
import Testing

/// Several ReplicaSets of one Deployment.
///
/// Figures from Kubernetes, rolling_test.go, sync_test.go and
/// deployment_util_test.go, under the names of their tests, or worked out by hand from the same code.
@Suite struct ReplicaSetRecordTests {
  private let ten = RollingParameters(desired: 10, surge: 2, unavailable: 2)

  @Test func theOldestShrinkFirstAndTheUnhealthyBeforeTheHealthy() {
    // 12 asked for, 10 of them available, 8 needed: 2 unhealthy ones go, then 2 healthy ones.
    var old = [
      ReplicaCounts(desired: 4, available: 3), ReplicaCounts(desired: 5, available: 4),
    ]
    DeploymentReconciler.shrink(&old, ten, new: ReplicaCounts(desired: 3, available: 3))
    #expect(old.map { $0.desired } == [1, 4])
  }

  @Test func theBudgetEndsBeforeTheNewestOldOne() {
    var old = [
      ReplicaCounts(desired: 2, available: 0), ReplicaCounts(desired: 9, available: 7),
    ]
    // 11 + 1 asked for, 8 needed, 1 new one not available: 3 may go at most.
    DeploymentReconciler.shrink(&old, ten, new: ReplicaCounts(desired: 1, available: 0))
    #expect(old.map { $0.desired } == [0, 8])
  }

  @Test func aStatusThatClaimsTooMuchEndsThePass() {
    var old = [
      ReplicaCounts(desired: 3, available: 1), ReplicaCounts(desired: 4, available: 6),
      ReplicaCounts(desired: 5, available: 1),
    ]
    DeploymentReconciler.shrink(&old, ten, new: ReplicaCounts(desired: 2, available: 2))
    #expect(old.map { $0.desired } == [1, 4, 5])
  }

  /// One old ReplicaSet is the special case that is played; this is its closed form.
  @Test func oneOldSetIsTheSpecialCase() {
    for desired in 0...5 {
      for (surge, unavailable) in [(0, 1), (1, 0), (2, 3)] {
        let rolling = RollingParameters(desired: desired, surge: surge, unavailable: unavailable)
        for size in 0...7 {
          for available in 0...8 {
            for (new, newAvailable) in [(0, 0), (2, 1), (3, 3)] {
              for floor in [0, 2] {
                let old = ReplicaCounts(desired: size, available: available)
                let other = ReplicaCounts(desired: new, available: newAvailable)
                let least = rolling.leastAvailable
                let budget = new + size - least - (new - newAvailable)
                var expected = size
                if size > floor, budget > 0, available <= size {
                  let healthy = size - min(budget, size - available)
                  let surplus = newAvailable + available - least
                  expected = max(floor, healthy - max(0, min(healthy, surplus)))
                }
                #expect(
                  DeploymentReconciler.sizeOfOld(rolling, new: other, old: old, floor: floor)
                    == expected)
              }
            }
          }
        }
      }
    }
  }

  @Test func aSaturatedNewSetLetsTheOldOnesGo() {
    let new = ReplicaSetRecord(size: 5, available: 5, creation: 2, annotatedDesired: 5)
    let old = [
      ReplicaSetRecord(size: 3, creation: 1, annotatedDesired: 4),
      ReplicaSetRecord(size: 1, creation: 0, annotatedDesired: 4),
    ]
    let rolling = RollingParameters(desired: 5, surge: 1, unavailable: 1)
    let sizes = ProportionalScaling.sizes(
      new: new, old: old, to: rolling, isRolling: true, live: 9)
    #expect(sizes == [5, 0, 0])
  }

  @Test func withoutReplicasTheNewestGetsTheWhole() {
    let old = [0, 2, 1].map { ReplicaSetRecord(size: 0, creation: $0) }
    let rolling = RollingParameters(desired: 6, surge: 0, unavailable: 1)
    let sizes = ProportionalScaling.sizes(
      new: nil, old: old, to: rolling, isRolling: true, live: 0)
    #expect(sizes == [0, 6, 0])
  }

  /// TestGetReplicaCountForReplicaSets.
  @Test func terminatingReplicasAreUnknownWhereOneStatusDoesNotSay() {
    let told = ReplicaSetRecord(size: 1, live: 2, terminating: 3)
    let fresh = ReplicaSetRecord(size: 3, isObserved: false)
    let silent = ReplicaSetRecord(size: 1, live: 1)
    #expect([told, fresh].totalSize == 4)
    #expect([told, fresh].totalLive == 2)
    #expect([told, fresh].totalTerminating == 3)
    #expect([told, silent].totalTerminating == nil)
  }

  /// TestDeploymentController_cleanupDeployment and cleanupDeploymentOrder.
  @Test(
    arguments: [
      ("the lowest revisions go", 2, [(3, 0), (1, 0), (4, 0), (2, 0)], [1, 3]),
      ("one with replicas stays, and none goes for it", 1, [(1, 1), (2, 0)], []),
      ("nothing is deleted below the limit", 10, [(1, 0)], []),
      ("the largest number is no limit", 2_147_483_647, [(1, 0), (2, 0)], []),
      ("a limit of nothing keeps nothing", 0, [(1, 0), (2, 0)], [0, 1]),
    ] as [(String, Int, [(Int, Int)], [Int])])
  func historyIsCleanedUp(name: String, limit: Int, old: [(Int, Int)], expected: [Int]) {
    let sets = old.enumerated().map { index, set in
      ReplicaSetRecord(size: set.1, live: set.1, creation: index, revision: set.0)
    }
    #expect(RevisionHistory.surplus(of: sets, limit: limit) == expected, "\(name)")
  }

  @Test func revisionsThatCannotBeReadGoByAge() {
    let sets = [
      ReplicaSetRecord(name: "b", size: 0, creation: 1, revision: nil),
      ReplicaSetRecord(name: "a", size: 0, creation: 0, revision: 7),
      ReplicaSetRecord(name: "c", size: 0, creation: 2, revision: 9, isBeingDeleted: true),
    ]
    #expect(RevisionHistory.surplus(of: sets, limit: 1) == [1])
    #expect(RevisionHistory.surplus(of: sets, limit: nil) == [])
  }
}
