import LabStrategies
import LabUnits

/// A step of the strategy and when it began: what a plan is made of.
///
/// No part of a ``Timeline``, which is what a store keeps of a run and must be able to give back whole.
public struct StepMark: Sendable, Equatable {
  /// When it began.
  public var time: Instant
  /// Which step.
  public var step: ReleaseStep
  /// Stable's replicas as the step found them, before it ordered anything; those not created yet are left out.
  public var stable: ReplicaCounts
  /// The candidate's replicas as the step found them; those not created yet are left out.
  public var candidate: ReplicaCounts
  /// The share of requests that went to the candidate when the step began, 0 to 1.
  public var candidateWeight: Double

  /// A step that begins.
  public init(
    time: Instant, step: ReleaseStep, stable: ReplicaCounts = ReplicaCounts(),
    candidate: ReplicaCounts = ReplicaCounts(), candidateWeight: Double = 0
  ) {
    self.time = time
    self.step = step
    self.stable = stable
    self.candidate = candidate
    self.candidateWeight = candidateWeight
  }
}
