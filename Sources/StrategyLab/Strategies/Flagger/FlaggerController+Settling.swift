import LabUnits

extension FlaggerController {
  /// The primary's replicas that run the new revision: those of the candidate that are not the canary's.
  func primaryNew(_ fleet: FleetObservation) -> ReplicaCounts {
    var counts = fleet.candidate
    counts.desired = max(0, counts.desired - canarySize)
    // The canary was there first, so its replicas are the ones that are ready.
    let missing = max(0, canarySize - counts.ready)
    counts.ready = max(0, counts.ready - canarySize)
    counts.available = max(0, counts.available - canarySize)
    counts.starting = max(0, counts.starting - missing)
    return counts
  }

  /// The primary as its Deployment reports it.
  func primaryStatus(_ fleet: FleetObservation) -> FlaggerDeploymentStatus {
    guard course == .promoting || course == .promoted else {
      return FlaggerDeploymentStatus(
        desired: fleet.stable.desired, replicas: fleet.stable.live, updated: fleet.stable.live,
        available: fleet.stable.available)
    }
    let new = primaryNew(fleet)
    return FlaggerDeploymentStatus(
      desired: fleet.desiredReplicas, replicas: new.live + fleet.stable.live, updated: new.live,
      available: new.available + fleet.stable.available)
  }

  /// The canary as its Deployment reports it.
  func canaryStatus(_ fleet: FleetObservation) -> FlaggerDeploymentStatus {
    let live = min(fleet.candidate.live, canarySize)
    return FlaggerDeploymentStatus(
      desired: canarySize, replicas: live, updated: live,
      available: min(fleet.candidate.available, canarySize))
  }

  /// Moves replicas and traffic to where the run wants them.
  mutating func settle(
    _ fleet: FleetObservation, _ rolling: RollingParameters, into orders: inout [ReleaseOrder]
  ) {
    let route = wantedRoute(fleet)
    if route != fleet.route { orders.append(.route(route)) }
    switch course {
    case .analysing:
      if fleet.stable.desired != rolling.desired { scale(.stable, rolling.desired, &orders) }
      canarySize = machine.state.isCanaryUp ? canary.canarySize(of: rolling.desired) : 0
      if fleet.candidate.desired != canarySize { scale(.candidate, canarySize, &orders) }
    case .rollingBack:
      canarySize = 0
      if fleet.stable.desired != rolling.desired { scale(.stable, rolling.desired, &orders) }
      if fleet.candidate.desired > 0 { return scale(.candidate, 0, &orders) }
      guard fleet.candidate.live == 0, fleet.route == route, fleet.isRouteSettled else { return }
      finish(.rolledBack, &orders)
    case .promoting:
      updatePrimary(to: .candidate, fleet, rolling, &orders)
    case .promoted:
      if removeCanary(fleet, &orders) { return }
      guard updatePrimary(to: .candidate, fleet, rolling, &orders), fleet.route == route,
        fleet.isRouteSettled
      else { return }
      finish(.promoted, &orders)
    case .undoing:
      if removeCanary(fleet, &orders) { return }
      guard updatePrimary(to: .stable, fleet, rolling, &orders), fleet.route == route,
        fleet.isRouteSettled
      else { return }
      finish(.rolledBack, &orders)
    case .ended(let end):
      // An autoscaler may still change the desired replicas.
      let version: ReleaseVersion = end == .promoted ? .candidate : .stable
      if fleet.counts(of: version).desired != rolling.desired {
        scale(version, rolling.desired, &orders)
      }
    case .left: break
    }
  }

  /// Takes the canary's replicas from those of the candidate; true if there were any.
  private mutating func removeCanary(
    _ fleet: FleetObservation, _ orders: inout [ReleaseOrder]
  ) -> Bool {
    guard canarySize > 0 else { return false }
    let size = max(0, fleet.candidate.desired - canarySize)
    canarySize = 0
    guard size != fleet.candidate.desired else { return false }
    scale(.candidate, size, &orders)
    return true
  }

  /// One pass of the rolling update of the primary; true when it is over.
  @discardableResult
  private mutating func updatePrimary(
    to version: ReleaseVersion, _ fleet: FleetObservation, _ rolling: RollingParameters,
    _ orders: inout [ReleaseOrder]
  ) -> Bool {
    let parts = [fleet.stable, primaryNew(fleet)]
    let (new, old) = (parts[version.rawValue], parts[version.other.rawValue])
    let before = self.rolling ?? rolling
    self.rolling = rolling
    let decision =
      before.desired == rolling.desired
      ? DeploymentReconciler.pass(
        rolling, new: new, old: old, newSetExists: version == .stable || hasNewSet)
      : DeploymentReconciler.resize(from: before, to: rolling, new: new, old: old)
    hasNewSet = true
    if let size = decision.newSize { scalePrimary(version, size, &orders) }
    if let size = decision.oldSize { scalePrimary(version.other, size, &orders) }
    return decision.isIdle && DeploymentReconciler.isComplete(rolling, new: new, old: old)
  }

  private func scalePrimary(
    _ version: ReleaseVersion, _ size: Int, _ orders: inout [ReleaseOrder]
  ) {
    scale(version, version == .candidate ? size + canarySize : size, &orders)
  }

  private func scale(_ version: ReleaseVersion, _ size: Int, _ orders: inout [ReleaseOrder]) {
    orders.append(.scale(version, to: size))
  }

  private mutating func finish(_ end: ReleaseEnd, _ orders: inout [ReleaseOrder]) {
    course = .ended(end)
    orders.append(.finish(end))
  }
}

extension FlaggerController {
  /// How the traffic shall go, in versions.
  func wantedRoute(_ fleet: FleetObservation) -> TrafficRoute {
    let state = machine.state
    let weight = Share.percent(state.canaryWeight)
    switch course {
    case .analysing:
      if canary.analysis.effective.mode == .abTesting {
        return state.canaryWeight > 0 ? TrafficRoute(.cohort(canary.matchedUsers)) : .allStable
      }
      return TrafficRoute(
        .weighted(TrafficWeight(weight)), mirrored: state.isMirrored ? mirrored : .none)
    case .promoting where canary.analysis.effective.mode == .abTesting && state.canaryWeight > 0:
      let others = newShare(fleet)
      if others == .whole { return .allCandidate }
      return TrafficRoute(.cohort(canary.matchedUsers, others: TrafficWeight(others)))
    case .promoting, .promoted, .undoing:
      let part = newShare(fleet).millionths
      let rest = Share.whole.millionths - weight.millionths
      let share = Share(millionths: weight.millionths + rest * part / Share.whole.millionths)
      return TrafficRoute(.weighted(TrafficWeight(share)))
    case .left, .ended(.promoted): return .allCandidate
    case .rollingBack, .ended(.rolledBack): return .allStable
    }
  }

  private var mirrored: Share { canary.mirrorWeight == .none ? .whole : canary.mirrorWeight }

  /// The part of the primary's ready replicas that run the new revision.
  private func newShare(_ fleet: FleetObservation) -> Share {
    let (new, old) = (primaryNew(fleet).ready, fleet.stable.ready)
    guard new + old > 0 else { return fleet.stable.desired > 0 ? .none : .whole }
    return Share(millionths: Share.whole.millionths * Int64(new) / Int64(new + old))
  }
}
