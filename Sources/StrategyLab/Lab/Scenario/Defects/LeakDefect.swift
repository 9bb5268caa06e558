import LabKernel
import LabUnits

/// A replica of the candidate begins to fail after it has been up for a time.
enum LeakDefect: DefectKind {
  static let form = VariantForm(
    name: "leak", summary: "A replica of the candidate begins to hurt after an uptime.",
    parameters: [
      .standard(
        "uptime", .variant(SpanDistribution.family),
        "{distribution: lognormal, median: 20m, p95: 1h}",
        "How long a replica is up before it begins to hurt.",
        source: "assumption of StrategyLab; no statistic was found"),
      .standard(
        "failureRate", .part, "20%", "The probability that a request to such a replica fails.",
        source: "SRE Workbook, chapter 16, worked example: an example, not a statistic"),
    ])

  static func effect(_ values: ParameterValues) -> DefectEffect {
    var effect = DefectEffect()
    effect.onsetUptime = values.distribution("uptime")
    effect.failureProbability = values.share("failureRate").fraction
    return effect
  }
}
