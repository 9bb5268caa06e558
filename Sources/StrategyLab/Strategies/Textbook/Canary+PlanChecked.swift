import LabUnits

extension Canary: PlanChecked {
  /// Steps that end as soon as they are reached, although the analysis shall judge them.
  ///
  /// Whether the scenario's monitors come to a measurement within a pause is for the scenario to say.
  public func planWarnings(replicas: Int) -> [StrategyProblem] {
    guard analysis else { return [] }
    return steps.indices.compactMap { index in
      guard steps[index].pause <= .zero else { return nil }
      return StrategyProblem(
        key: "steps[\(index)].pause",
        message: "step \(index + 1) ends as soon as its weight is reached, and nothing judges it",
        hint: "write a pause that is at least as long as the analysis needs")
    }
  }
}
