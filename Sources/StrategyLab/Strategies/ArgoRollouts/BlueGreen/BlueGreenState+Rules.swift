import LabUnits

// What can be read off a state. None of it changes anything.

extension BlueGreenState {
  /// How many replicas the new version shall have.
  ///
  /// Source: Argo Rollouts, utils/replicaset/replicaset.go, `NewRSNewReplicas`.
  public func newSize(_ settings: BlueGreenSettings) -> Int {
    guard let preview = settings.previewReplicaCount else { return replicas }
    if active != .old || isPromotedInFull { return replicas }
    if isNewTemplate { return preview }
    let isPaused = isPausedByPerson || isInconclusive || pausedSince != nil
    return hasCheckPoint && !isPaused ? replicas : preview
  }

  /// Whether the new version has the replicas that it shall have now, all available.
  ///
  /// Source: Argo Rollouts, utils/replicaset/bluegreen.go, `ReadyForPause`.
  public func isReady(_ settings: BlueGreenSettings) -> Bool {
    let size = newSize(settings)
    return new.size == size && new.available == size
  }

  /// Whether the new version could take all traffic.
  ///
  /// Source: Argo Rollouts, utils/annotations/annotations.go, `IsSaturated`.
  public var isSaturated: Bool { new.size == replicas && new.available == replicas }

  /// Whether the pause before the switch is over, or there is none.
  ///
  /// Source: Argo Rollouts, rollout/pause.go, `CompletedBlueGreenPause`.
  public func isPauseOver(_ settings: BlueGreenSettings, at now: Instant) -> Bool {
    if hasCheckPoint || !settings.needsPause { return true }
    guard let pausedSince else { return hasPaused }
    return settings.autoPromotion && pausedSince + settings.autoPromotionDelay <= now
  }

  /// Whether the analysis before the switch has found nothing, or there is none.
  ///
  /// Source: Argo Rollouts, rollout/pause.go, `completedPrePromotionAnalysis`.
  public func isPreAnalysisOver(_ settings: BlueGreenSettings) -> Bool {
    !settings.hasPrePromotionAnalysis || preAnalysis == .successful
  }

  /// Whether pauses and analyses are skipped: the new version is one to which one may go back at once, or nobody serves yet.
  ///
  /// Source: Argo Rollouts, rollout/bluegreen.go, `isBlueGreenFastTracked`.
  public var isFastTracked: Bool {
    new.deadline != nil || isPromotedInFull || isWithinRollbackWindow || active != .old
  }

  /// Why the new version counts as stable from now on; nil if it does not yet.
  ///
  /// Source: Argo Rollouts, rollout/sync.go, `shouldFullPromote`.
  ///
  /// - Parameters:
  ///   - settings: What the Rollout says.
  ///   - isReturning: Whether the new version is an old one inside of its time, which needs no analysis.
  /// - Returns: the reason in the controller's words.
  public func promotion(_ settings: BlueGreenSettings, isReturning: Bool) -> String? {
    if stable == .none || active == .none { return "Initial deploy" }
    guard active == .new else { return nil }
    if isPromotedInFull { return "Full promotion requested" }
    if isWithinRollbackWindow { return "Rollback within window" }
    if isAborted { return nil }
    if settings.hasPostPromotionAnalysis, stable != .new {
      if isReturning { return "Rollback within scaleDownDelay" }
      if postAnalysis != .successful { return nil }
    }
    return "Completed blue-green update"
  }

  /// Whether an aborted version waits before its replicas are taken.
  ///
  /// Source: Argo Rollouts, rollout/replicaset.go, `shouldDelayScaleDownOnAbort`.
  public func delaysScaleDown(_ settings: BlueGreenSettings) -> Bool {
    isAborted && stable == .old && settings.abortScaleDownDelay != nil
  }

  /// The phase that a person reads off the status.
  ///
  /// Source: Argo Rollouts, utils/rollout/rolloututil.go, `GetRolloutPhase`.
  public var phase: String {
    if isAborted || isTimedOut { return "Degraded" }
    if isPausedByPerson || isInconclusive || pausedSince != nil { return "Paused" }
    return stable == .new && active == .new && isSaturated ? "Healthy" : "Progressing"
  }
}
