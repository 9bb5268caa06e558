import LabUnits

/// The candidate fails only for some of the users.
enum CohortDefect: DefectKind {
  static let form = VariantForm(
    name: "cohort", summary: "The candidate hurts only a segment of the users.",
    parameters: [
      .standard(
        "users", .part, "5%", "The share of users that are hurt: a browser, a country, a tariff.",
        source: "assumption of StrategyLab; no statistic was found"),
      .standard(
        "failureRate", .part, "100%", "The probability that a request of such a user fails.",
        source: "assumption of StrategyLab: the segment cannot use the service at all"),
    ])

  static func effect(_ values: ParameterValues) -> DefectEffect {
    var effect = DefectEffect()
    effect.affectedUsers = values.share("users").fraction
    effect.failureProbability = values.share("failureRate").fraction
    return effect
  }
}
