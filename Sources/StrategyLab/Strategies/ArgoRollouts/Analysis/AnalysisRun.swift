import LabUnits

/// An analysis run of Argo Rollouts: its metrics are measured when they are due, until the run has a phase that stays.
///
///     var run = AnalysisRun(metrics: metrics, startedAt: observation.now)
///     run.pass(observation.now, sample: observation.sample, into: &orders)
///     if run.phase.isCompleted { ... }
///
/// A controller calls ``pass(_:sample:into:)`` whenever it looks; the run orders the samples that it needs
/// and the instant at which it wants to look again.
///
/// Source: Argo Rollouts, analysis/analysis.go, `reconcileAnalysisRun`.
public struct AnalysisRun: Sendable, Hashable {
  /// What is measured.
  public let metrics: [AnalysisMetric]
  /// When the run started.
  public let startedAt: Instant
  /// How the run stands.
  public private(set) var phase: AnalysisPhase
  /// Why the run stands so, as the end of a sentence; empty while there is nothing to say.
  public private(set) var reason = ""
  /// What the measurements have come to, metric by metric.
  public private(set) var progress: [MetricProgress]

  /// What was measured when a metric exceeded a limit.
  private var findings: [String?]
  private var isTerminated = false
  private var plannedWake: Instant?

  /// A run that starts; one without metrics has nothing against anybody and is over.
  public init(metrics: [AnalysisMetric], startedAt: Instant) {
    self.metrics = metrics
    self.startedAt = startedAt
    phase = metrics.isEmpty ? .successful : .pending
    progress = metrics.map { _ in MetricProgress() }
    findings = metrics.map { _ in nil }
  }

  /// When the next measurement is planned, as far as the measurements so far tell; nil if none is.
  public func nextMeasurement(after now: Instant) -> Instant? {
    if phase.isCompleted { return nil }
    return AnalysisRun.next(metrics, progress, after: now, startedAt: startedAt)
  }

  /// Takes in a sample that was asked for, and asks for what is due.
  ///
  /// The observation shows one sample at a time, so metrics that look back differently far are measured
  /// one after the other in the same instant; their phases are assessed when all have been.
  ///
  /// - Parameters:
  ///   - now: The time.
  ///   - sample: What the observation shows; taken in if it was read now over a window that is needed.
  ///   - orders: Gets `.takeSample` for a metric that is due, and `.wake` for the next one, each once.
  public mutating func pass(
    _ now: Instant, sample: MetricSample?, into orders: inout [ReleaseOrder]
  ) {
    if phase.isCompleted { return }
    phase = .running
    let isTerminating = self.isTerminating
    for index in metrics.indices
    where progress[index].isDue(
      metrics[index], at: now, startedAt: startedAt, isTerminating: isTerminating)
    {
      guard let sample, sample.time == now, sample.window == metrics[index].window else {
        orders.append(.takeSample(over: metrics[index].window))
        return
      }
      measure(index, sample)
    }
    assess()
    guard let next = nextMeasurement(after: now), next > now, next != plannedWake else { return }
    plannedWake = next
    orders.append(.wake(at: next))
  }

  /// Ends the run: what has been found so far counts, and nothing found is no objection.
  public mutating func terminate() {
    if phase.isCompleted { return }
    isTerminated = true
    assess()
  }

  private var isTerminating: Bool {
    isTerminated || AnalysisRun.isTerminating(metrics, progress)
  }

  private mutating func measure(_ index: Int, _ sample: MetricSample) {
    let phase = AnalysisMeasurement.phase(of: sample.candidate, for: metrics[index])
    progress[index].add(phase)
    progress[index].last = MetricProgress.Last(phase: phase, finished: sample.time)
    if progress[index].exceededLimit(metrics[index]) != nil {
      findings[index] = metrics[index].finding(in: sample.candidate)
    }
  }

  private mutating func assess() {
    // Twice at most: a bad metric ends the others in the next pass, for which no time passes here.
    for _ in 0..<2 {
      let isTerminating = self.isTerminating
      for index in metrics.indices {
        progress[index].phase = progress[index].assessment(
          metrics[index], isTerminating: isTerminating)
      }
      phase = AnalysisRun.phase(
        zip(metrics, progress).map { ($1.phase, $0.isDryRun) }, isTerminating: isTerminating)
      if phase.isCompleted || self.isTerminating == isTerminating { break }
    }
    if phase.isCompleted { reason = explanation }
  }

  private var explanation: String {
    guard phase.isBad,
      let index = metrics.indices.first(where: {
        !metrics[$0].isDryRun && progress[$0].phase == phase
      })
    else { return isTerminated ? "the run was ended" : "" }
    let limit = progress[index].exceededLimit(metrics[index])?.reason
    let why = limit ?? "too few successes in a row after \(progress[index].count) measurements"
    let finding = findings[index].map { "; \($0)" } ?? ""
    return "metric '\(metrics[index].name)' is \(phase.rawValue): \(why)\(finding)"
  }
}

extension AnalysisMetric {
  /// What a sample says of what the metric counts.
  func finding(in counts: MetricSample.Counts) -> String {
    guard counts.requests > 0 else { return "no requests in the last \(window.plainText)" }
    let (bad, verb) = of == .failures ? (counts.failed, "failed") : (counts.slow, "were slow")
    return "\(bad) of \(counts.requests) requests \(verb) in the last \(window.plainText)"
  }
}
