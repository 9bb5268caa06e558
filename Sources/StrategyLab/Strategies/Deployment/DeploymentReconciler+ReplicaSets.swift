import LabUnits

/// The old ReplicaSets of a Deployment, however many revisions still have replicas, the oldest first.
extension DeploymentReconciler {
  /// Shrinks old ReplicaSets as one pass does: unhealthy replicas go first, then healthy ones.
  ///
  /// - Parameters:
  ///   - old: The ReplicaSets that shrink, the oldest first; their sizes are changed.
  ///   - rolling: The fenceposts.
  ///   - new: The version that stays.
  public static func shrink<Sets: MutableCollection>(
    _ old: inout Sets, _ rolling: RollingParameters, new: ReplicaCounts
  ) where Sets.Element == ReplicaCounts {
    let total = old.reduce(0) { $0 + $1.desired }
    guard total > 0 else { return }
    let available = old.reduce(new.available) { $0 + $1.available }
    let missing = new.desired - new.available
    let budget = new.desired + total - rolling.leastAvailable - missing
    guard budget > 0, cleanUp(&old, budget: budget) else { return }
    scaleDown(&old, rolling, available: available)
  }

  /// Takes unhealthy replicas from old ReplicaSets within a budget, the oldest first.
  ///
  /// - Parameters:
  ///   - old: The ReplicaSets; their sizes are changed.
  ///   - budget: The most replicas that may go.
  /// - Returns: whether the pass goes on; a status that claims more than was asked for ends it with an error.
  public static func cleanUp<Sets: MutableCollection>(_ old: inout Sets, budget: Int) -> Bool
  where Sets.Element == ReplicaCounts {
    var left = budget
    for index in old.indices where old[index].desired > 0 {
      if left <= 0 { break }
      if old[index].available > old[index].desired { return false }
      let size = cleanedUpSize(old: old[index], budget: left)
      left -= old[index].desired - size
      old[index].desired = size
    }
    return true
  }

  /// Takes the available replicas above the least from old ReplicaSets, the oldest first.
  ///
  /// - Parameters:
  ///   - old: The ReplicaSets; their sizes are changed.
  ///   - rolling: The fenceposts.
  ///   - available: The available replicas of all ReplicaSets, the new one included.
  public static func scaleDown<Sets: MutableCollection>(
    _ old: inout Sets, _ rolling: RollingParameters, available: Int
  ) where Sets.Element == ReplicaCounts {
    var available = available
    for index in old.indices {
      let size = scaledDownSize(rolling, old: old[index].desired, available: available)
      available -= old[index].desired - size
      old[index].desired = size
    }
  }
}
