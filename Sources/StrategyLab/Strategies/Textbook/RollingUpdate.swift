import LabUnits

/// Rolling update: replace stable by the candidate a few replicas at a time, as a Kubernetes Deployment does.
///
/// Traffic follows the endpoints, so the candidate's share grows with its replicas, and nothing
/// stops to look. It is undone by a rolling update back, with the same fenceposts: a roll-back takes
/// as long as the part of the release that it undoes.
public struct RollingUpdate: PhasedStrategy, Hashable {
  /// The strategy's name in scenario files.
  public static let kind = "rolling-update"
  /// What the strategy is.
  public static let summary =
    "Replaces stable by the candidate a few replicas at a time, as a Kubernetes Deployment does."
  /// The strategy's keys.
  public static let parameters: [Parameter] = [.maxSurge, .maxUnavailable]

  /// How many replicas may be asked for above the desired count.
  public let maxSurge: ReplicaQuantity
  /// How many replicas may be missing from the desired count.
  public let maxUnavailable: ReplicaQuantity

  /// A rolling update between two fenceposts.
  public init(maxSurge: ReplicaQuantity, maxUnavailable: ReplicaQuantity) {
    self.maxSurge = maxSurge
    self.maxUnavailable = maxUnavailable
  }

  /// The strategy with the parameters that a scenario gives it.
  public init(_ values: ParameterValues) {
    self.init(
      maxSurge: values.replicas("maxSurge"), maxUnavailable: values.replicas("maxUnavailable"))
  }

  /// A rolling update to the candidate; to undo it, a rolling update to stable.
  public var plan: ReleasePlan {
    ReleasePlan(
      route: .byReplicaShare,
      phases: [
        .replaceInPlace(by: .candidate, maxSurge: maxSurge, maxUnavailable: maxUnavailable)
      ],
      rollback: [
        .replaceInPlace(by: .stable, maxSurge: maxSurge, maxUnavailable: maxUnavailable)
      ])
  }

  /// Whether the fenceposts leave room to move.
  public func problems(replicas: Int) -> [StrategyProblem] {
    StrategyProblem.fenceposts(maxSurge: maxSurge, maxUnavailable: maxUnavailable)
  }
}
