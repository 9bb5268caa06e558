import LabUnits

/// The phases that size both versions: rolling update, recreation, and the split by replicas.
extension PhaseController {
  /// Replaces the other version by one, within fenceposts that move with the desired replicas.
  mutating func replaceInPlace(
    by version: ReleaseVersion, _ rolling: RollingParameters, sizedBy sized: RollingParameters,
    _ fleet: FleetObservation, into orders: inout [ReleaseOrder]
  ) -> Progress {
    let exists = version == .stable || hasCandidateSet
    hasCandidateSet = true
    let before = memory.rolling ?? sized
    memory.rolling = rolling
    memory.rollingVersion = version
    sizing.leave(only: version)
    sizing.desired = rolling.desired
    return roll(rolling, from: before, newSetExists: exists, fleet, into: &orders)
  }

  /// One pass of a rolling update to the version that the phase remembers.
  mutating func roll(
    _ rolling: RollingParameters, from before: RollingParameters, newSetExists exists: Bool,
    _ fleet: FleetObservation, into orders: inout [ReleaseOrder]
  ) -> Progress {
    let version = memory.rollingVersion
    let (new, old) = (fleet.counts(of: version), fleet.counts(of: version.other))
    let decision =
      before.desired == rolling.desired
      ? DeploymentReconciler.pass(rolling, new: new, old: old, newSetExists: exists)
      : DeploymentReconciler.resize(from: before, to: rolling, new: new, old: old)
    if decision.isIdle {
      return DeploymentReconciler.isComplete(rolling, new: new, old: old) ? .done : .waiting
    }
    announceOnce(into: &orders) {
      "replaces the \(version.other.name) replicas by rolling update, \(rolling.plainText)"
    }
    order(decision, new: version, into: &orders)
    return .waiting
  }

  /// Stops one version, and then starts the other.
  mutating func recreate(
    with version: ReleaseVersion, _ fleet: FleetObservation, into orders: inout [ReleaseOrder]
  ) -> Progress {
    let n = fleet.desiredReplicas
    sizing.leave(only: version)
    sizing.desired = n
    let (new, old) = (fleet.counts(of: version), fleet.counts(of: version.other))
    let decision = RecreateReconciler.pass(desired: n, new: new, old: old)
    if decision.isIdle {
      if old.notGone > 0 { return wait(for: .gone(version.other)) }
      return new.available >= n ? .done : wait(for: .available(version, n))
    }
    if decision.oldSize != nil {
      orders.append(.announce("stops all \(version.other.name) replicas"))
    } else {
      orders.append(.announce("starts \(counted(n, "\(version.name) replica"))"))
    }
    order(decision, new: version, into: &orders)
    return .waiting
  }

  /// Divides the replicas between the versions by a weight.
  mutating func shiftReplicas(
    to weight: TrafficWeight, _ rolling: RollingParameters, _ fleet: FleetObservation,
    into orders: inout [ReleaseOrder]
  ) -> Progress {
    let split = ReplicaSplit(weight: weight, rolling: rolling)
    if let change = split.pass(rolling, stable: fleet.stable, candidate: fleet.candidate) {
      announceOnce(into: &orders) {
        "moves to \(split.candidate) candidate and "
          + "\(counted(split.stable, "stable replica")), \(rolling.plainText)"
      }
      order(change.version, change.size, into: &orders)
      return .waiting
    }
    return split.isReached(stable: fleet.stable, candidate: fleet.candidate) ? .done : .waiting
  }
}
