import LabUnits

// What a look has changed in the state becomes orders, steps and instants to look again.

extension ArgoBlueGreenController {
  /// Orders what a look has changed.
  ///
  /// - Returns: whether anything was ordered that the fleet obeys.
  mutating func express(
    since before: BlueGreenState, _ now: Instant, into orders: inout [ReleaseOrder]
  ) -> Bool {
    if state.isAborted, !before.isAborted {
      orders.append(.rollBack(because: abortReason))
      beginUndoing(into: &orders)
      return true
    }
    let count = orders.count
    scale(since: before, into: &orders)
    startPreAnalysis(now, into: &orders)
    if state.pausedSince != nil, before.pausedSince == nil { begin(.pause, into: &orders) }
    if state.isInconclusive, !before.isInconclusive {
      inconclusiveSince = now
      let reasons = [preRun, postRun].compactMap { $0?.reason }.filter { !$0.isEmpty }
      orders.append(.announce("pauses: " + reasons.joined(separator: "; ")))
    }
    if state.active != before.active {
      if state.active == .new { begin(.activeSwitch, into: &orders) }
      let version = state.active == .new ? newVersion : newVersion.other
      orders.append(.route(.all(to: version)))
    }
    if state.postAnalysis == .pending, postRun == nil {
      postRun = AnalysisRun(metrics: strategy.postPromotionAnalysis, startedAt: now)
      begin(.postAnalysis, into: &orders)
    }
    if state.stable == .new, before.stable == .old { begin(.scaleDown, into: &orders) }
    return orders[count...].contains { order in
      switch order {
      case .scale, .route, .startAnalysis, .stopAnalysis: true
      default: false
      }
    }
  }

  private mutating func scale(since before: BlueGreenState, into orders: inout [ReleaseOrder]) {
    if state.new.size != before.new.size {
      if before.new.size == 0 {
        begin(.preview, into: &orders)
      } else if state.hasCheckPoint {
        begin(.growth, into: &orders)
      }
      orders.append(.scale(newVersion, to: state.new.size))
    }
    if state.old.size != before.old.size {
      orders.append(.scale(newVersion.other, to: state.old.size))
    }
  }

  private mutating func startPreAnalysis(_ now: Instant, into orders: inout [ReleaseOrder]) {
    if state.preAnalysis == .pending, preRun == nil {
      preRun = AnalysisRun(metrics: strategy.prePromotionAnalysis, startedAt: now)
      begin(.preAnalysis, into: &orders)
      isSendingChecks = true
      orders.append(.startAnalysis(.probing(requestsPerSecond: strategy.previewChecksPerSecond)))
    } else if preRun.map({ $0.phase.isCompleted }) ?? true {
      stopChecks(into: &orders)
    }
  }

  private mutating func stopChecks(into orders: inout [ReleaseOrder]) {
    guard isSendingChecks else { return }
    isSendingChecks = false
    orders.append(.stopAnalysis)
  }

  /// Names a stage where the update reaches it; on the way back there are no stages.
  private func begin(_ stage: ArgoBlueGreen.Stage, into orders: inout [ReleaseOrder]) {
    if isUndoing || state.isAborted { return }
    orders.append(.begin(strategy.step(stage, replicas: state.replicas)))
  }

  /// Names the way back, and ends what is measured.
  mutating func beginUndoing(into orders: inout [ReleaseOrder]) {
    let title = isUndoing ? "release the old version again" : "abort"
    orders.append(.begin(ReleaseStep(number: 0, title: title, wantedWeight: .allStable)))
    (preRun, postRun, inconclusiveSince) = (nil, nil, nil)
    state.isInconclusive = false
    stopChecks(into: &orders)
  }

  private var abortReason: String {
    let bad = [preRun, postRun].compactMap { $0 }.first { $0.phase.isBad }
    return bad?.reason ?? "no progress for \(strategy.progressDeadline.plainText)"
  }
}

extension ArgoBlueGreenController {
  /// Says once that there is nothing left to do.
  func isDone(_ fleet: FleetObservation) -> Bool {
    if state.isAborted {
      let keepsForEver = strategy.settings.abortScaleDownDelay == nil
      let isGone = state.new.size == 0 && fleet.counts(of: newVersion).live == 0
      return state.active == .old && (isGone || keepsForEver)
    }
    return state.stable == .new && state.active == .new && state.old.size == 0
      && fleet.counts(of: newVersion.other).live == 0
  }

  mutating func finishIfDone(_ fleet: FleetObservation, into orders: inout [ReleaseOrder]) {
    guard !hasFinished, isDone(fleet) else { return }
    hasFinished = true
    orders.append(.finish(isUndoing || state.isAborted ? .rolledBack : .promoted))
  }

  /// Asks to look again when the next time has come.
  mutating func planWake(_ now: Instant, into orders: inout [ReleaseOrder]) {
    plannedWakes.removeAll { $0 <= now }
    guard let next = nextLook(after: now), !plannedWakes.contains(next) else { return }
    plannedWakes.append(next)
    orders.append(.wake(at: next))
  }

  /// The earliest time at which something changes by itself, the measurements apart.
  func nextLook(after now: Instant) -> Instant? {
    let times = [
      state.pausedSince.map { $0 + strategy.pauseLength },
      inconclusiveSince.map { $0 + strategy.resumeAfter },
      hasFinished ? nil : state.new.deadline, state.old.deadline,
      waitsForReplicas ? lastProgress + strategy.progressDeadline : nil,
    ]
    return times.compactMap { $0 }.filter { $0 > now }.min()
  }
}
