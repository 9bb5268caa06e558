import LabUnits

/// The limits between which a rolling update of Amazon ECS moves, in whole tasks.
///
///     ECSLimits(desired: 3, minimumHealthy: .percent(50), maximum: .percent(150))
///     // at least 2, at most 4
///
/// The lower limit rounds up and the upper one down, the opposite of Kubernetes; where both come to the
/// desired count, nothing can move.
///
/// Source: Amazon ECS, API reference, `DeploymentConfiguration`.
public struct ECSLimits: Sendable, Hashable {
  /// The tasks that the service shall have.
  public let desired: Int
  /// The fewest healthy tasks.
  public let lowest: Int
  /// The most tasks of both revisions that run or start.
  public let highest: Int

  /// The limits of a service.
  public init(desired: Int, minimumHealthy: Share, maximum: Share) {
    self.desired = desired
    lowest = minimumHealthy.replicas(of: desired, rounding: .up)
    highest = max(desired, maximum.replicas(of: desired, rounding: .down))
  }

  /// Whether neither a task can be stopped nor one started.
  public var isStuck: Bool { desired > 0 && lowest >= desired && highest <= desired }

  /// The limits as fenceposts of a rolling update.
  public var rolling: RollingParameters {
    RollingParameters(
      desired: desired, maxSurge: .count(highest - desired),
      maxUnavailable: .count(max(0, desired - lowest)))
  }
}

/// After how many failed tasks the circuit breaker of Amazon ECS gives a deployment up.
///
/// Source: Amazon ECS, API reference, `ServiceDeploymentCircuitBreaker` and `ThresholdConfiguration`;
/// developer guide, "How the Amazon ECS deployment circuit breaker detects failures".
public enum ECSCircuitBreaker {
  /// How a threshold follows from the desired tasks.
  public enum Kind: Sendable, Hashable {
    /// So many tasks.
    case count(Int)
    /// A part of the desired tasks, rounded up, at least 3 and at most 200.
    case boundedShare(Share)
    /// A part of the desired tasks, rounded up.
    case unboundedShare(Share)

    /// What counts where nothing is given.
    public static let standard = Kind.boundedShare(.percent(50))
  }

  /// The number of failed tasks.
  public static func failureThreshold(desired: Int, _ kind: Kind = .standard) -> Int {
    switch kind {
    case .count(let count): count
    case .boundedShare(let share):
      min(max(share.replicas(of: desired, rounding: .up), 3), 200)
    case .unboundedShare(let share): share.replicas(of: desired, rounding: .up)
    }
  }
}
