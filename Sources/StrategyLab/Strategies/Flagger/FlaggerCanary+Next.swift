import LabUnits

extension FlaggerCanary: StepwiseStrategy {
  /// What the next tick does in a state that somebody describes.
  ///
  /// The phase is one of upstream's words; without one, a canary that has replicas is `Progressing`.
  /// Checks pass unless the analysis is said to be `Failed`, `Error` or `Inconclusive`.
  public func next(_ state: ControllerState) -> ControllerDecision {
    let phase = state.phase.flatMap(FlaggerState.Phase.init(rawValue:))
    let isUp = state.candidate.desired > 0 || state.candidate.live > 0
    var machine = FlaggerMachine(
      analysis,
      state: FlaggerState(
        phase: phase ?? (isUp ? .progressing : .initialized),
        canaryWeight: Int(state.weight.share.millionths / 10_000),
        failedChecks: max(0, state.failedChecks), iterations: max(0, state.iterations),
        isCanaryUp: isUp))
    let before = machine.state
    let event =
      state.isAborted && before.phase.isActive
      ? machine.giveUp(because: "it was ordered") : machine.advance(tick(state, before))
    return decision(event, from: before, to: machine.state, state)
  }

  private func tick(_ state: ControllerState, _ before: FlaggerState) -> FlaggerTick {
    let size = canarySize(of: state.desiredReplicas)
    let canary = FlaggerDeploymentStatus(
      desired: size, replicas: state.candidate.live, updated: state.candidate.live,
      available: state.candidate.available,
      unavailableFor: state.candidate.available < size ? state.elapsed : nil)
    let isPromoting = before.phase == .promoting || before.phase == .finalising
    let new = max(0, state.candidate.live - size)
    let primary = FlaggerDeploymentStatus(
      desired: state.desiredReplicas,
      replicas: isPromoting ? new + state.stable.live : state.stable.live,
      updated: isPromoting ? new : state.stable.live,
      available: state.stable.available
        + (isPromoting ? max(0, state.candidate.available - size) : 0))
    let hasFailed = ["Failed", "Error", "Inconclusive"].contains(state.analysis ?? "")
    return FlaggerTick(
      hasNewRevision: before.phase == .initialized,
      primary: primary.readiness(threshold: primaryReadyThreshold, deadline: progressDeadline),
      canary: canary.readiness(threshold: canaryReadyThreshold, deadline: progressDeadline),
      checksPass: !hasFailed)
  }

  private func decision(
    _ event: FlaggerEvent, from before: FlaggerState, to after: FlaggerState,
    _ state: ControllerState
  ) -> ControllerDecision {
    var orders: [ReleaseOrder] = []
    if let step = step(for: event, number: max(1, (state.step ?? 0) + 1)) {
      orders.append(.begin(step))
    }
    if case .rolledBack(let reason) = event { orders.append(.rollBack(because: reason)) }
    if after.canaryWeight != before.canaryWeight || after.isMirrored != before.isMirrored {
      orders.append(.route(route(after)))
    }
    if after.isCanaryUp != before.isCanaryUp {
      let size = after.isCanaryUp ? canarySize(of: state.desiredReplicas) : 0
      let isPromoted = after.phase == .succeeded
      orders.append(.scale(.candidate, to: isPromoted ? state.desiredReplicas : size))
    }
    return ControllerDecision(
      orders: orders, reason: reason(event, before),
      looksAgainAfter: after.phase.isActive ? interval : nil)
  }

  /// The route of a state; after the promotion the primary serves the candidate too.
  private func route(_ state: FlaggerState) -> TrafficRoute {
    switch state.phase {
    case .finalising, .succeeded: return .allCandidate
    default: break
    }
    if analysis.effective.mode == .abTesting, state.canaryWeight > 0 {
      return TrafficRoute(.cohort(matchedUsers))
    }
    let weight = TrafficWeight.percent(min(max(state.canaryWeight, 0), 100))
    return TrafficRoute(.weighted(weight), mirrored: state.isMirrored ? mirrorWeight : .none)
  }

  private func reason(_ event: FlaggerEvent, _ before: FlaggerState) -> String {
    switch event {
    case .idle: "no run is under way, and no new revision was seen"
    case .waits(let reason): "the tick waits, since \(reason)"
    case .detected: "a new revision was seen, so the canary is scaled up and traffic stays"
    case .restarted: "the revision changed in the middle, so the analysis starts over"
    case .waitsForRollout: "the start is not confirmed"
    case .waitsForIncrease: "the next weight is not confirmed"
    case .waitsForPromotion: "the promotion is not confirmed"
    case .halted(let failed):
      "a check failed, which makes \(failed) of \(analysis.threshold); the threshold is compared on the next tick"
    case .mirrored: "one tick copies the traffic before the canary answers any"
    case .advanced(let weight):
      "the checks passed and \(before.canaryWeight)% is below the maxWeight of \(analysis.promotionWeight)%, so the weight goes to \(weight)%"
    case .iterated(let number):
      "the checks passed, and iteration \(number) of \(analysis.effective.iterations) begins"
    case .routedToCanary:
      "all iterations have passed, so all traffic goes to the canary before the primary is updated"
    case .passedGate: "all iterations have passed; Services cannot move traffic to the canary"
    case .copied:
      "the analysis has passed, so the primary takes over the spec while traffic stays as it is"
    case .returned(let weight): "the primary is updated and takes back traffic, to \(weight)%"
    case .routedToPrimary: "the primary is updated and takes all traffic back"
    case .succeeded: "all traffic is with the primary, so the canary is scaled to zero"
    case .promotedWithoutAnalysis: "the canary is ready and the analysis is skipped"
    case .rolledBack(let reason): "the run is rolled back, since \(reason)"
    case .leftWithCanary(let reason):
      "\(reason); the old revision is gone, so all traffic goes to the canary"
    case .stalls: "neither a step nor an iteration says how to get on"
    }
  }
}
