import LabStrategies
import LabUnits
import Testing

/// Facts from Kubernetes, recreate_test.go.
@Suite struct RecreateReconcilerTests {
  @Test func oldReplicasGoInOneMove() {  // TestScaleDownOldReplicaSets[0]
    let old = ReplicaCounts(desired: 3, ready: 3, available: 3)
    let decision = RecreateReconciler.pass(desired: 3, new: ReplicaCounts(), old: old)
    #expect(decision == .init(oldSize: 0))
  }

  @Test(arguments: [
    ("TestOldPodsRunning[0]", ReplicaCounts(), true),
    ("TestOldPodsRunning[2]", ReplicaCounts(desired: 0, ready: 1), false),
    ("TestOldPodsRunning[6]", ReplicaCounts(desired: 0, pending: 1), false),
    ("a replica that is being deleted", ReplicaCounts(desired: 0, terminating: 1), false),
  ])
  func newReplicasComeWhenTheLastOldOneIsGone(name: String, old: ReplicaCounts, comes: Bool) {
    let decision = RecreateReconciler.pass(desired: 3, new: ReplicaCounts(), old: old)
    #expect(decision == .init(newSize: comes ? 3 : nil), "\(name)")
  }

  @Test func nothingIsLeftToDoAtTheFullSize() {
    let new = ReplicaCounts(desired: 3, starting: 3)
    #expect(RecreateReconciler.pass(desired: 3, new: new, old: ReplicaCounts()).isIdle)
  }
}
