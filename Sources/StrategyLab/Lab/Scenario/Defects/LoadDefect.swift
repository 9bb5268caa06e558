import LabUnits

/// The candidate fails only when its replicas are busy enough.
enum LoadDefect: DefectKind {
  static let form = VariantForm(
    name: "load", summary: "The candidate hurts only above a rate per replica.",
    parameters: [
      .required("above", .rate, "Requests to one replica above which it begins to hurt."),
      .standard(
        "failureRate", .part, "20%", "The probability that a request above that rate fails.",
        source: "SRE Workbook, chapter 16, worked example: an example, not a statistic"),
    ])

  static func effect(_ values: ParameterValues) -> DefectEffect {
    var effect = DefectEffect()
    effect.loadThreshold = values.number("above")
    effect.failureProbability = values.share("failureRate").fraction
    return effect
  }
}
