import LabUnits

/// The candidate needs longer for each request.
enum LatencyDefect: DefectKind {
  static let form = VariantForm(
    name: "latency", summary: "The candidate's service time is multiplied by a factor.",
    parameters: [
      .standard(
        "factor", .number(1...1000), "3", "What the service time is multiplied by.",
        source: "assumption of StrategyLab; no statistic was found")
    ])

  static func effect(_ values: ParameterValues) -> DefectEffect {
    var effect = DefectEffect()
    effect.serviceTimeFactor = values.number("factor")
    return effect
  }
}
