import LabUnits

// Sizes where the replicas split the traffic.

extension ArgoCanary {
  /// The two sizes whose share is nearest to a weight.
  ///
  /// With `n` replicas and weight `w` of `m`, the candidate may have `floor(n w / m)` or
  /// `ceil(n w / m)` of `n` replicas, or, if there is surge, of `n + 1`. The pair whose share
  /// `canary / total` is nearest to `w / m` is taken, the first of equals, the larger count first.
  /// Where both sides can have a replica, a weight between nothing and everything leaves none empty.
  ///
  ///     approximateSizes(replicas: 10, weight: 25, of: 100, surge: 0)   // 3 canary, 7 stable
  ///     approximateSizes(replicas: 10, weight: 25, of: 100, surge: 1)   // 3 canary, 8 stable: 27%
  ///     approximateSizes(replicas: 1, weight: 10, of: 100, surge: 1)    // 1 canary, 1 stable: 50%
  ///
  /// Source: Argo Rollouts, utils/replicaset/canary.go, `approximateWeightedCanaryStableReplicaCounts`.
  public static func approximateSizes(
    replicas n: Int, weight: Int, of most: Int, surge: Int
  ) -> CanarySizes {
    guard n > 0, most > 0 else { return CanarySizes(canary: 0, stable: 0) }
    let mayBeEmpty = weight <= 0 || weight >= most || (n == 1 && surge == 0)
    let more = WeightShare.roundedUp(weight, of: most, replicas: n)
    let fewer = WeightShare.roundedDown(weight, of: most, replicas: n)
    let hasFewer = fewer != 0 || mayBeEmpty
    var options: [(canary: Int, total: Int)] = []
    if more < n || mayBeEmpty { options.append((more, n)) }
    if hasFewer, !WeightShare.isHalf(weight, of: most, replicas: n) { options.append((fewer, n)) }
    if surge > 0 {
      options.append((more, n + 1))
      if hasFewer, !WeightShare.isHalf(weight, of: most, replicas: n + 1) {
        options.append((fewer, n + 1))
      }
    }
    guard var best = options.first else { return CanarySizes(canary: 0, stable: n) }
    for option in options.dropFirst()
    where distance(option, weight, most) < distance(best, weight, most) {
      best = option
    }
    return CanarySizes(canary: best.canary, stable: best.total - best.canary)
  }

  private static func distance(
    _ option: (canary: Int, total: Int), _ weight: Int, _ most: Int
  ) -> Double {
    abs(Double(option.canary) * Double(most) / Double(option.total) - Double(weight))
  }

  /// The sizes of the next pass where the replicas split the traffic.
  ///
  /// With `n` replicas, surge `S` and `U` that may be missing:
  ///
  ///     room   = n + S - (what all sets ask for)
  ///     excess = usable - (n - U)
  ///
  /// First stable, then the canary grows into the room. While there are sets of other revisions,
  /// those go first and nothing else shrinks. Then the side that shall shrink gives as much as the
  /// excess allows: usable are its own replicas whether available or not, and of the other side the
  /// available ones.
  ///
  ///     // n 10, S 0, U 2, weight 20%, canary 0, stable 10 available
  ///     // room 0: nothing grows; excess 10 - 8: stable 8, canary 0; the next pass: canary 2
  ///
  /// Source: Argo Rollouts, utils/replicaset/canary.go, `CalculateReplicaCountsForBasicCanary`.
  public func basicSizes(_ progress: CanaryProgress, _ fleet: CanaryFleet) -> CanarySizes {
    let n = fleet.replicas
    let rolling = ArgoFenceposts.rolling(
      maxSurge: maxSurge, maxUnavailable: maxUnavailable, replicas: n)
    var wanted = CanarySizes(canary: n, stable: 0)
    if fleet.stable != nil {
      // Without a router a target is always a weight.
      let weight = if case .weight(let weight) = target(progress) { weight } else { 0 }
      wanted = Self.approximateSizes(
        replicas: n, weight: weight, of: maxTrafficWeight, surge: rolling.surge)
    }
    var sizes = CanarySizes(
      canary: fleet.canary?.desired ?? 0, stable: fleet.stable?.desired ?? 0)
    let isGrowing = fleet.canary.map { wanted.canary >= $0.desired } ?? true
    var room = rolling.mostReplicas - fleet.desiredOfAll
    if fleet.stable != nil, sizes.stable < wanted.stable, room > 0 {
      let growth = min(room, wanted.stable - sizes.stable)
      sizes.stable += growth
      room -= growth
    }
    if fleet.canary != nil, sizes.canary < wanted.canary, room > 0 {
      sizes.canary += min(room, wanted.canary - sizes.canary)
    }
    guard fleet.desiredOfOlder == 0 else { return sizes }
    let usable =
      Self.usable(fleet.canary, ignoringAvailability: !isGrowing)
      + Self.usable(fleet.stable, ignoringAvailability: isGrowing)
    let excess = usable - rolling.leastAvailable
    guard excess > 0 else { return sizes }
    if !isGrowing, let canary = fleet.canary {
      sizes.canary = Self.drained(canary, to: wanted.canary, by: excess, from: sizes.canary)
      (sizes.canary, sizes.stable) = Self.withinLimits(
        draining: canary, sizes.canary, keeping: fleet.stable, sizes.stable, rolling)
    } else if isGrowing, let stable = fleet.stable {
      sizes.stable = Self.drained(stable, to: wanted.stable, by: excess, from: sizes.stable)
      (sizes.stable, sizes.canary) = Self.withinLimits(
        draining: stable, sizes.stable, keeping: fleet.canary, sizes.canary, rolling)
    }
    return sizes
  }

  /// How many replicas of a set count when it is asked what may go.
  ///
  /// A set that asks for fewer than are available is shrinking already and counts with what it asks for.
  ///
  /// Source: Argo Rollouts, utils/replicaset/canary.go, `GetReplicasForScaleDown`.
  public static func usable(_ set: ReplicaCounts?, ignoringAvailability: Bool) -> Int {
    guard let set else { return 0 }
    return ignoringAvailability ? set.desired : min(set.desired, set.available)
  }

  /// The size of a set that shrinks towards a size by at most so many replicas.
  private static func drained(
    _ set: ReplicaCounts, to wanted: Int, by excess: Int, from size: Int
  ) -> Int {
    set.desired > wanted ? max(wanted, set.desired - excess) : size
  }

  /// The two sizes brought back within the fenceposts.
  ///
  /// Growth and shrinking of one pass can exceed the surge together. What exceeds it is taken from
  /// the side that is kept, but gives back what that would cost in availability, and then from the
  /// side that is drained.
  ///
  /// Source: Argo Rollouts, utils/replicaset/canary.go, `adjustReplicaWithinLimits`.
  private static func withinLimits(
    draining drain: ReplicaCounts, _ drainSize: Int, keeping kept: ReplicaCounts?, _ keptSize: Int,
    _ rolling: RollingParameters
  ) -> (drained: Int, kept: Int) {
    guard let kept else { return (drainSize, keptSize) }
    let reduced = keptSize - max(0, keptSize + drainSize - rolling.mostReplicas)
    let available = min(drain.available, drainSize) + min(kept.available, reduced)
    let lost = max(0, kept.available - reduced)
    let missing = max(0, rolling.leastAvailable - available)
    let final = reduced + min(lost, missing)
    return (drainSize - max(0, final + drainSize - rolling.mostReplicas), final)
  }
}
