import LabUnits

/// The two versions cannot live side by side: sessions that meet both fail, and writes must be repaired.
enum IncompatibleDefect: DefectKind {
  static let form = VariantForm(
    name: "incompatible",
    summary:
      "A request fails when its session met the other version just before; writes need repair.",
    parameters: [
      .standard(
        "failureRate", .part, "100%",
        "The probability that a request fails whose session's last request went to the other version.",
        source: "assumption of StrategyLab: neither version reads what the other stored"),
      .standard(
        "writes", .part, "10%",
        "The share of the candidate's requests whose writes must be repaired when the release is undone.",
        source: "assumption of StrategyLab; no statistic was found"),
    ])

  static func effect(_ values: ParameterValues) -> DefectEffect {
    var effect = DefectEffect()
    effect.versionChangeFailureProbability = values.share("failureRate").fraction
    effect.writesToRepair = values.share("writes").fraction
    return effect
  }
}
