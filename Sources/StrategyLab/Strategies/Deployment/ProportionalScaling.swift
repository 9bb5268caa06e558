import LabUnits

/// How a Deployment shares out a change of its desired replicas that comes in the middle of a rolling update.
///
/// Every ReplicaSet that has replicas takes a part in proportion to its size, the larger ones first,
/// and what the rounding leaves goes to the largest. So a bad candidate does not grow faster than
/// stable only because the service was scaled up.
///
///     // 5 -> 10 replicas without surge, new 2 and old 3
///     ProportionalScaling.sizes(of: [2, 3], from: five, to: ten)   // [4, 6]
///
/// Source: Kubernetes, pkg/controller/deployment/sync.go, `scale`, and
/// pkg/controller/deployment/util/deployment_util.go, `GetReplicaSetProportion`.
public enum ProportionalScaling {
  /// The sizes of all ReplicaSets after the desired replicas changed.
  ///
  /// - Parameters:
  ///   - sizes: The present sizes, the newest ReplicaSet first.
  ///   - before: The fenceposts by which the ReplicaSets were sized last.
  ///   - after: The fenceposts by which they shall be sized.
  /// - Returns: the new sizes in the order of `sizes`.
  public static func sizes(
    of sizes: [Int], from before: RollingParameters, to after: RollingParameters
  ) -> [Int] {
    var result = sizes
    let active = sizes.indices.filter { sizes[$0] > 0 }
    guard active.count > 1 else {
      if let only = active.first ?? sizes.indices.first { result[only] = after.desired }
      return result
    }
    let most = after.desired == 0 ? 0 : after.mostReplicas
    let change = most - sizes.reduce(0, +)
    let order = active.sorted { left, right in
      if sizes[left] != sizes[right] { return sizes[left] > sizes[right] }
      return change > 0 ? left < right : left > right
    }
    var rest = change
    for index in order {
      let part = fraction(of: sizes[index], most: most, mostBefore: before.mostReplicas)
      let share = change > 0 ? min(part, rest) : max(part, rest)
      result[index] += share
      rest -= share
    }
    if let largest = order.first { result[largest] = max(0, result[largest] + rest) }
    return result
  }

  /// The replicas that a ReplicaSet gains in proportion to its size, halves away from zero.
  static func fraction(of size: Int, most: Int, mostBefore: Int) -> Int {
    guard most > 0, mostBefore > 0 else { return -size }
    return (2 * size * most + mostBefore) / (2 * mostBefore) - size
  }
}
