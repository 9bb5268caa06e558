import LabUnits

/// The Recreate strategy of a Kubernetes Deployment as arithmetic on replica counts.
///
/// The old version goes in one move; the new one comes in one move as soon as every old replica is
/// gone, terminating ones too. Surge and unavailable play no part.
///
/// Source: Kubernetes, pkg/controller/deployment/recreate.go.
public enum RecreateReconciler {
  /// One pass of the controller.
  ///
  /// - Parameters:
  ///   - desired: The replicas that the service shall have.
  ///   - new: The version that shall stay.
  ///   - old: The version that shall go.
  /// - Returns: one change or none.
  public static func pass(
    desired: Int, new: ReplicaCounts, old: ReplicaCounts
  ) -> DeploymentReconciler.Decision {
    if old.desired > 0 { return .init(oldSize: 0) }
    if mustWait(oldLive: old.live, oldRunning: old.notGone) || new.desired == desired {
      return .init()
    }
    return .init(newSize: desired)
  }

  /// Whether the new version must not start yet, because the old one has not gone.
  ///
  /// - Parameters:
  ///   - oldLive: The replicas that the statuses of the old ReplicaSets count.
  ///   - oldRunning: The replicas of any other owner than the new ReplicaSet that have not ended, terminating ones too.
  /// - Returns: whether there is any.
  public static func mustWait(oldLive: Int, oldRunning: Int) -> Bool {
    oldLive > 0 || oldRunning > 0
  }

  /// Whether the new version must not start yet, by the replicas themselves.
  ///
  /// - Parameters:
  ///   - old: The old ReplicaSets.
  ///   - pods: The phases of the replicas there are, with the identity of their owners.
  ///   - newOwner: The identity of the new ReplicaSet, whose replicas do not count; nil before it exists.
  /// - Returns: whether any replica is left that has not ended.
  public static func mustWait(
    old: [ReplicaSetRecord], pods: [(owner: String, phases: [PodRecord.Phase])], newOwner: String?
  ) -> Bool {
    let running = pods.reduce(0) { sum, set in
      set.owner == newOwner ? sum : sum + set.phases.count { $0 != .ended }
    }
    return mustWait(oldLive: old.totalLive, oldRunning: running)
  }
}
