import LabUnits

extension Canary {
  /// Whether the steps climb, and whether replicas can stand for them.
  public func problems(replicas: Int) -> [StrategyProblem] {
    var problems = stepProblems
    guard routing == .replicas else { return problems }
    problems += StrategyProblem.fenceposts(maxSurge: maxSurge, maxUnavailable: maxUnavailable)
    let rolling = RollingParameters(
      desired: replicas, maxSurge: maxSurge, maxUnavailable: maxUnavailable)
    if replicas == 1, rolling.surge == 0,
      let index = steps.firstIndex(where: { $0.weight < .allCandidate })
    {
      let weight = steps[index].weight.share.plainText
      problems.append(
        StrategyProblem(
          key: "steps[\(index)].weight",
          message:
            "\(weight) cannot be reached by replicas: 1 replica without surge is not divisible",
          hint: "write maxSurge: 1 or routing: weighted"))
    }
    return problems
  }

  private var stepProblems: [StrategyProblem] {
    if steps.isEmpty {
      return [
        StrategyProblem(
          key: "steps", message: "a canary without steps is a switch",
          hint: "write at least one step such as {weight: 10%}, or use blue-green")
      ]
    }
    return steps.indices.compactMap { index in
      let weight = steps[index].weight
      if weight == .allStable {
        return StrategyProblem(
          key: "steps[\(index)].weight", message: "a step of 0% sends nothing to the candidate",
          hint: "write a weight above 0%")
      }
      guard index > 0, weight <= steps[index - 1].weight else { return nil }
      return StrategyProblem(
        key: "steps[\(index)].weight",
        message: "\(weight.share.plainText) is not above the "
          + "\(steps[index - 1].weight.share.plainText) of the step before",
        hint: "write the weights in ascending order")
    }
  }
}
