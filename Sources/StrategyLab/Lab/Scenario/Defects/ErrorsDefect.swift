import LabUnits

/// Requests to the candidate fail with a fixed probability.
enum ErrorsDefect: DefectKind {
  static let form = VariantForm(
    name: "errors", summary: "Each request to the candidate fails with a fixed probability.",
    parameters: [
      .standard(
        "failureRate", .part, "20%", "The probability of a failure.",
        source: "SRE Workbook, chapter 16, worked example: an example, not a statistic")
    ])

  static func effect(_ values: ParameterValues) -> DefectEffect {
    var effect = DefectEffect()
    effect.failureProbability = values.share("failureRate").fraction
    return effect
  }
}
