import LabUnits

/// What a plan last asked of the versions' sizes, unresolved, so that it can be asked again when the desired replicas change.
struct Sizing: Sendable, Hashable {
  /// A split of the replicas by weight, and the fenceposts within which it is reached.
  struct Split: Sendable, Hashable {
    var weight: TrafficWeight
    var maxSurge: ReplicaQuantity
    var maxUnavailable: ReplicaQuantity
  }

  /// The size of stable; nil: it has no replicas.
  private(set) var stable: ReplicaQuantity? = .share(.whole)
  /// The size of the candidate; nil: it has no replicas.
  private(set) var candidate: ReplicaQuantity?
  /// The split of the replicas; where there is one, it says both sizes.
  var split: Split?
  /// The desired replicas by which the versions were sized last; nil before the start.
  var desired: Int?

  /// The size of a version; what is asked of one version ends a split of both.
  subscript(version: ReleaseVersion) -> ReplicaQuantity? {
    get { version == .stable ? stable : candidate }
    set {
      split = nil
      if version == .stable { stable = newValue } else { candidate = newValue }
    }
  }

  /// One version serves alone.
  mutating func leave(only version: ReleaseVersion) {
    self[version] = .share(.whole)
    self[version.other] = nil
  }
}

extension ReleasePhase {
  /// Whether the phase itself sizes both versions by the desired replicas each time it looks.
  var sizesBothVersions: Bool {
    switch self {
    case .replaceInPlace, .recreate, .shiftReplicas: true
    default: false
    }
  }
}

/// The desired replicas can change in the middle of a release and after it, where an autoscaler sets them.
extension PhaseController {
  /// Brings both versions to what the plan last asked for, of the desired replicas there are now.
  ///
  /// A phase that replaces one version by the other sizes them itself. Everywhere else a share of the fleet is
  /// resolved again, a count stays, and a split by replicas moves within its fenceposts.
  ///
  /// - Returns: whether anything was ordered.
  mutating func follow(_ fleet: FleetObservation, into orders: inout [ReleaseOrder]) -> Bool {
    let n = fleet.desiredReplicas
    guard sizing.desired != n, !isSizedByPhase else { return false }
    if let split = sizing.split { return follow(split, fleet, into: &orders) }
    sizing.desired = n
    var hasOrdered = false
    for version in ReleaseVersion.allCases {
      guard let quantity = sizing[version] else { continue }
      let size = quantity.replicas(of: n, rounding: .up)
      hasOrdered = resize(version, to: size, fleet, into: &orders) || hasOrdered
    }
    return hasOrdered
  }

  /// Whether the phase that is played sizes both versions by the desired replicas itself.
  private var isSizedByPhase: Bool {
    (course == .releasing || course == .rollingBack) && index < phases.count
      && phases[index].sizesBothVersions
  }

  private mutating func follow(
    _ wanted: Sizing.Split, _ fleet: FleetObservation, into orders: inout [ReleaseOrder]
  ) -> Bool {
    let rolling = RollingParameters(
      desired: fleet.desiredReplicas, maxSurge: wanted.maxSurge,
      maxUnavailable: wanted.maxUnavailable)
    let split = ReplicaSplit(weight: wanted.weight, rolling: rolling)
    if let change = split.pass(rolling, stable: fleet.stable, candidate: fleet.candidate) {
      return resize(change.version, to: change.size, fleet, into: &orders)
    }
    if fleet.stable.desired == split.stable, fleet.candidate.desired == split.candidate {
      sizing.desired = fleet.desiredReplicas
    }
    return false
  }

  private func resize(
    _ version: ReleaseVersion, to size: Int, _ fleet: FleetObservation,
    into orders: inout [ReleaseOrder]
  ) -> Bool {
    let before = fleet.counts(of: version).desired
    guard before != size else { return false }
    orders.append(
      .announce(
        "follows the desired replicas: scales \(version.titled) from \(before) to \(size)"))
    orders.append(.scale(version, to: size))
    return true
  }
}
