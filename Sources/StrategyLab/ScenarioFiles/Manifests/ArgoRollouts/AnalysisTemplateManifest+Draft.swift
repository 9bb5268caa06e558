import LabUnits

/// The metrics of an analysis as a scenario has them, and what they ask of the rest of it.
struct AnalysisDraft {
  /// The metrics, each a mapping with the keys of a metric.
  var metrics: [DraftNode] = []
  /// The latency above which a request counts as slow, and where it comes from; nil if no metric asks for one.
  var slowThreshold: (span: Span, origin: String)?
}

extension AnalysisTemplateManifest {
  /// The template's own metrics as a scenario writes them.
  ///
  /// What cannot be understood is listed as left out; what Argo Rollouts refuses is reported.
  ///
  /// - Parameters:
  ///   - given: The arguments that the Rollout gives, by name.
  ///   - dryRun: The names of metrics without consequence that the Rollout adds.
  ///   - mayRunForever: Whether something else ends the analysis, as the end of the steps ends one in the background.
  ///   - threshold: The slow threshold that other templates ask for already; a scenario has one.
  ///   - origin: The comment for a value from a place and a path.
  /// - Returns: the metrics and the threshold.
  func draft(
    arguments given: [String: String] = [:], dryRun: [String] = [], mayRunForever: Bool = false,
    slowThreshold threshold: (span: Span, origin: String)? = nil,
    origin: (ManifestPlace, String) -> String
  ) -> AnalysisDraft {
    let arguments = arguments.merging(given) { _, given in given }
    var draft = AnalysisDraft(slowThreshold: threshold)
    for metric in metrics {
      let isDryRun = (self.dryRun + dryRun).contains { $0 == metric.name?.value || $0 == ".*" }
      var reading = AnalysisMetricReading(
        metric: metric, arguments: arguments, object: object, findings: findings)
      guard reading.check(mayRunForever: mayRunForever),
        let node = reading.node(isDryRun: isDryRun, draft: &draft, origin: origin)
      else { continue }
      draft.metrics.append(node)
    }
    return draft
  }

  /// The template's own metrics as a scenario writes them, without arguments from a Rollout.
  func draftMetrics(origin: (ManifestPlace, String) -> String) -> [DraftNode] {
    draft(origin: origin).metrics
  }
}
