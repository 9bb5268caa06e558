import LabUnits

// What a pass decides, as orders.

extension ArgoCanaryController {
  /// Orders what a pass has decided.
  mutating func apply(
    _ pass: CanaryPass, _ fleet: FleetObservation, into orders: inout [ReleaseOrder]
  ) {
    if !isServiceSwitched {
      isServiceSwitched = ArgoCanary.switchesService(
        to: fleet.counts(of: new), isManaged: true, isAborted: progress.isAborted)
    }
    if let weight = pass.weight {
      let route = pass.promotes ? TrafficRoute.all(to: new) : route(weight)
      if route != fleet.route {
        orders.append(.announce("sends " + route.plainText))
        orders.append(.route(route))
      }
      progress.weight = weight
    }
    scale(new, to: pass.canary.map { $0 + extraReplicas }, fleet, into: &orders)
    scale(new.other, to: pass.stable ?? pass.older?.first, fleet, into: &orders)
  }

  /// Keeps the version that serves at the size that the service shall have.
  func follow(_ fleet: FleetObservation, into orders: inout [ReleaseOrder]) {
    scale(progress.isStable ? new : .stable, to: fleet.desiredReplicas, fleet, into: &orders)
  }

  /// Plans a look, unless it would be now.
  func wake(
    after span: Span, _ fleet: FleetObservation, into orders: inout [ReleaseOrder]
  ) {
    if span > .zero { orders.append(.wake(at: fleet.now + span)) }
  }

  private func scale(
    _ version: ReleaseVersion, to size: Int?, _ fleet: FleetObservation,
    into orders: inout [ReleaseOrder]
  ) {
    guard let size, size != fleet.counts(of: version).desired else { return }
    orders.append(.scale(version, to: size))
  }

  /// The route with a weight for the version being released, below the routes that steps have set.
  private func route(_ weight: Int) -> TrafficRoute {
    var total = weight
    if step.experimentSince != nil, case .experiment(let experiment) = canary.step(progress) {
      total += experiment.weight
    }
    let share = canary.trafficWeight(total).share
    let candidate = TrafficWeight(
      new == .candidate
        ? share : Share(millionths: Share.whole.millionths - share.millionths))
    guard isServiceSwitched else { return TrafficRoute(.weighted(candidate)) }
    let rule: TrafficRoute.Rule =
      managed.users.map { .cohort(TrafficWeight($0), others: candidate) } ?? .weighted(candidate)
    return TrafficRoute(rule, mirrored: managed.mirrored ?? .none)
  }
}
