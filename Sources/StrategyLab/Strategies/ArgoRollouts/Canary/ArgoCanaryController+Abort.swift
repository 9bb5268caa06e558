import LabUnits

// The ways back.

extension ArgoCanaryController {
  /// Begins to undo the release: an abort before the promotion, a release of the old template after it.
  mutating func undo(
    because reason: String, _ fleet: FleetObservation, into orders: inout [ReleaseOrder],
    isOwnDecision: Bool = false
  ) {
    guard new == .candidate else { return }
    switch course {
    case .starting, .releasing:
      course = .aborting
      progress.isAborted = true
      progress.step = 0
    case .promoted, .finished:
      guard progress.isStable else { return }
      course = .releasing
      new = .stable
      let isActive = fleet.stable.desired > 0
      let isWithinWindow =
        canary.rollbackWindow?.contains(age: 2, stableAge: 1, otherAges: [2, 1]) ?? false
      progress = CanaryProgress(
        step: canary.steps.count, isPromotedInFull: true, weight: canary.isRouted ? 0 : nil)
      orders.append(
        .announce(
          isActive && isWithinWindow
            ? "releases the old template: it lies within the roll-back window, all steps are skipped"
            : "releases the old template, promoted in full"))
    case .aborting:
      return
    }
    background = nil
    heldSince = nil
    keepsUntil = nil
    step = StepMemory()
    managed = ManagedRoutes()
    deadline.restart(at: fleet.now)
    if isOwnDecision { orders.append(.rollBack(because: reason)) }
    if progress.isAborted {
      orders.append(.announce("aborts: \(reason)"))
      orders.append(
        .begin(ReleaseStep(number: 0, title: "abort", wantedWeight: .allStable)))
    }
  }

  /// One pass of an abort.
  mutating func abort(_ fleet: FleetObservation, into orders: inout [ReleaseOrder]) {
    let sets = sets(fleet)
    if stableWholeSince == nil, fleet.stable.available >= fleet.desiredReplicas {
      // The deadline is written once; that stable loses a replica later does not move it.
      stableWholeSince = fleet.now
      planScaleDown(fleet, into: &orders)
    }
    let state = CanaryStepState(stableWholeFor: stableWholeSince.map { fleet.now - $0 })
    let pass = canary.pass(progress, sets, state)
    apply(pass, fleet, into: &orders)
    guard !pass.scales, pass.weight ?? 0 == 0, isAborted(fleet) else { return }
    course = .finished
    orders.append(.finish(.rolledBack))
  }

  /// Plans the look at which the candidate's replicas go.
  private func planScaleDown(_ fleet: FleetObservation, into orders: inout [ReleaseOrder]) {
    guard canary.isRouted, fleet.candidate.desired > 0,
      case .after(let delay, let isWritten) = canary.abortDelay, delay > .zero,
      !canary.dynamicStableScale || isWritten
    else { return }
    orders.append(.announce("keeps the candidate's replicas for \(delay.plainText)"))
    orders.append(.wake(at: fleet.now + delay))
  }

  /// Whether nothing of the candidate is left but what shall stay.
  private func isAborted(_ fleet: FleetObservation) -> Bool {
    guard fleet.stable.desired >= fleet.desiredReplicas else { return false }
    if canary.isRouted, canary.abortDelay == .never {
      return fleet.stable.available >= fleet.desiredReplicas
    }
    return fleet.candidate.desired == 0 && fleet.candidate.live == 0
  }
}
