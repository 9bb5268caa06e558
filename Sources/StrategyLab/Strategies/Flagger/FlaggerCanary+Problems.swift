import LabUnits

extension FlaggerCanary {
  /// Whether the run can end, and whether its checks can find anything.
  public func problems(replicas: Int) -> [StrategyProblem] {
    var problems = StrategyProblem.fenceposts(maxSurge: maxSurge, maxUnavailable: maxUnavailable)
    if canaryReplicas.isNothing {
      problems.append(
        StrategyProblem(
          key: "canaryReplicas", message: "a canary of 0 replicas is never analysed",
          hint: "write 1 or more"))
    }
    guard !analysis.skipsAnalysis else { return problems }
    return problems + stepProblems + matchProblems + dataProblems
  }

  private var stepProblems: [StrategyProblem] {
    guard analysis.effective.mode == .canary else { return [] }
    let weights = analysis.stepWeights
    if analysis.stepWeight == 0 {
      for index in weights.indices where weights[index] <= (index == 0 ? 0 : weights[index - 1]) {
        return [
          StrategyProblem(
            key: "stepWeights[\(index)]",
            message: index == 0
              ? "a step of \(weights[0])% sends nothing to the canary"
              : "\(weights[index])% is not above the \(weights[index - 1])% of the step before",
            hint: "write whole percents in ascending order")
        ]
      }
    }
    guard analysis.stalls else { return [] }
    return [
      StrategyProblem(
        key: "stepWeight", message: "nothing says how the canary's weight grows",
        hint: "write stepWeight: 10%, stepWeights: [10%, 50%], or iterations: 10")
    ]
  }

  private var matchProblems: [StrategyProblem] {
    guard analysis.hasMatch, analysis.iterations == 0, !analysis.isKubernetes else { return [] }
    return [
      StrategyProblem(
        key: "matchedUsers", message: "an A/B test needs iterations", hint: "write iterations: 10")
    ]
  }

  private var dataProblems: [StrategyProblem] {
    let isUnseen =
      analysis.effective.mode == .blueGreen && (!analysis.mirrors || analysis.isKubernetes)
    guard isUnseen, !metrics.isEmpty, checksPerSecond <= 0 else { return [] }
    return [
      StrategyProblem(
        key: "checksPerSecond",
        message: "no request reaches the canary, so every check of its metrics finds no data",
        hint: "write checksPerSecond: 5/s, or metrics: []")
    ]
  }
}
