import LabUnits

/// Blue-green as a Rollout of Argo Rollouts plays it: preview, analysis, pause, switch, analysis, and the old version for a while.
///
/// The preview grows to its size in one go and gets no user traffic, so an analysis before the switch
/// measures what synthetic requests meet there. The switch moves all traffic in one step, when the new
/// version is whole.
///
/// Source: Argo Rollouts, docs/features/bluegreen.md; rollout/bluegreen.go.
public struct ArgoBlueGreen: ReleaseStrategy, Hashable {
  /// The strategy's name in scenario files.
  public static let kind = "argo-blue-green"
  /// What the strategy is.
  public static let summary =
    "Plays a Rollout of Argo Rollouts with spec.strategy.blueGreen as its controller does."

  /// What the Rollout says of sizes, pauses and delays.
  public var settings: BlueGreenSettings
  /// What is measured before the switch; empty for no analysis.
  public var prePromotionAnalysis: [AnalysisMetric]
  /// What is measured after the switch; empty for no analysis.
  public var postPromotionAnalysis: [AnalysisMetric]
  /// How long a person takes to promote, or to resume after an inconclusive analysis.
  public var resumeAfter: Span
  /// Synthetic requests per second to the preview while it is analysed.
  public var previewChecksPerSecond: Double
  /// How long an update may make no progress.
  public var progressDeadline: Span

  /// A blue-green update.
  public init(
    _ settings: BlueGreenSettings = .init(), prePromotionAnalysis: [AnalysisMetric] = [],
    postPromotionAnalysis: [AnalysisMetric] = [], resumeAfter: Span = .minutes(5),
    previewChecksPerSecond: Double = 5, progressDeadline: Span = .minutes(10)
  ) {
    self.settings = settings
    self.prePromotionAnalysis = prePromotionAnalysis
    self.postPromotionAnalysis = postPromotionAnalysis
    self.resumeAfter = resumeAfter
    self.previewChecksPerSecond = previewChecksPerSecond
    self.progressDeadline = progressDeadline
    self.settings.hasPrePromotionAnalysis = !prePromotionAnalysis.isEmpty
    self.settings.hasPostPromotionAnalysis = !postPromotionAnalysis.isEmpty
  }

  /// A controller that will play the strategy from the start of the release.
  public func makeController(replicas: Int) -> any ReleaseController {
    ArgoBlueGreenController(self)
  }

  /// All traffic moves by the selector of a Service, so nothing has to split it.
  public var needsTrafficRouting: Bool { false }

  /// The analyses, the pause and the time that the old version is kept.
  public var leastDuration: Span {
    var least = AnalysisRun.leastDuration(prePromotionAnalysis)
    if settings.needsPause { least += pauseLength }
    least += AnalysisRun.leastDuration(postPromotionAnalysis)
    return least + settings.effectiveScaleDownDelay
  }

  /// How long the pause before the switch lasts, a person's time included.
  var pauseLength: Span {
    settings.autoPromotion ? settings.autoPromotionDelay : resumeAfter
  }
}
