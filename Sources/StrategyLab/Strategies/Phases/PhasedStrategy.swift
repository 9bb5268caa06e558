import LabUnits

/// A strategy that is a plan: a list of phases to release by, and a list to undo it by.
public protocol PhasedStrategy: ReleaseStrategy {
  /// What the strategy does, and how it is undone.
  var plan: ReleasePlan { get }
}

extension PhasedStrategy {
  /// A controller that plays the plan.
  public func makeController(replicas: Int) -> any ReleaseController { PhaseController(plan) }

  /// The plan's phases in words: one sentence each.
  public func outline(replicas: Int) -> [String] { plan.outline(replicas: replicas) }

  /// The sum of the plan's waits.
  public var leastDuration: Span { plan.leastDuration }

  /// Whether any phase splits or copies traffic other than by endpoints.
  public var needsTrafficRouting: Bool { plan.needsTrafficRouting }
}
