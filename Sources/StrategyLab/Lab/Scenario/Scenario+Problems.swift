import LabKernel
import LabStrategies
import LabUnits

extension Scenario {
  /// What is contradictory among keys that are each well written; empty if nothing is.
  ///
  /// - Returns: problems in the order of the file's sections, each with the path of the key to point at.
  public func problems() -> [ScenarioProblem] {
    clusterProblems() + scarceProblems() + autoscalerProblems() + trafficProblems()
      + strategyProblems() + experimentProblems()
  }

  private func trafficProblems() -> [ScenarioProblem] {
    if traffic.requests(until: experiment.horizon) <= 0 {
      return [
        ScenarioProblem(
          path: "traffic", message: "no request arrives within the horizon",
          hint: "write a rate above 0/s")
      ]
    }
    return []
  }

  private func strategyProblems() -> [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    var seen: Set<String> = []
    for (index, named) in strategies.enumerated() {
      if !seen.insert(named.name).inserted {
        found.append(
          ScenarioProblem(
            path: "strategies[\(index)]",
            message: "a second strategy is called '\(named.name)'",
            hint: "give it a name of its own: `name: another-\(named.name)`"))
      }
      for problem in named.strategy.problems(replicas: service.replicas) {
        found.append(
          ScenarioProblem(
            path: "strategies[\(index)]" + (problem.key.isEmpty ? "" : ".\(problem.key)"),
            message: problem.message, hint: problem.hint))
      }
      if named.strategy.leastDuration > experiment.horizon {
        found.append(
          ScenarioProblem(
            path: "experiment.horizon",
            message:
              "the horizon is shorter than the plan of '\(named.name)', which takes at least \(Int(named.strategy.leastDuration.seconds.rounded(.up))) s without any start-up",
            hint: "write a longer horizon, or shorter steps"))
      }
    }
    return found
  }

  private func experimentProblems() -> [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    if let baseline = experiment.baseline, !strategies.contains(where: { $0.name == baseline }) {
      let names = strategies.map { "'\($0.name)'" }.joined(separator: ", ")
      found.append(
        ScenarioProblem(
          path: "experiment.baseline", message: "no strategy is called '\(baseline)'",
          hint: "write one of \(names)"))
    }
    if let problem = sizeProblem() { found.append(problem) }
    if let problem = detailProblem() { found.append(problem) }
    return found
  }

  /// Why the experiment is too large to be kept in memory; nil if it is not.
  public func sizeProblem() -> ScenarioProblem? {
    let most = ExperimentPlan.mostRuns
    let (runs, overflow) = experiment.replications.multipliedReportingOverflow(by: strategies.count)
    guard overflow || runs > most else { return nil }
    return ScenarioProblem(
      path: "experiment.replications",
      message:
        "\(experiment.replications) replications of \(strategies.count) strategies are more than \(most) runs",
      hint: "write at most \(most / max(strategies.count, 1)) replications")
  }
}
