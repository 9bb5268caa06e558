import LabUnits

// The analyses and experiments that run beside the steps.

extension ArgoCanaryController {
  /// Lets the analyses measure; the reason for an abort if one has failed.
  mutating func measure(
    _ fleet: FleetObservation, into orders: inout [ReleaseOrder]
  ) -> String? {
    guard !progress.isPromotedInFull else { return nil }
    if background == nil, let analysis = canary.backgroundAnalysis,
      canary.steps.isEmpty || progress.step >= analysis.startingStep
    {
      background = AnalysisRun(metrics: analysis.metrics, startedAt: fleet.now)
    }
    if step.analysis == nil, case .analysis(let metrics) = canary.step(progress) {
      step.analysis = AnalysisRun(metrics: metrics, startedAt: fleet.now)
    }
    background?.pass(fleet.now, sample: fleet.sample, into: &orders)
    step.analysis?.pass(fleet.now, sample: fleet.sample, into: &orders)
    return Self.objection(background, "the background analysis")
      ?? Self.objection(step.analysis, "the analysis")
  }

  private static func objection(_ run: AnalysisRun?, _ name: String) -> String? {
    guard let run, run.phase == .failed || run.phase == .error else { return nil }
    let outcome = run.phase == .failed ? "failed" : "could not be measured"
    return run.reason.isEmpty ? "\(name) \(outcome)" : "\(name) \(outcome): \(run.reason)"
  }

  /// Whether an inconclusive analysis holds the release until a person resumes it; the run then starts anew.
  ///
  /// Source: Argo Rollouts, rollout/analysis.go, `needsNewAnalysisRun`.
  mutating func isHeld(_ fleet: FleetObservation, into orders: inout [ReleaseOrder]) -> Bool {
    let isInconclusive =
      background?.phase == .inconclusive || step.analysis?.phase == .inconclusive
    guard isInconclusive else { return false }
    if let since = heldSince {
      guard fleet.now - since >= canary.resumeAfter else { return true }
      heldSince = nil
      orders.append(.announce("a person resumes the release: what was inconclusive starts anew"))
      if background?.phase == .inconclusive { background = nil }
      if step.analysis?.phase == .inconclusive { step.analysis = nil }
      return true
    }
    heldSince = fleet.now
    orders.append(.announce("pauses: the analysis is inconclusive"))
    wake(after: canary.resumeAfter, fleet, into: &orders)
    return true
  }

  /// How the experiment of the step stands; nil if the step is none.
  ///
  /// Its time begins when its replicas are available; it is successful when the time is over and
  /// nothing that was measured speaks against it.
  mutating func experimentPhase(
    _ fleet: FleetObservation, into orders: inout [ReleaseOrder]
  ) -> AnalysisPhase? {
    guard case .experiment(let experiment) = canary.step(progress) else { return nil }
    guard step.hasExperiment else {
      step.hasExperiment = true
      return .pending
    }
    guard let since = step.experimentSince else {
      guard !canary.isRouted || fleet.counts(of: new).available >= fleet.counts(of: new).desired
      else { return .pending }
      step.experimentSince = fleet.now
      if !experiment.metrics.isEmpty {
        step.analysis = AnalysisRun(metrics: experiment.metrics, startedAt: fleet.now)
        step.analysis?.pass(fleet.now, sample: fleet.sample, into: &orders)
      }
      if let duration = experiment.duration {
        wake(after: duration, fleet, into: &orders)
      }
      return .running
    }
    guard let duration = experiment.duration else {
      return step.analysis?.phase ?? .successful
    }
    guard fleet.now - since >= duration else { return .running }
    step.analysis?.terminate()
    return step.analysis?.phase ?? .successful
  }
}
