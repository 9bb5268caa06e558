import LabUnits

/// The rules by which a pause of a Rollout ends.
public enum RolloutPause {
  /// Why a Rollout is paused.
  public enum Reason: String, Sendable, Hashable, CaseIterable {
    /// An analysis was inconclusive.
    case inconclusiveAnalysis = "InconclusiveAnalysisRun"
    /// An experiment was inconclusive.
    case inconclusiveExperiment = "InconclusiveExperiment"
    /// A canary step says so.
    case canaryStep = "CanaryPauseStep"
    /// A blue-green update waits for its promotion.
    case blueGreen = "BlueGreenPause"
  }

  /// Whether only a person can end a pause.
  ///
  /// Source: Argo Rollouts, rollout/pause.go, for what resumes each kind of pause.
  ///
  /// - Parameters:
  ///   - reason: Why the Rollout is paused.
  ///   - duration: How long the canary's step lasts; nil for ever.
  ///   - autoPromotion: Whether a blue-green update is promoted without a person.
  /// - Returns: whether a person is needed.
  public static func needsPerson(
    _ reason: Reason, duration: Span? = nil, autoPromotion: Bool = true
  ) -> Bool {
    switch reason {
    case .inconclusiveAnalysis, .inconclusiveExperiment: true
    case .canaryStep: duration == nil
    case .blueGreen: !autoPromotion
    }
  }

  /// Whether the pause of a canary step is over.
  ///
  /// A controller is woken when the time has come and looks a moment later; here the moment is no time,
  /// so that a pause is over at its very end, and one of no length at the first look.
  ///
  /// Source: Argo Rollouts, rollout/pause.go, `CompletedCanaryPauseStep`.
  ///
  /// - Parameters:
  ///   - duration: How long the step lasts; nil for ever.
  ///   - pausedFor: How long the pause has lasted; nil if no pause is written.
  ///   - hasPaused: Whether a pause was written; without one now, somebody has resumed.
  /// - Returns: whether the step is done.
  public static func isCanaryStepOver(
    duration: Span?, pausedFor: Span?, hasPaused: Bool
  ) -> Bool {
    guard let pausedFor else { return hasPaused }
    return duration.map { $0 <= pausedFor } ?? false
  }
}
