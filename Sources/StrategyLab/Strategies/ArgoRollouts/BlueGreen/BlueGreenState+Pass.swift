import LabUnits

extension BlueGreenState {
  /// Lets the controller look once: replicas, pause, active service, analyses and status, in this order.
  ///
  /// Source: Argo Rollouts, rollout/bluegreen.go, `rolloutBlueGreen`.
  public mutating func pass(_ settings: BlueGreenSettings, at now: Instant) {
    // The controller notes a new template first and does the rest in the next pass.
    if isNewTemplate { return noteTemplate() }
    let isFastTracked = self.isFastTracked
    let hadDeadline = new.deadline != nil
    scale(settings, at: now)
    let hasJustPaused = pause(settings, isFastTracked: isFastTracked, at: now)
    let mayPass = !hasJustPaused && isPauseOver(settings, at: now)
    switchService(settings, isFastTracked: isFastTracked, mayPass: mayPass)
    endPauseIfOver(settings, at: now)
    analyse(settings, isSkipped: hadDeadline)
    if isTimedOut, settings.progressDeadlineAbort, stable == .old { isAborted = true }
    if promotion(settings, isReturning: hadDeadline) != nil {
      promote()
    } else {
      noteCheckPoint(settings, mayPass: mayPass)
    }
  }

  private mutating func noteTemplate() {
    isNewTemplate = false
    pausedSince = nil
    (hasPaused, isInconclusive, isAborted) = (false, false, false)
    (isPromotedInFull, hasCheckPoint, isTimedOut) = (false, false, false)
    (preAnalysis, postAnalysis) = (nil, nil)
    // A first version has nothing to be compared with.
    if stable == .none { stable = .new }
  }

  /// Source: rollout/bluegreen.go, `reconcileBlueGreenReplicaSets`.
  private mutating func scale(_ settings: BlueGreenSettings, at now: Instant) {
    if !delaysScaleDown(settings) { new.deadline = nil }
    if stable == .old { old.deadline = nil }
    if stable == .old || active == .old { old.size = replicas }
    scaleNew(settings, at: now)
    if stable != .old, active != .old, !holdsOld(settings) {
      let older = OlderReplicaSet(size: old.size, deadline: old.deadline)
      let wanted = OlderReplicaSet.scaledDown([older], settings, replicas: replicas, at: now)[0]
      (old.size, old.deadline) = (wanted.size, wanted.deadline)
    }
  }

  /// Scales the new version: up to what it shall have, or down some time after an abort.
  ///
  /// Source: rollout/replicaset.go, `reconcileNewReplicaSet`.
  public mutating func scaleNew(_ settings: BlueGreenSettings, at now: Instant) {
    guard delaysScaleDown(settings), let delay = settings.abortScaleDownDelay else {
      new.size = newSize(settings)
      return
    }
    if let deadline = new.deadline {
      if deadline <= now { new.size = 0 }
    } else if old.available == replicas {
      // The time runs when stable is whole, so that nobody is left without replicas.
      new.deadline = now + delay
    }
  }

  /// Whether the old version keeps its replicas whatever its time.
  ///
  /// Source: rollout/bluegreen.go, `scaleDownOldReplicaSetsForBlueGreen`.
  private func holdsOld(_ settings: BlueGreenSettings) -> Bool {
    if isInconclusive { return true }
    let isUndecided = stable != .new && active == .new
    return settings.hasPostPromotionAnalysis && settings.scaleDownDelay == nil && isUndecided
      && postAnalysis != .successful
  }

  /// Source: rollout/bluegreen.go, `reconcileBlueGreenPause`.
  ///
  /// - Returns: whether the pause was written just now.
  private mutating func pause(
    _ settings: BlueGreenSettings, isFastTracked: Bool, at now: Instant
  ) -> Bool {
    if isAborted || isHalted || !isReady(settings) { return false }
    if isFastTracked || hasCheckPoint || !settings.needsPause {
      pausedSince = nil
      return false
    }
    guard isPreAnalysisOver(settings), pausedSince == nil, !hasPaused else { return false }
    pausedSince = now
    hasPaused = true
    return true
  }

  private mutating func endPauseIfOver(_ settings: BlueGreenSettings, at now: Instant) {
    guard !isHalted, pausedSince != nil, isPauseOver(settings, at: now) else { return }
    pausedSince = nil
  }

  /// Source: rollout/bluegreen.go, `reconcileActiveService`.
  private mutating func switchService(
    _ settings: BlueGreenSettings, isFastTracked: Bool, mayPass: Bool
  ) {
    if isHalted { return }
    if isAborted {
      if stable == .old { active = .old }
      return
    }
    guard isReady(settings), isSaturated else { return }
    if isFastTracked || (mayPass && isPreAnalysisOver(settings)) { active = .new }
  }

  /// Source: rollout/analysis.go, `reconcileAnalysisRuns`.
  private mutating func analyse(_ settings: BlueGreenSettings, isSkipped: Bool) {
    if isSkipped || isAborted || isPromotedInFull || isWithinRollbackWindow || stable == .none {
      (preAnalysis, postAnalysis) = (nil, nil)
      return
    }
    if isHalted || stable == .new { return }
    if settings.hasPrePromotionAnalysis, active == .old, preAnalysis == nil, isReady(settings) {
      preAnalysis = .pending
    }
    if settings.hasPostPromotionAnalysis, active == .new, postAnalysis == nil {
      postAnalysis = .pending
    }
    for phase in [preAnalysis, postAnalysis] {
      if phase == .failed || phase == .error { isAborted = true }
      if phase == .inconclusive { isInconclusive = true }
    }
  }

  private mutating func promote() {
    stable = .new
    pausedSince = nil
    (isAborted, isPromotedInFull, hasCheckPoint) = (false, false, false)
  }

  /// Source: rollout/bluegreen.go, `calculateScaleUpPreviewCheckPoint`.
  private mutating func noteCheckPoint(_ settings: BlueGreenSettings, mayPass: Bool) {
    guard let preview = settings.previewReplicaCount else {
      hasCheckPoint = false
      return
    }
    if hasCheckPoint || isAborted || !isPreAnalysisOver(settings) || !mayPass { return }
    hasCheckPoint = new.available == preview
  }

  /// Whether somebody, or an inconclusive analysis, has stopped everything but scaling.
  private var isHalted: Bool { isPausedByPerson || isInconclusive }
}
