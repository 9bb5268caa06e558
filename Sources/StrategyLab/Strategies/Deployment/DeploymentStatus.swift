/// The counts of a Deployment's status: what `kubectl rollout status` reads.
///
/// Source: Kubernetes, pkg/controller/deployment/sync.go, `calculateStatus`, and
/// pkg/controller/deployment/util/deployment_util.go, `DeploymentComplete` and `DeploymentProgressing`.
public struct DeploymentStatus: Sendable, Hashable {
  /// The replicas of all ReplicaSets that are not shutting down.
  public var replicas: Int
  /// Those of the new ReplicaSet.
  public var updated: Int
  /// The ready ones of all.
  public var ready: Int
  /// The available ones of all.
  public var available: Int

  /// Counts of a status.
  public init(replicas: Int = 0, updated: Int = 0, ready: Int = 0, available: Int = 0) {
    self.replicas = replicas
    self.updated = updated
    self.ready = ready
    self.available = available
  }

  /// The status that the ReplicaSets' own statuses add up to.
  public init(new: ReplicaSetRecord?, old: [ReplicaSetRecord]) {
    let all = old + (new.map { [$0] } ?? [])
    self.init(
      replicas: all.totalLive, updated: new?.counts.live ?? 0,
      ready: all.reduce(0) { $0 + $1.counts.ready },
      available: all.reduce(0) { $0 + $1.counts.available })
  }

  /// Whether the rollout is over: every replica is new and available, and no old one is left.
  public func isComplete(of desired: Int) -> Bool {
    updated == desired && replicas == desired && available == desired
  }

  /// Whether anything got nearer to the end since an earlier status.
  public func hasProgressed(since earlier: DeploymentStatus) -> Bool {
    updated > earlier.updated || replicas - updated < earlier.replicas - earlier.updated
      || ready > earlier.ready || available > earlier.available
  }
}
