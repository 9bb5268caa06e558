import LabStrategies
import LabUnits

extension Scenario {
  /// What is contradictory between the autoscaler's own bounds, and between them and the service.
  func autoscalerProblems() -> [ScenarioProblem] {
    guard let rules = autoscaler?.rules else { return [] }
    let replicas = service.replicas
    if rules.maximum < rules.minimum {
      return [
        ScenarioProblem(
          path: "autoscaler.maximum",
          message: "maximum \(rules.maximum) is below the minimum of \(rules.minimum)",
          hint: "write at least \(max(rules.minimum, replicas))")
      ]
    }
    if replicas < rules.minimum {
      return [
        ScenarioProblem(
          path: "autoscaler.minimum",
          message: "minimum \(rules.minimum) is above the \(replicas) replicas of the service",
          hint: "write at most \(replicas), or give the service more replicas")
      ]
    }
    if replicas > rules.maximum {
      return [
        ScenarioProblem(
          path: "autoscaler.maximum",
          message: "maximum \(rules.maximum) is below the \(replicas) replicas of the service",
          hint: "write at least \(replicas)")
      ]
    }
    return []
  }
}
