import LabUnits

extension ArgoCanary {
  /// What Argo Rollouts would refuse, and what can never be reached.
  ///
  /// Source: Argo Rollouts, pkg/apis/rollouts/validation/validation.go, `ValidateRolloutStrategyCanary`.
  public func problems(replicas: Int) -> [StrategyProblem] {
    var problems = StrategyProblem.fenceposts(maxSurge: maxSurge, maxUnavailable: maxUnavailable)
    func add(_ key: String, _ message: String, _ hint: String) {
      problems.append(StrategyProblem(key: key, message: message, hint: hint))
    }
    if !isRouted {
      if scaleDownDelay != nil {
        add(
          "scaleDownDelay", "scaleDownDelay means nothing without a router",
          "write trafficRouting: weighted, or leave it out")
      }
      if dynamicStableScale {
        add(
          "dynamicStableScale", "dynamicStableScale means nothing without a router",
          "write trafficRouting: weighted, or leave it out")
      }
    } else if dynamicStableScale, scaleDownDelay != nil {
      add(
        "scaleDownDelay", "dynamicStableScale leaves no stable replicas to keep",
        "leave out scaleDownDelay or dynamicStableScale")
    }
    for (index, keys) in stepKeys.enumerated() where keys.count != 1 {
      let found = keys.isEmpty ? "none" : keys.joined(separator: " and ")
      add(
        "steps[\(index)]", "a step has exactly one key, this one has \(found)",
        keys.isEmpty ? "write setWeight: 20%" : "write one step for each")
    }
    for index in steps.indices { problems += self.problems(ofStep: index) }
    if let background = backgroundAnalysis, background.startingStep > 0,
      background.startingStep >= steps.count
    {
      add(
        "backgroundAnalysis.startingStep",
        "step \(background.startingStep) does not exist: there are \(counted(steps.count, "step"))",
        "write at most \(max(0, steps.count - 1))")
    }
    return problems
  }

  private func problems(ofStep index: Int) -> [StrategyProblem] {
    let key = "steps[\(index)]"
    func needsRouter(_ name: String) -> [StrategyProblem] {
      isRouted
        ? []
        : [
          StrategyProblem(
            key: "\(key).\(name)", message: "\(name) needs a router",
            hint: "write trafficRouting: weighted")
        ]
    }
    switch steps[index] {
    case .setCanaryScale: return needsRouter("setCanaryScale")
    case .setHeaderRoute: return needsRouter("setHeaderRoute")
    case .setMirrorRoute: return needsRouter("setMirrorRoute")
    case .experiment(let experiment):
      if experiment.weight > 0, !isRouted { return needsRouter("experiment") }
      guard experiment.duration == nil, experiment.metrics.isEmpty else { return [] }
      return [
        StrategyProblem(
          key: "\(key).experiment",
          message: "an experiment with neither duration nor metrics never ends",
          hint: "write duration: 5m")
      ]
    case .analysis(let metrics):
      guard let endless = metrics.first(where: { $0.count == nil && $0.interval != nil }) else {
        return []
      }
      return [
        StrategyProblem(
          key: "\(key).analysis",
          message: "the metric '\(endless.name)' has an interval and no count: the step never ends",
          hint: "write count: 5")
      ]
    case .setWeight, .pause: return []
    }
  }
}
