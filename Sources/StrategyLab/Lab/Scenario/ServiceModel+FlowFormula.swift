extension ServiceModel {
  /// Whether the flow has a formula for how long requests wait: it asks for the variance of the service time.
  ///
  /// With services of infinite variance the mean wait is infinite at any load (Pollaczek and Khinchine), though
  /// every single wait is finite: only playing every request shows such a service.
  public var hasFlowFormula: Bool { serviceTime.squaredVariation < .infinity }
}
