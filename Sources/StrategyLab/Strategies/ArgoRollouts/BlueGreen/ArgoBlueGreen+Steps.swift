import LabUnits

extension ArgoBlueGreen {
  /// The stages of an update, in their order.
  enum Stage: Int, Sendable, Hashable, CaseIterable {
    case preview, preAnalysis, pause, growth, activeSwitch, postAnalysis, scaleDown
  }

  /// Whether an update of so many replicas has the stage.
  private func has(_ stage: Stage, replicas: Int) -> Bool {
    switch stage {
    case .preview, .activeSwitch, .scaleDown: true
    case .preAnalysis: !prePromotionAnalysis.isEmpty
    case .pause: settings.needsPause
    case .growth: settings.previewReplicaCount.map { $0 != replicas } ?? false
    case .postAnalysis: !postPromotionAnalysis.isEmpty
    }
  }

  /// A stage as people number and name it.
  func step(_ stage: Stage, replicas: Int) -> ReleaseStep {
    let number = Stage.allCases.prefix(through: stage.rawValue)
      .count { has($0, replicas: replicas) }
    let title: String
    switch stage {
    case .preview:
      title = "scale the preview to \(settings.previewReplicaCount ?? replicas)"
    case .preAnalysis: title = "pre-promotion analysis"
    case .pause:
      title =
        settings.autoPromotion
        ? "pause \(settings.autoPromotionDelay.plainText)" : "pause until promoted"
    case .growth: title = "scale the new version to \(replicas)"
    case .activeSwitch: title = "switch the active service"
    case .postAnalysis: title = "post-promotion analysis"
    case .scaleDown: title = "scale down the old version"
    }
    return ReleaseStep(
      number: number, title: title,
      wantedWeight: stage.rawValue < Stage.activeSwitch.rawValue ? .allStable : .allCandidate,
      waitsForPerson: stage == .pause && !settings.autoPromotion)
  }

  /// The strategy's steps in words, one line each, for a fleet of so many replicas.
  public func outline(replicas: Int) -> [String] {
    Stage.allCases.filter { has($0, replicas: replicas) }.map { stage in
      let title = step(stage, replicas: replicas).title
      switch stage {
      case .preAnalysis:
        return "\(title) of " + names(prePromotionAnalysis)
          + ", with \(rateText(previewChecksPerSecond)) synthetic requests per second"
      case .postAnalysis:
        return "\(title) of " + names(postPromotionAnalysis) + "; a failure switches back at once"
      case .pause where !settings.autoPromotion:
        return "\(title), which a person does after \(resumeAfter.plainText)"
      case .scaleDown:
        return "\(title) \(settings.effectiveScaleDownDelay.plainText) after the promotion"
      default: return title
      }
    }
  }

  private func names(_ metrics: [AnalysisMetric]) -> String {
    metrics.map { $0.name }.joined(separator: ", ")
  }
}

extension AnalysisRun {
  /// The shortest time in which a run of the metrics can end well.
  static func leastDuration(_ metrics: [AnalysisMetric]) -> Span {
    metrics.map { metric in
      var count = metric.effectiveCount ?? metric.consecutiveSuccessLimit ?? 1
      if let successes = metric.consecutiveSuccessLimit, successes > 0 {
        count = min(count, successes)
      }
      return metric.initialDelay + (metric.interval ?? .zero) * max(0, count - 1)
    }.max() ?? .zero
  }
}
