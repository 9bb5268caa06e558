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
    if old.notGone > 0 || new.desired == desired { return .init() }
    return .init(newSize: desired)
  }
}
