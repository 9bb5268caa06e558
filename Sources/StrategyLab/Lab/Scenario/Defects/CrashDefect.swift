import LabKernel
import LabUnits

/// Replicas of the candidate crash: before they are ready, or after some time of service.
enum CrashDefect: DefectKind {
  static let form = VariantForm(
    name: "crash", summary: "Replicas of the candidate crash at the start, or after some time.",
    parameters: [
      .standard(
        "startFailures", .part, "100%", "The probability that a start crashes before it is ready.",
        source: "assumption of StrategyLab: a version that never comes up"),
      .optional(
        "uptime", .variant(SpanDistribution.family),
        "How long a ready replica serves before it crashes; it never does if left out."),
    ])

  static func effect(_ values: ParameterValues) -> DefectEffect {
    var effect = DefectEffect()
    effect.startFailureProbability = values.share("startFailures").fraction
    effect.crashUptime = values.has("uptime") ? values.distribution("uptime") : nil
    return effect
  }
}
