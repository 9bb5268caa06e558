import LabUnits

/// Recreate: stop every replica of stable, and when the last is gone, start the candidate.
///
/// Both versions never run together; the price is an outage of one shut-down and one start-up. It
/// is undone the same way, with the same outage.
public struct Recreate: PhasedStrategy, Hashable {
  /// The strategy's name in scenario files.
  public static let kind = "recreate"
  /// What the strategy is.
  public static let summary =
    "Stops every replica of stable, and when the last is gone, starts the candidate."
  /// The strategy's keys: none.
  public static let parameters: [Parameter] = []

  /// The strategy, which has no parameters.
  public init() {}

  /// The strategy, which has no parameters.
  public init(_ values: ParameterValues) {}

  /// Stop the old version, start the new one; to undo it, the other way round.
  public var plan: ReleasePlan {
    ReleasePlan(
      route: .byReplicaShare,
      phases: [.recreate(with: .candidate)],
      rollback: [.recreate(with: .stable)])
  }

  /// Nothing can be wrong.
  public func problems(replicas: Int) -> [StrategyProblem] { [] }
}
