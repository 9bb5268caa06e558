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
    self.init(
      desired: desired, surge: maxSurge.replicas(of: desired, rounding: .up),
      unavailable: maxUnavailable.replicas(of: desired, rounding: .down))
  }

  /// Fenceposts in whole replicas that were rounded already.
  @inlinable
  public init(desired: Int, surge: Int, unavailable: Int) {
    self.init(
      desired: desired, fixedSurge: surge,
      fixedUnavailable: Self.unavailable(unavailable, besides: surge))
  }

  /// Fenceposts that may leave no room to move.
  @usableFromInline
  init(desired: Int, fixedSurge: Int, fixedUnavailable: Int) {
    self.desired = desired
    surge = fixedSurge
    unavailable = min(fixedUnavailable, desired)
  }

  /// The replicas that may be missing beside a surge: one where both would be none.
  @usableFromInline
  static func unavailable(_ unavailable: Int, besides surge: Int) -> Int {
    surge == 0 && unavailable == 0 ? 1 : unavailable
  }

  /// The most replicas that both versions together may ask for.
  @inlinable
  public var mostReplicas: Int { desired + surge }

  /// The fewest replicas that both versions together keep available.
  @inlinable
  public var leastAvailable: Int { desired - unavailable }
}
