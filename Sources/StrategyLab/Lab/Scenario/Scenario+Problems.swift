import LabKernel
import LabStrategies
import LabUnits

extension Scenario {
  /// What is contradictory among keys that are each well written; empty if nothing is.
  ///
  /// - Returns: problems in the order of the file's sections, each with the path of the key to point at.
  public func problems() -> [ScenarioProblem] {
    nodeProblems() + trafficProblems() + strategyProblems() + experimentProblems()
  }

  private func nodeProblems() -> [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    if cluster.replicasPerNode(request: service.replicaRequest) < 1 {
      found.append(
        ScenarioProblem(
          path: "cluster.nodes", message: "no replica fits on a node",
          hint: "ask for less cpu or memory per replica, or write a larger node"))
    }
    if let count = cluster.nodeCount, let maximum = cluster.nodeMaximum, count > maximum {
      found.append(
        ScenarioProblem(
          path: "cluster.nodes.maximum",
          message: "maximum \(maximum) is below the \(count) nodes at the start",
          hint: "write at least \(count)"))
    }
    return found
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
    guard let baseline = experiment.baseline, !strategies.contains(where: { $0.name == baseline })
    else { return [] }
    let names = strategies.map { "'\($0.name)'" }.joined(separator: ", ")
    return [
      ScenarioProblem(
        path: "experiment.baseline", message: "no strategy is called '\(baseline)'",
        hint: "write one of \(names)")
    ]
  }
}
