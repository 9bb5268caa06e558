extension ServiceModel {
  /// Whether the flow has a formula for how long requests wait: it asks for the variance of the service time.
  ///
  /// With services of infinite variance the mean wait is infinite at any load (Pollaczek and Khinchine), though
  /// every single wait is finite: only playing every request shows such a service.
  public var hasFlowFormula: Bool { serviceTime.squaredVariation < .infinity }
}

extension Scenario {
  /// What of the service cannot be played at the scenario's level of detail.
  func serviceProblems() -> [ScenarioProblem] {
    guard experiment.detail != .request, !service.hasFlowFormula else { return [] }
    return [
      ScenarioProblem(
        path: "service.serviceTime",
        message: "service times of infinite variance wait for ever in the mean",
        hint: "write a shape above 2")
    ]
  }
}
