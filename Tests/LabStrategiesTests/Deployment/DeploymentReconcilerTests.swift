import LabStrategies
import LabUnits
import Testing

/// Figures from Kubernetes, rolling_test.go and deployment_util_test.go, under the names of their tests.
@Suite struct DeploymentReconcilerTests {
  private func rolling(_ desired: Int, surge: Int, unavailable: Int) -> RollingParameters {
    RollingParameters(
      desired: desired, maxSurge: .count(surge), maxUnavailable: .count(unavailable))
  }

  private func counts(_ desired: Int, available: Int) -> ReplicaCounts {
    ReplicaCounts(
      desired: desired, starting: max(0, desired - available), ready: available,
      available: available)
  }

  @Test(arguments: [
    ("TestNewRSNewReplicas[0]", 1, 1, 1, 5, 5, 5), ("TestNewRSNewReplicas[1]", 6, 10, 1, 2, 5, 6),
  ])
  func newSetGrowsIntoTheRoomThatIsLeft(
    name: String, desired: Int, surge: Int, unavailable: Int, new: Int, total: Int, expected: Int
  ) {
    let rolling = rolling(desired, surge: surge, unavailable: unavailable)
    #expect(
      DeploymentReconciler.grownSize(rolling, new: new, total: total) == expected, "\(name)")
  }

  @Test(arguments: [
    ("TestDeploymentController_reconcileNewReplicaSet[2]", 5, 0, 7),
    ("TestDeploymentController_reconcileNewReplicaSet[3]", 10, 2, 2),
    ("TestDeploymentController_reconcileNewReplicaSet[4]", 2, 11, 10),
  ])
  func newSetIsSizedWithinTheSurge(name: String, old: Int, new: Int, expected: Int) {
    let rolling = rolling(10, surge: 2, unavailable: 0)
    let size = DeploymentReconciler.sizeOfNew(rolling, new: new, total: new + old)
    #expect(size == expected, "\(name)")
  }

  @Test(arguments: [
    ("TestDeploymentController_reconcileOldReplicaSets[0]", 0, 10, 10, 0, 0, 9),
    ("TestDeploymentController_reconcileOldReplicaSets[2]", 2, 10, 8, 0, 0, 8),
    ("TestDeploymentController_reconcileOldReplicaSets[4]", 2, 8, 8, 2, 0, 8),
  ])
  func oldSetShrinksAsFarAsAvailabilityAllows(
    name: String, unavailable: Int, old: Int, oldAvailable: Int, new: Int, newAvailable: Int,
    expected: Int
  ) {
    let size = DeploymentReconciler.sizeOfOld(
      rolling(10, surge: 0, unavailable: unavailable), new: counts(new, available: newAvailable),
      old: counts(old, available: oldAvailable))
    #expect(size == expected, "\(name)")
  }

  @Test(arguments: [
    ("TestDeploymentController_cleanupUnhealthyReplicas[0]", 10, 8, 1, 9),
    ("TestDeploymentController_cleanupUnhealthyReplicas[2]", 10, 8, 0, 10),
    ("TestDeploymentController_cleanupUnhealthyReplicas[3]", 10, 10, 3, 10),
  ])
  func onlyUnhealthyReplicasAreCleanedUp(
    name: String, old: Int, available: Int, budget: Int, expected: Int
  ) {
    let size = DeploymentReconciler.cleanedUpSize(
      old: counts(old, available: available), budget: budget)
    #expect(size == expected, "\(name)")
  }

  @Test(arguments: [
    ("TestDeploymentController_scaleDownOldReplicaSetsForRollingUpdate[2]", 10, 8, 10),
    ("TestDeploymentController_scaleDownOldReplicaSetsForRollingUpdate[3]", 0, 10, 0),
    ("TestDeploymentController_scaleDownOldReplicaSetsForRollingUpdate[4]", 10, 1, 10),
  ])
  func onlyAvailableReplicasAboveTheLeastGo(
    name: String, old: Int, available: Int, expected: Int
  ) {
    let rolling = rolling(10, surge: 0, unavailable: 2)
    let size = DeploymentReconciler.scaledDownSize(rolling, old: old, available: available)
    #expect(size == expected, "\(name)")
  }

  @Test(arguments: [
    ("TestDeploymentComplete[0]", 5, 5, 4, 0), ("TestDeploymentComplete[1]", 5, 5, 3, 0),
    ("TestDeploymentComplete[3]", 5, 4, 4, 1), ("TestDeploymentComplete[5]", 1, 1, 0, 0),
  ])
  func isNotCompleteBeforeAllIsNewAndAvailable(
    name: String, desired: Int, new: Int, available: Int, old: Int
  ) {
    let isComplete = DeploymentReconciler.isComplete(
      rolling(desired, surge: 1, unavailable: 1), new: counts(new, available: available),
      old: counts(old, available: old))
    #expect(!isComplete, "\(name)")
  }

  @Test func terminatingReplicasDoNotDelayCompletion() {
    let old = ReplicaCounts(desired: 0, terminating: 4)
    #expect(
      DeploymentReconciler.isComplete(
        rolling(4, surge: 1, unavailable: 1), new: counts(4, available: 4), old: old))
  }

  /// 15 at the defaults: surge 4, unavailable 3, so 3 go and 7 come at once.
  @Test func firstPassCreatesAndShrinksTheSecondGrows() {
    let rolling = RollingParameters(
      desired: 15, maxSurge: Standard.quarter, maxUnavailable: Standard.quarter)
    let first = DeploymentReconciler.pass(
      rolling, new: ReplicaCounts(), old: counts(15, available: 15), newSetExists: false)
    #expect(first == .init(newSize: 4, oldSize: 12))
    let second = DeploymentReconciler.pass(
      rolling, new: counts(4, available: 0), old: counts(12, available: 12), newSetExists: true)
    #expect(second == .init(newSize: 7))
    let third = DeploymentReconciler.pass(
      rolling, new: counts(7, available: 0), old: counts(12, available: 12), newSetExists: true)
    #expect(third.isIdle)
  }

  @Test func oneChangeAPassOnceTheNewSetExists() {
    let decision = DeploymentReconciler.pass(
      rolling(10, surge: 3, unavailable: 2), new: ReplicaCounts(),
      old: counts(10, available: 10), newSetExists: true)
    #expect(decision == .init(newSize: 3))
  }

  @Test func unreadyNewReplicasCountAsLost() {
    let rolling = rolling(10, surge: 3, unavailable: 2)
    let old = counts(8, available: 8)
    #expect(
      DeploymentReconciler.pass(
        rolling, new: counts(5, available: 0), old: old, newSetExists: true
      ).isIdle)
    #expect(
      DeploymentReconciler.pass(
        rolling, new: counts(5, available: 1), old: old, newSetExists: true)
        == .init(oldSize: 7))
  }

  /// The first pass of undoing: the bad version's replicas are unhealthy, and go before stable has grown.
  @Test func undoingClearsUnhealthyReplicasFirst() {
    let decision = DeploymentReconciler.pass(
      rolling(10, surge: 3, unavailable: 2), new: counts(8, available: 8),
      old: counts(5, available: 0), newSetExists: true)
    #expect(decision == .init(oldSize: 0))
  }

  @Test func aStatusAheadOfTheSizeChangesNothing() {
    let old = ReplicaCounts(desired: 4, ready: 6, available: 6)
    let decision = DeploymentReconciler.pass(
      rolling(4, surge: 0, unavailable: 1), new: ReplicaCounts(), old: old, newSetExists: true)
    #expect(decision.isIdle)
  }
}
