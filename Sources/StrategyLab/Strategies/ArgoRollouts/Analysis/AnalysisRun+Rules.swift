import LabUnits

// The rules about all metrics of a run together.

extension AnalysisRun {
  /// The phase of a run whose metrics stand so.
  ///
  /// While a metric is under way the run is, unless it is terminating; then the worst metric that is not a
  /// dry run speaks for it, and a run with nothing to say is successful.
  ///
  /// Source: Argo Rollouts, analysis/analysis.go, `assessRunStatus`.
  public static func phase(
    _ metrics: [(phase: AnalysisPhase, isDryRun: Bool)], isTerminating: Bool
  ) -> AnalysisPhase {
    let completed = metrics.filter { $0.phase.isCompleted }
    if completed.count < metrics.count, !isTerminating { return .running }
    let worst = completed.lazy.filter { !$0.isDryRun }.map(\.phase).max()
    if let worst { return worst }
    return completed.isEmpty && !isTerminating ? .running : .successful
  }

  /// Whether a metric that is not a dry run has come out badly, so that no other is measured any more.
  ///
  /// Source: Argo Rollouts, utils/analysis/helpers.go, `IsTerminating`.
  public static func isTerminating(
    _ metrics: [AnalysisMetric], _ progress: [MetricProgress]
  ) -> Bool {
    zip(metrics, progress).contains { metric, progress in
      progress.phase.isBad && !metric.isDryRun
    }
  }

  /// The earliest time at which one of the metrics wants to be looked at.
  ///
  /// Source: Argo Rollouts, analysis/analysis.go, `calculateNextReconcileTime`.
  public static func next(
    _ metrics: [AnalysisMetric], _ progress: [MetricProgress], after now: Instant,
    startedAt: Instant?
  ) -> Instant? {
    zip(metrics, progress).compactMap { metric, progress in
      progress.next(metric, after: now, startedAt: startedAt)
    }.min()
  }
}
