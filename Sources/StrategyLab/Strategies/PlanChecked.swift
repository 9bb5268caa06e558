import LabUnits

/// A strategy that knows where its own plan cannot do what it says, although no key is wrong.
///
/// ``ReleaseStrategy/problems(replicas:)`` refuses what nobody can play. Here is what can be played and
/// will surprise: an analysis whose interval is longer than the step it judges, a largest weight that
/// the steps overshoot.
public protocol PlanChecked: ReleaseStrategy {
  /// What will surprise in a fleet of so many replicas; empty if nothing will.
  ///
  /// - Returns: each finding with its key, the finding as the end of a sentence, and what to write instead.
  func planWarnings(replicas: Int) -> [StrategyProblem]
}
