import LabUnits

/// The two fenceposts between which a rolling update moves, in whole replicas.
///
///     let rolling = RollingParameters(
///       desired: 15, maxSurge: .share(.percent(25)), maxUnavailable: .share(.percent(25)))
///     rolling.surge         // 4, rounded up
///     rolling.unavailable   // 3, rounded down
///
/// Terminating replicas lie outside both fenceposts: a cluster can hold more than ``mostReplicas``
/// while old replicas drain.
///
/// Source: Kubernetes, pkg/controller/deployment/util/deployment_util.go, `ResolveFenceposts`,
/// `MaxSurge` and `MaxUnavailable`.
public struct RollingParameters: Sendable, Hashable {
  /// The replicas that the service shall have.
  public let desired: Int
  /// The replicas that may be asked for above ``desired``.
  public let surge: Int
  /// The replicas that may be missing from the available ones, at most ``desired``.
  public let unavailable: Int

  /// Fenceposts of a fleet: surge rounds up, unavailable rounds down.
  ///
  /// Where both come to nothing, one replica may be missing, since nothing could move otherwise.
  @inlinable
  public init(desired: Int, maxSurge: ReplicaQuantity, maxUnavailable: ReplicaQuantity) {
    self.desired = desired
    surge = maxSurge.replicas(of: desired, rounding: .up)
    let missing = maxUnavailable.replicas(of: desired, rounding: .down)
    unavailable = min(surge == 0 && missing == 0 ? 1 : missing, desired)
  }

  /// The most replicas that both versions together may ask for.
  @inlinable
  public var mostReplicas: Int { desired + surge }

  /// The fewest replicas that both versions together keep available.
  @inlinable
  public var leastAvailable: Int { desired - unavailable }
}
