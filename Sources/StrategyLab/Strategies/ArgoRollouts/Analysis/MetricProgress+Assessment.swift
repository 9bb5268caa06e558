import LabUnits

extension MetricProgress {
  /// After an error the next try comes after this, whatever the interval.
  ///
  /// Source: Argo Rollouts, analysis/analysis.go, `DefaultErrorRetryInterval`.
  public static let errorRetry = Span.seconds(10)

  /// How the metric stands by its measurements and its limits, when no further one may be taken if it is terminating.
  ///
  /// Source: Argo Rollouts, analysis/analysis.go, `assessMetricStatus`.
  public func assessment(_ metric: AnalysisMetric, isTerminating: Bool) -> AnalysisPhase {
    if phase.isCompleted { return phase }
    guard let last else { return isTerminating ? .successful : .pending }
    guard last.phase.isCompleted else { return .running }
    if let exceeded = exceededLimit(metric) { return exceeded.phase }
    let wantedSuccesses = metric.consecutiveSuccessLimit ?? 0
    if wantedSuccesses > 0, consecutiveSuccess >= wantedSuccesses { return .successful }
    if let wanted = metric.effectiveCount, count >= wanted {
      // Who asks for successes in a row, and never got them, has not been convinced; without a limit
      // of failures there was no other way to fail.
      if wantedSuccesses > 0 { return metric.failureLimit < 0 ? .failed : .inconclusive }
      return .successful
    }
    return isTerminating ? .successful : .running
  }

  /// The worst of the limits that were exceeded, by upstream's order: errors, inconclusive ones, failures.
  ///
  /// Source: Argo Rollouts, analysis/analysis.go, `assessMetricFailureInconclusiveOrError`.
  func exceededLimit(_ metric: AnalysisMetric) -> (phase: AnalysisPhase, reason: String)? {
    if consecutiveError > metric.consecutiveErrorLimit {
      return (
        .error,
        "\(counted(consecutiveError, "error")) in a row, consecutiveErrorLimit "
          + "\(metric.consecutiveErrorLimit)"
      )
    }
    if inconclusive > metric.inconclusiveLimit {
      return (
        .inconclusive,
        "\(counted(inconclusive, "inconclusive measurement")), inconclusiveLimit "
          + "\(metric.inconclusiveLimit)"
      )
    }
    if metric.failureLimit >= 0, failed > metric.failureLimit {
      return (
        .failed,
        "\(counted(failed, "failed measurement")), failureLimit \(metric.failureLimit)"
      )
    }
    return nil
  }

  /// Whether a measurement is due, or one that is under way is to be looked at.
  ///
  /// A controller is woken when the time has come and looks a moment later; here the moment is no time,
  /// so that a measurement is due at its very time.
  ///
  /// While the run has not started (`startedAt` is nil) no delay can have passed.
  ///
  /// Source: Argo Rollouts, analysis/analysis.go, `generateMetricTasks`.
  public func isDue(
    _ metric: AnalysisMetric, at now: Instant, startedAt: Instant?, isTerminating: Bool
  ) -> Bool {
    if phase.isCompleted { return false }
    if let last, last.finished == nil { return last.resumes.map { $0 <= now } ?? true }
    if isTerminating { return false }
    guard let last, let finished = last.finished else {
      if metric.initialDelay == .zero { return true }
      return startedAt.map { $0 + metric.initialDelay <= now } ?? false
    }
    if let wanted = metric.effectiveCount, count >= wanted { return false }
    return finished + pause(after: last, metric) <= now
  }

  /// When the metric wants to be looked at next; nil if nothing is planned.
  ///
  /// Source: Argo Rollouts, analysis/analysis.go, `calculateNextReconcileTime`.
  public func next(_ metric: AnalysisMetric, after now: Instant, startedAt: Instant?) -> Instant? {
    if phase.isCompleted { return nil }
    guard let last else {
      if metric.initialDelay == .zero { return nil }
      return known((startedAt ?? now) + metric.initialDelay)
    }
    guard let finished = last.finished else { return last.resumes }
    if let wanted = metric.effectiveCount, count >= wanted { return nil }
    if last.phase != .error, metric.interval == nil { return nil }
    return known(finished + pause(after: last, metric))
  }

  private func pause(after last: Last, _ metric: AnalysisMetric) -> Span {
    last.phase == .error
      ? MetricProgress.errorRetry : metric.interval ?? MetricProgress.errorRetry
  }

  private func known(_ instant: Instant) -> Instant? {
    instant == .distantFuture ? nil : instant
  }
}
