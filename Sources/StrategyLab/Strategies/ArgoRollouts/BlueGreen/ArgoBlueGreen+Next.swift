import LabUnits

extension ArgoBlueGreen: StepwiseStrategy {
  /// What the controller does in its next pass, and why.
  ///
  /// The state says where all traffic goes by its weight, a pause by the phase `Paused`, and how long
  /// the pause, the analysis or the time after the promotion has lasted.
  public func next(_ state: ControllerState) -> ControllerDecision {
    let now = Instant.zero + .hours(24 * 366)
    let before = blueGreen(state, at: now)
    var after = before
    after.pass(settings, at: now)
    let orders = orders(from: before, to: after, replicas: state.desiredReplicas)
    let reason = reason(before, after)
    let next = [
      after.pausedSince.flatMap { settings.autoPromotion ? $0 + settings.autoPromotionDelay : nil },
      after.new.deadline, after.old.deadline,
    ].compactMap { $0 }.filter { $0 > now }.min()
    return ControllerDecision(
      orders: orders, reason: reason, looksAgainAfter: next.map { $0 - now })
  }

  private func blueGreen(_ state: ControllerState, at now: Instant) -> BlueGreenState {
    let since = now + Span(nanoseconds: -max(0, min(state.elapsed.nanoseconds, now.nanoseconds)))
    var result = BlueGreenState(
      replicas: state.desiredReplicas,
      new: .init(size: state.candidate.desired, available: state.candidate.available),
      old: .init(size: state.stable.desired, available: state.stable.available))
    result.active = state.weight == .allCandidate ? .new : .old
    result.isAborted = state.isAborted
    result.isTimedOut = state.phase == "Degraded" && !state.isAborted
    let analysis = state.analysis.flatMap { AnalysisPhase(rawValue: $0) }
    if result.active == .old {
      // An analysis that the strategy does not have cannot fail it.
      result.preAnalysis = settings.hasPrePromotionAnalysis ? analysis : nil
      if state.phase == "Paused" {
        result.pausedSince = since
        result.hasPaused = true
        // The pause comes after the analysis, so whoever is paused has passed it.
        if settings.hasPrePromotionAnalysis, analysis == nil { result.preAnalysis = .successful }
      }
      // Only a preview that was good grows beyond its own size.
      if let preview = settings.previewReplicaCount, preview != state.desiredReplicas,
        state.candidate.desired == state.desiredReplicas, !state.isAborted
      {
        result.hasCheckPoint = true
        result.hasPaused = true
        if settings.hasPrePromotionAnalysis { result.preAnalysis = .successful }
      }
      if state.isAborted, let delay = settings.abortScaleDownDelay,
        state.stable.available == state.desiredReplicas
      {
        result.new.deadline = since + delay
      }
    } else {
      result.postAnalysis = settings.hasPostPromotionAnalysis ? analysis : nil
      let isDecided = !settings.hasPostPromotionAnalysis || analysis == .successful
      if isDecided, !state.isAborted {
        result.stable = .new
        result.old.deadline = since + settings.effectiveScaleDownDelay
      }
    }
    return result
  }

  private func orders(
    from before: BlueGreenState, to after: BlueGreenState, replicas: Int
  ) -> [ReleaseOrder] {
    var orders: [ReleaseOrder] = []
    if after.isAborted, !before.isAborted {
      orders.append(.rollBack(because: reason(before, after)))
    }
    if after.new.size != before.new.size {
      orders.append(.scale(.candidate, to: after.new.size))
    }
    if after.old.size != before.old.size { orders.append(.scale(.stable, to: after.old.size)) }
    if after.preAnalysis == .pending, before.preAnalysis == nil {
      orders.append(.begin(step(.preAnalysis, replicas: replicas)))
      orders.append(.startAnalysis(.probing(requestsPerSecond: previewChecksPerSecond)))
    }
    if after.pausedSince != nil, before.pausedSince == nil {
      orders.append(.begin(step(.pause, replicas: replicas)))
    }
    if after.active != before.active {
      orders.append(.route(.all(to: after.active == .new ? .candidate : .stable)))
    }
    if after.postAnalysis == .pending, before.postAnalysis == nil {
      orders.append(.begin(step(.postAnalysis, replicas: replicas)))
    }
    return orders
  }
}
