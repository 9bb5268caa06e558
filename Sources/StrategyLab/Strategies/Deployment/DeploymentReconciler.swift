import LabUnits

/// The rolling update of a Kubernetes Deployment as arithmetic on replica counts.
///
/// One pass makes one change, and the change of one pass is seen by the next: first the new
/// ReplicaSet grows into the room that the surge leaves; if it cannot, the old one shrinks as far as
/// the available replicas allow. Only the pass that creates the new ReplicaSet does both, because it
/// is created holding its first size. Every pass looks at the counts alone, so the same arithmetic
/// undoes a rolling update from wherever it stands, with the versions exchanged.
///
///     // 15 replicas, 25% and 25%: the first two passes
///     // pass 1: the new ReplicaSet is created with 4, the old one goes from 15 to 12
///     // pass 2: the new one goes from 4 to 7, because terminating replicas hold no surge
///
/// Source: Kubernetes, pkg/controller/deployment/rolling.go. The lags between ReplicaSets, their
/// status and the controller are not modelled. A pass is for one old version; how several old
/// revisions share what has to go says ``shrink(_:_:new:)``.
public enum DeploymentReconciler {
  /// What one pass wants changed.
  public struct Decision: Sendable, Hashable {
    /// The size that the new ReplicaSet shall have, nil if it stays.
    public var newSize: Int?
    /// The size that the old ReplicaSet shall have, nil if it stays.
    public var oldSize: Int?

    /// A decision; without sizes, nothing is to be changed now.
    @inlinable
    public init(newSize: Int? = nil, oldSize: Int? = nil) {
      self.newSize = newSize
      self.oldSize = oldSize
    }

    /// Whether nothing is to be changed now.
    @inlinable
    public var isIdle: Bool { newSize == nil && oldSize == nil }
  }

  /// One pass of the controller.
  ///
  /// - Parameters:
  ///   - rolling: The fenceposts.
  ///   - new: The version that shall stay.
  ///   - old: The version that shall go.
  ///   - newSetExists: Whether the new version has a ReplicaSet, even one of size 0.
  /// - Returns: one change, or both when the new ReplicaSet is created, or none.
  public static func pass(
    _ rolling: RollingParameters, new: ReplicaCounts, old: ReplicaCounts, newSetExists: Bool
  ) -> Decision {
    var new = new
    var decision = Decision()
    let grown = sizeOfNew(rolling, new: new.desired, total: new.desired + old.desired)
    if grown != new.desired {
      decision.newSize = grown
      if newSetExists { return decision }
      new.desired = grown
    }
    let shrunk = sizeOfOld(rolling, new: new, old: old)
    if shrunk != old.desired { decision.oldSize = shrunk }
    return decision
  }

  /// The pass after a change of the desired replicas: both versions are sized anew, and nothing else is done.
  ///
  /// - Parameters:
  ///   - before: The fenceposts by which the versions were sized last.
  ///   - after: The fenceposts now.
  ///   - new: The version that shall stay.
  ///   - old: The version that shall go.
  /// - Returns: the changes of both sizes.
  public static func resize(
    from before: RollingParameters, to after: RollingParameters, new: ReplicaCounts,
    old: ReplicaCounts
  ) -> Decision {
    let sizes = ProportionalScaling.sizes(
      of: [new.desired, old.desired], from: before, to: after)
    return Decision(
      newSize: sizes[0] == new.desired ? nil : sizes[0],
      oldSize: sizes[1] == old.desired ? nil : sizes[1])
  }

  /// The size of the new ReplicaSet, brought down to the desired one if it is above.
  public static func sizeOfNew(_ rolling: RollingParameters, new: Int, total: Int) -> Int {
    new > rolling.desired ? rolling.desired : grownSize(rolling, new: new, total: total)
  }

  /// The size to which the new ReplicaSet can grow in the room that the surge leaves.
  ///
  /// - Parameters:
  ///   - rolling: The fenceposts.
  ///   - new: The size of the new ReplicaSet.
  ///   - total: The sizes of all ReplicaSets together, the new one included; terminating replicas do not count.
  /// - Returns: the new size, never above the desired one where there is room at all.
  public static func grownSize(_ rolling: RollingParameters, new: Int, total: Int) -> Int {
    let room = rolling.mostReplicas - total
    return room <= 0 ? new : new + min(room, rolling.desired - new)
  }

  /// The size to which the old ReplicaSet can shrink: unhealthy replicas go first, then healthy ones.
  ///
  /// The budget takes every replica of the new version that is not available for lost. Within it,
  /// unhealthy old replicas go even while the new version has none ready, which is how the undoing
  /// of a broken release begins.
  ///
  /// - Parameters:
  ///   - rolling: The fenceposts.
  ///   - new: The version that stays.
  ///   - old: The version that shrinks.
  ///   - floor: The size below which the old version does not go.
  /// - Returns: the new size, never above the present one.
  public static func sizeOfOld(
    _ rolling: RollingParameters, new: ReplicaCounts, old: ReplicaCounts, floor: Int = 0
  ) -> Int {
    guard old.desired > floor else { return old.desired }
    var only = CollectionOfOne(old)
    shrink(&only, rolling, new: new)
    return max(floor, only[only.startIndex].desired)
  }

  /// The size of an old ReplicaSet after as many unhealthy replicas went as the budget allows.
  public static func cleanedUpSize(old: ReplicaCounts, budget: Int) -> Int {
    old.desired - max(0, min(budget, old.desired - old.available))
  }

  /// The size of an old ReplicaSet after the available replicas above the least went from it.
  ///
  /// - Parameters:
  ///   - rolling: The fenceposts.
  ///   - old: The size of the old ReplicaSet.
  ///   - available: The available replicas of all ReplicaSets.
  /// - Returns: the new size, 0 or more.
  public static func scaledDownSize(_ rolling: RollingParameters, old: Int, available: Int) -> Int {
    old - max(0, min(old, available - rolling.leastAvailable))
  }

  /// Whether the rolling update is over: the new version is whole and available, the old one has no
  /// replica but terminating ones.
  ///
  /// Source: Kubernetes, pkg/controller/deployment/util/deployment_util.go, `DeploymentComplete`.
  public static func isComplete(
    _ rolling: RollingParameters, new: ReplicaCounts, old: ReplicaCounts
  ) -> Bool {
    let status = DeploymentStatus(
      replicas: new.live + old.live, updated: new.live, available: new.available)
    return new.desired == rolling.desired && old.desired == 0
      && status.isComplete(of: rolling.desired)
  }
}
