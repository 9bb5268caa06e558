import LabUnits

extension ArgoCanary {
  /// The strategy's keys.
  public static let parameters: [Parameter] = [
    .standard(
      "steps", .list(.section(stepParameters), minimumCount: 0), "[]",
      "The steps on the way to the promotion; each has exactly one key. Without steps the release is a rolling update.",
      source: "Argo Rollouts, docs/features/canary.md"),
    .standard(
      "trafficRouting", .choice(["none", "weighted"]), "none",
      "What splits the traffic: the replicas of each version, or a router by weight.",
      source: "Argo Rollouts, docs/features/traffic-management/index.md"),
    .standard(
      "maxSurge", .replicas, "25%",
      "Replicas that may be asked for above the desired count; plays no part with a router.",
      source: "Argo Rollouts, utils/defaults/defaults.go, DefaultMaxSurge"),
    .standard(
      "maxUnavailable", .replicas, "25%",
      "Replicas that may be missing from the desired count; plays no part with a router.",
      source: "Argo Rollouts, utils/defaults/defaults.go, DefaultMaxUnavailable"),
    .standard(
      "maxTrafficWeight", .integer(1...1_000_000), "100",
      "The weight that is all of the traffic; weights of steps are whole parts of it.",
      source: "Argo Rollouts, utils/weightutil/weight.go, MaxTrafficWeight"),
    .standard(
      "dynamicStableScale", .flag, "false",
      "Whether stable shrinks as its weight does; only with a router.",
      source: "Argo Rollouts, docs/features/canary.md"),
    .optional(
      "minPodsPerReplicaSet", .integer(1...100_000),
      "The fewest replicas of a version that has any; only with a router.",
      source: "Argo Rollouts, docs/features/canary.md"),
    .optional(
      "scaleDownDelay", .anySpan,
      "How long stable's replicas stay after the promotion; only with a router. Default: 30s.",
      source: "Argo Rollouts, utils/defaults/defaults.go, DefaultScaleDownDelaySeconds"),
    .optional(
      "abortScaleDownDelay", .anySpan,
      "How long the candidate's replicas stay after an abort; 0s keeps them for ever. Only with a router. Default: 30s.",
      source: "Argo Rollouts, utils/defaults/defaults.go, DefaultAbortScaleDownDelaySeconds"),
    .optional(
      "progressThreshold", .replicas,
      "How many available replicas are enough to go on; left out: all of them.",
      source: "Argo Rollouts, docs/features/specification.md, replicaProgressThreshold"),
    .standard(
      "progressDeadline", .positiveSpan, "10m", "How long the release may go without progress.",
      source: "Argo Rollouts, utils/defaults/defaults.go, DefaultProgressDeadlineSeconds"),
    .standard(
      "progressDeadlineAbort", .flag, "false",
      "Whether a release without progress is aborted; otherwise it is only reported.",
      source: "Argo Rollouts, docs/features/specification.md"),
    .optional(
      "rollbackWindow", .integer(1...1000),
      "How many revisions one may go back without the steps.",
      source: "Argo Rollouts, docs/features/rollback.md"),
    .standard(
      "resumeAfter", .positiveSpan, "5m",
      "After how long a person resumes a pause that has no duration, or an inconclusive analysis.",
      source: "assumption of StrategyLab: a person looks and resumes"),
    .optional(
      "backgroundAnalysis",
      .section([
        .standard(
          "startingStep", .integer(0...10_000), "0",
          "The step at which the analysis starts, counted from 0.",
          source: "Argo Rollouts, docs/features/analysis.md"),
        .required("metrics", metrics, "What is measured until the promotion."),
      ]), "An analysis that runs beside the steps and aborts the release if it fails.",
      source: "Argo Rollouts, docs/features/analysis.md"),
  ]

  private static let metrics = ParameterKind.list(
    .section(AnalysisMetric.parameters), minimumCount: 1)

  static let stepParameters: [Parameter] = [
    .optional("setWeight", .part, "The candidate gets this share of the traffic."),
    .optional(
      "pause",
      .section([
        .optional("duration", .anySpan, "How long; left out: until a person resumes the release.")
      ]), "The release rests: `{duration: 5m}`, or `{}` until a person resumes it."),
    .optional(
      "setCanaryScale",
      .section([
        .optional("replicas", .integer(0...100_000), "So many replicas."),
        .optional(
          "weight", .share(.none ... .percent(10_000)),
          "So many percent of the desired replicas; may exceed 100%."),
        .standard(
          "matchTrafficWeight", .flag, "false", "Whether the size follows the weight again.",
          source: "Argo Rollouts, docs/features/canary.md"),
      ]), "The candidate's size apart from its weight; only with a router."),
    .optional(
      "setHeaderRoute",
      .section([
        .optional(
          "users", .part,
          "The share of the users whose requests bear the header; left out: the route is removed.")
      ]), "All requests that bear a header go to the candidate; only with a router."),
    .optional(
      "setMirrorRoute",
      .section([
        .optional(
          "percentage", .part,
          "The share of the requests that is copied; left out: the route is removed.")
      ]), "Requests are copied to the candidate; only with a router."),
    .optional(
      "analysis", .section([.required("metrics", metrics, "What is measured.")]),
      "The release goes on if the metrics are successful, and is aborted if they fail."),
    .optional(
      "experiment",
      .section([
        .optional(
          "duration", .positiveSpan,
          "How long the extra replicas run once they are available; left out: until the metrics are done."
        ),
        .standard(
          "replicas", .integer(0...100_000), "1", "How many extra replicas run.",
          source: "Argo Rollouts, docs/features/experiment.md"),
        .standard(
          "weight", .part, "0%", "Their share of the traffic, taken from stable.",
          source: "Argo Rollouts, docs/features/experiment.md"),
        .optional("metrics", metrics, "What is measured meanwhile."),
      ]), "Extra replicas of the candidate run beside the others."),
  ]
}
