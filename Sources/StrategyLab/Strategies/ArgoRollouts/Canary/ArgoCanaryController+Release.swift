import LabUnits

// The steps, up to the promotion.

extension ArgoCanaryController {
  /// One pass of a release under way.
  mutating func release(_ fleet: FleetObservation, into orders: inout [ReleaseOrder]) {
    let count = orders.count
    beginStep(into: &orders)
    if let reason = measure(fleet, into: &orders) {
      return undo(because: reason, fleet, into: &orders, isOwnDecision: true)
    }
    let isHeld = isHeld(fleet, into: &orders)
    var state = CanaryStepState()
    state.analysis = experimentPhase(fleet, into: &orders) ?? step.analysis?.phase
    if let since = step.pausedSince { state = paused(since, fleet) }
    let sets = sets(fleet)
    let pass = canary.pass(progress, sets, state)
    setRoutes()
    apply(pass, fleet, into: &orders)
    deadline.note(progress, sets, at: fleet.now)
    if isHeld { return }
    if pass.promotes { return promote(into: &orders) }
    if pass.scales { return }
    if pass.endsStep {
      progress.step += 1
      step = StepMemory()
      return beginStep(into: &orders)
    }
    if case .pause(let duration) = canary.step(progress), step.pausedSince == nil {
      step.pausedSince = fleet.now
      wake(after: duration ?? canary.resumeAfter, fleet, into: &orders)
    }
    if orders.count == count, let reason = expired(fleet, into: &orders) {
      undo(because: reason, fleet, into: &orders, isOwnDecision: true)
    }
  }

  /// Announces the step under way once.
  private mutating func beginStep(into orders: inout [ReleaseOrder]) {
    guard step.begun != progress.step, !progress.isPromotedInFull else { return }
    step.begun = progress.step
    if canary.steps.indices.contains(progress.step) {
      orders.append(.begin(canary.releaseStep(progress.step)))
    } else {
      let title = canary.steps.isEmpty ? "roll out without steps" : "promote"
      orders.append(.begin(ReleaseStep(number: 0, title: title, wantedWeight: .allCandidate)))
    }
  }

  /// How the pause that began at an instant stands; the queue hands the release back just after its end.
  private func paused(_ since: Instant, _ fleet: FleetObservation) -> CanaryStepState {
    let elapsed = fleet.now - since
    return CanaryStepState(
      pausedFor: elapsed + Span(nanoseconds: 1),
      isResumed: canary.step(progress) == .pause(nil) && elapsed >= canary.resumeAfter)
  }

  /// Takes up what the step says of the routes above the weight.
  private mutating func setRoutes() {
    guard canary.isRouted, !progress.isPromotedInFull else { return }
    switch canary.step(progress) {
    case .setHeaderRoute(let users): managed.users = users
    case .setMirrorRoute(let share): managed.mirrored = share
    default: break
    }
  }

  /// The end of the release: the set being released is the stable one from now on.
  private mutating func promote(into orders: inout [ReleaseOrder]) {
    course = .promoted
    progress.isStable = true
    background = nil
    step = StepMemory()
    managed = ManagedRoutes()
    orders.append(.announce("promotes \(new.name): it is the stable version from now on"))
  }

  /// One pass after the promotion: the replaced set goes when its delay has passed.
  mutating func cleanUp(_ fleet: FleetObservation, into orders: inout [ReleaseOrder]) {
    if keepsUntil == nil {
      let delay =
        canary.dynamicStableScale
        ? .zero : ArgoDelays.scaleDown(canary.delayKind, written: canary.scaleDownDelay)
      keepsUntil = fleet.now + delay
      if fleet.counts(of: new.other).desired > 0, delay > .zero {
        orders.append(
          .announce("keeps the \(new.other.name) replicas for \(delay.plainText)"))
        orders.append(.wake(at: fleet.now + delay))
        return
      }
    }
    var pass = canary.pass(
      progress, sets(fleet), CanaryStepState(),
      keepsOlder: [keepsUntil.map { fleet.now < $0 } ?? false])
    pass.weight = nil
    apply(pass, fleet, into: &orders)
    let old = fleet.counts(of: new.other)
    if !pass.scales, old.desired == 0, old.live == 0 {
      course = .finished
      orders.append(.finish(new == .candidate ? .promoted : .rolledBack))
    }
  }
}
