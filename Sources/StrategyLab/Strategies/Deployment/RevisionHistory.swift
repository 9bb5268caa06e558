/// Which ReplicaSets of old revisions a Deployment deletes once its rollout is over.
///
/// Source: Kubernetes, pkg/controller/deployment/sync.go, `cleanupDeployment`.
public enum RevisionHistory {
  /// How many old ReplicaSets the API keeps for a Deployment that does not say.
  public static let standardLimit = 10

  /// The old ReplicaSets that are deleted, in that order.
  ///
  /// The lowest revisions above the limit go; one that still has, or asks for, replicas stays, and no
  /// higher one goes in its place.
  ///
  /// - Parameters:
  ///   - old: The ReplicaSets of all revisions but the newest.
  ///   - limit: How many of them are kept; nil, or the largest 32-bit number, for all.
  /// - Returns: indices into `old`.
  public static func surplus(of old: [ReplicaSetRecord], limit: Int?) -> [Int] {
    guard let limit, limit != Int(Int32.max) else { return [] }
    let living = old.indices.filter { !old[$0].isBeingDeleted }
    let sorted = living.sorted { isEarlier(old[$0], old[$1]) }
    return sorted.prefix(max(0, living.count - max(0, limit))).filter { index in
      old[index].size == 0 && old[index].counts.live == 0 && old[index].isObserved
    }
  }

  /// Orders by revision; by creation, then by name, where revisions are equal or cannot be read.
  private static func isEarlier(_ left: ReplicaSetRecord, _ right: ReplicaSetRecord) -> Bool {
    if let first = left.revision, let second = right.revision, first != second {
      return first < second
    }
    return (left.creation, left.name) < (right.creation, right.name)
  }
}
