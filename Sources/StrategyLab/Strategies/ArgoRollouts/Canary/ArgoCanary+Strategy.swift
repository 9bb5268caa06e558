import LabUnits

extension ArgoCanary: ReleaseStrategy {
  /// The strategy's name in scenario files.
  public static let kind = "argo-canary"
  /// What the strategy is.
  public static let summary =
    "The canary of Argo Rollouts: its steps, rounding, order and waiting; without steps a rolling update."

  /// A controller that will play the strategy from the start of the release.
  public func makeController(replicas: Int) -> any ReleaseController { ArgoCanaryController(self) }

  /// The steps, then the promotion and what follows it.
  public func outline(replicas: Int) -> [String] {
    var lines = steps.map { step in
      step == .pause(nil)
        ? "pause until a person resumes, after \(resumeAfter.plainText)" : title(of: step)
    }
    if let analysis = backgroundAnalysis {
      let names = analysis.metrics.map { $0.name }.joined(separator: ", ")
      let start =
        analysis.startingStep > 0 ? "from step \(analysis.startingStep + 1) on" : "throughout"
      lines.append("\(start), analyse \(names) in the background; a failure aborts")
    }
    let promotion = "wait until \(counted(replicas, "candidate replica")) are available and promote"
    let delay = ArgoDelays.scaleDown(delayKind, written: scaleDownDelay)
    guard isRouted, !dynamicStableScale, delay > .zero else { return lines + [promotion] }
    return lines + [promotion, "remove the stable replicas after \(delay.plainText)"]
  }

  /// The sum of the waits: pauses, experiments and analyses as far as they must last, and the delay at the end.
  public var leastDuration: Span {
    var sum = steps.reduce(Span.zero) { $0 + leastDuration(of: $1) }
    if !dynamicStableScale {
      sum += ArgoDelays.scaleDown(delayKind, written: scaleDownDelay)
    }
    return sum
  }

  private func leastDuration(of step: ArgoCanaryStep) -> Span {
    switch step {
    case .pause(let duration): duration ?? resumeAfter
    case .experiment(let experiment): experiment.duration ?? Self.longest(experiment.metrics)
    case .analysis(let metrics): Self.longest(metrics)
    default: .zero
    }
  }

  /// The time until the last measurement of a set of metrics that come to an end.
  private static func longest(_ metrics: [AnalysisMetric]) -> Span {
    metrics.map { metric in
      let intervals = metric.interval.map { $0 * max(0, (metric.count ?? 1) - 1) } ?? .zero
      return metric.initialDelay + intervals
    }.max() ?? .zero
  }

  /// Whether a router is there that splits traffic other than by endpoints.
  public var needsTrafficRouting: Bool { isRouted }
}
