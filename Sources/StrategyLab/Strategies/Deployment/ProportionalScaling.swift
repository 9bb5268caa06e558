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
    let sets = sizes.enumerated().map { index, size in
      ReplicaSetRecord(
        size: size, creation: -index, annotatedDesired: before.desired,
        annotatedMost: before.mostReplicas)
    }
    return self.sizes(
      new: sets.first, old: Array(sets.dropFirst()), to: after, isRolling: true,
      live: sizes.reduce(0, +))
  }

  /// The sizes of all ReplicaSets of a Deployment that has as many desired replicas as its ReplicaSets do not know yet.
  ///
  /// One that has replicas alone gets the whole; if none has, the newest. A new one that is whole and
  /// available lets all old ones go.
  ///
  /// - Parameters:
  ///   - new: The new ReplicaSet, nil before it exists.
  ///   - old: The others in any order.
  ///   - rolling: The fenceposts by which they shall be sized.
  ///   - isRolling: Whether the Deployment rolls; otherwise several ReplicaSets stay as they are.
  ///   - live: The replicas that the Deployment's status counts, for a ReplicaSet that does not know its maximum.
  /// - Returns: the new size of the new ReplicaSet, if there is one, then those of the old in the order of `old`.
  public static func sizes(
    new: ReplicaSetRecord?, old: [ReplicaSetRecord], to rolling: RollingParameters,
    isRolling: Bool, live: Int
  ) -> [Int] {
    let sets = (new.map { [$0] } ?? []) + old
    var result = sets.map { $0.size }
    let active = sets.indices.filter { sets[$0].size > 0 }
    guard active.count > 1 else {
      let newest = new == nil ? sets.indices.max { isOlder(sets[$0], sets[$1]) } : 0
      if let only = active.first ?? newest { result[only] = rolling.desired }
      return result
    }
    if let new, new.isSaturated(of: rolling.desired) {
      return [new.size] + old.map { _ in 0 }
    }
    guard isRolling else { return result }
    let most = rolling.desired == 0 ? 0 : rolling.mostReplicas
    let change = most - result.reduce(0, +)
    let order = active.sorted { left, right in
      if sets[left].size != sets[right].size { return sets[left].size > sets[right].size }
      return change > 0
        ? isOlder(sets[right], sets[left]) : isOlder(sets[left], sets[right])
    }
    var rest = change
    for index in order where rest != 0 {
      let part = fraction(of: sets[index], to: rolling, live: live)
      let share = change > 0 ? min(part, rest) : max(part, rest)
      result[index] += share
      rest -= share
    }
    if let largest = order.first { result[largest] = max(0, result[largest] + rest) }
    return result
  }

  /// The replicas that a ReplicaSet gains in proportion to its size, halves away from zero.
  ///
  /// One that does not know its maximum, or knows it as 0, is measured by the replicas that there are;
  /// if there are none it stays. So does one whose numbers are too large to be multiplied.
  ///
  /// Source: Kubernetes, pkg/controller/deployment/util/deployment_util.go, `getReplicaSetFraction`,
  /// after version 1.28, which took a stored maximum of 0 as it stands.
  public static func fraction(
    of set: ReplicaSetRecord, to rolling: RollingParameters, live: Int
  ) -> Int {
    if rolling.desired == 0 { return -set.size }
    let known = set.annotatedMost ?? 0
    let before = known == 0 ? live : known
    guard before > 0 else { return 0 }
    let (product, isTooLarge) = set.size.multipliedReportingOverflow(by: rolling.mostReplicas)
    guard !isTooLarge, product.magnitude < 1 << 61, before < 1 << 61 else { return 0 }
    return (2 * product + before) / (2 * before) - set.size
  }

  private static func isOlder(_ left: ReplicaSetRecord, _ right: ReplicaSetRecord) -> Bool {
    (left.creation, left.name) < (right.creation, right.name)
  }
}
