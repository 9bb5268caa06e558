import LabUnits

extension ArgoBlueGreen {
  /// The strategy's keys.
  public static let parameters: [Parameter] = [
    .optional(
      "previewReplicaCount", .integer(0...100_000),
      "Replicas of the new version until it is promoted; left out, it has all from the start.",
      source: "Argo Rollouts, docs/features/bluegreen.md, previewReplicaCount"),
    .standard(
      "autoPromotion", .flag, "true", "Whether the new version is promoted without a person.",
      source: "Argo Rollouts, utils/defaults/defaults.go, autoPromotionEnabled"),
    .standard(
      "autoPromotionDelay", .anySpan, "0s",
      "How long the new version waits, available and analysed, before it is promoted without a person.",
      source: "Argo Rollouts, docs/features/bluegreen.md, autoPromotionSeconds"),
    .optional(
      "scaleDownDelay", .anySpan,
      "How long the old version keeps its replicas after the promotion; left out, 30s.",
      source: "Argo Rollouts, utils/defaults/defaults.go, scaleDownDelaySeconds"),
    .standard(
      "abortScaleDownDelay", .anySpan, "30s",
      "How long the new version keeps its replicas after an abort; 0s keeps them for ever.",
      source: "Argo Rollouts, utils/defaults/defaults.go, abortScaleDownDelaySeconds"),
    .optional(
      "prePromotionAnalysis", .list(.section(AnalysisMetric.parameters), minimumCount: 1),
      "What is measured before the switch; synthetic requests are sent to the preview meanwhile.",
      source: "Argo Rollouts, docs/features/analysis.md, prePromotionAnalysis"),
    .optional(
      "postPromotionAnalysis", .list(.section(AnalysisMetric.parameters), minimumCount: 1),
      "What is measured after the switch; a failure switches back at once.",
      source: "Argo Rollouts, docs/features/analysis.md, postPromotionAnalysis"),
    .standard(
      "resumeAfter", .anySpan, "5m",
      "How long a person takes to promote, or to resume after an inconclusive analysis.",
      source: "assumption of StrategyLab: a person looks and resumes"),
    .standard(
      "previewChecksPerSecond", .rate, "5/s",
      "Synthetic requests to the preview while it is analysed; users do not reach it.",
      source:
        "assumption of StrategyLab: enough for a share of 1% to be measured in a minute, and no load"
    ),
    .standard(
      "progressDeadline", .positiveSpan, "10m",
      "How long the update may wait for replicas without any progress.",
      source: "Argo Rollouts, utils/defaults/defaults.go, progressDeadlineSeconds"),
    .standard(
      "progressDeadlineAbort", .flag, "false",
      "Whether an update that makes no progress is aborted.",
      source: "Argo Rollouts, pkg/apis/rollouts/v1alpha1/types.go, progressDeadlineAbort"),
  ]

  /// The strategy with the parameters that a scenario gives it.
  public init(_ values: ParameterValues) {
    var settings = BlueGreenSettings()
    if values.has("previewReplicaCount") {
      settings.previewReplicaCount = values.integer("previewReplicaCount")
    }
    settings.autoPromotion = values.flag("autoPromotion")
    settings.autoPromotionDelay = values.span("autoPromotionDelay")
    if values.has("scaleDownDelay") { settings.scaleDownDelay = values.span("scaleDownDelay") }
    let abortDelay = values.span("abortScaleDownDelay")
    settings.abortScaleDownDelay = abortDelay == .zero ? nil : abortDelay
    settings.progressDeadlineAbort = values.flag("progressDeadlineAbort")
    func metrics(_ key: String) -> [AnalysisMetric] {
      values.has(key) ? AnalysisMetric.list(values.list(key)) : []
    }
    self.init(
      settings, prePromotionAnalysis: metrics("prePromotionAnalysis"),
      postPromotionAnalysis: metrics("postPromotionAnalysis"),
      resumeAfter: values.span("resumeAfter"),
      previewChecksPerSecond: values.number("previewChecksPerSecond"),
      progressDeadline: values.span("progressDeadline"))
  }

  /// Whether the analyses can come to an end, and have something to measure.
  public func problems(replicas: Int) -> [StrategyProblem] {
    var problems = AnalysisMetric.problems(
      prePromotionAnalysis, key: "prePromotionAnalysis", mayRunForever: false)
    problems += AnalysisMetric.problems(
      postPromotionAnalysis, key: "postPromotionAnalysis", mayRunForever: false)
    if !prePromotionAnalysis.isEmpty, previewChecksPerSecond <= 0 {
      problems.append(
        StrategyProblem(
          key: "previewChecksPerSecond",
          message: "an analysis before the switch has nothing to measure without any request",
          hint: "write previewChecksPerSecond: 5/s"))
    }
    return problems
  }
}
