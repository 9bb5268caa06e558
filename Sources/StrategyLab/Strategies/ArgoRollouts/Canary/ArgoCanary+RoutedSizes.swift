import LabUnits

// Sizes where a router splits the traffic.

extension ArgoCanary {
  /// The sizes where a router splits the traffic.
  ///
  ///     canary = ceil(n * weight / max), at least minPodsPerReplicaSet if it is not 0
  ///     stable = n
  ///
  /// Surge and unavailable play no part: at full weight there are `2 n` replicas. A `setCanaryScale`
  /// sets the canary's size apart. With `dynamicStableScale`, stable follows the greater of what its
  /// wanted and its present weight ask for, so that it shrinks after the weight has left it and
  /// grows before the weight comes back; after an abort the canary does the same.
  ///
  ///     // n 10, dynamicStableScale, setWeight 20 with 10 set so far
  ///     // canary ceil(10 * 20 / 100) = 2, stable max(8, ceil(10 * 90 / 100)) = 9
  ///
  /// Source: Argo Rollouts, utils/replicaset/canary.go, `CalculateReplicaCountsForTrafficRoutedCanary`.
  public func routedSizes(_ progress: CanaryProgress, _ fleet: CanaryFleet) -> CanarySizes {
    let n = fleet.replicas
    var wantedWeight = 0
    var canary = 0
    switch target(progress) {
    case .replicas(let count):
      canary = count
    case .weight(let weight):
      wantedWeight = progress.isAborted && scalesStable ? abortTargetWeight(fleet) : weight
      canary = atLeastMinimum(
        WeightShare.roundedUp(wantedWeight, of: maxTrafficWeight, replicas: n), of: n)
    }
    guard dynamicStableScale else { return CanarySizes(canary: canary, stable: n) }
    var stable = WeightShare.roundedUp(
      maxTrafficWeight - wantedWeight, of: maxTrafficWeight, replicas: n)
    if let weight = progress.weight {
      stable = max(
        stable,
        WeightShare.roundedUp(maxTrafficWeight - weight, of: maxTrafficWeight, replicas: n))
      if progress.isAborted {
        canary = max(
          canary, WeightShare.roundedUp(weight, of: maxTrafficWeight, replicas: n))
      }
    }
    return CanarySizes(canary: atLeastMinimum(canary, of: n), stable: atLeastMinimum(stable, of: n))
  }

  /// A size raised to the fewest replicas that a set may have, itself at most `n`; 0 stays 0.
  ///
  /// Source: Argo Rollouts, utils/replicaset/canary.go, `CheckMinPodsPerReplicaSet`.
  public func atLeastMinimum(_ size: Int, of n: Int) -> Int {
    guard size != 0, isRouted, let least = minPodsPerReplicaSet else { return size }
    return max(size, min(least, n))
  }

  /// The weight to which an abort with `dynamicStableScale` goes down next: a rung of the ladder of `setWeight`s.
  ///
  /// It is the highest `setWeight` that needs fewer replicas than the canary must still have, which is
  /// what stable lacks or, if that is more, what the canary has. A delay that was written keeps the
  /// canary's size, so that then only what stable lacks counts.
  ///
  ///     // n 10, setWeight 10 and 50, canary 5 of 5, stable 9 of 10
  ///     // needed max(10 - 9, 5) = 5: 50 needs 5, 10 needs 1: the weight is 10
  ///
  /// Source: Argo Rollouts, utils/replicaset/canary.go, `GetDesiredCanaryWeight`.
  public func abortTargetWeight(_ fleet: CanaryFleet) -> Int {
    guard let canary = fleet.canary, let stable = fleet.stable else { return 0 }
    var needed = fleet.replicas - stable.available
    if abortDelay == .never || !abortDelay.isWritten { needed = max(needed, canary.available) }
    for step in steps.reversed() {
      guard case .setWeight(let weight) = step else { continue }
      if WeightShare.roundedUp(weight, of: maxTrafficWeight, replicas: fleet.replicas) < needed {
        return weight
      }
    }
    return 0
  }

  /// The sizes of the next pass, whatever splits the traffic.
  public func sizes(_ progress: CanaryProgress, _ fleet: CanaryFleet) -> CanarySizes {
    isRouted ? routedSizes(progress, fleet) : basicSizes(progress, fleet)
  }

  /// Whether both sets have the sizes that the step asks for.
  ///
  /// Of the canary, enough have to be available; of stable only that it asks for its size and has it
  /// created counts, and with `dynamicStableScale` not even that. Without a router, no replica of
  /// another revision may be available.
  ///
  /// Source: Argo Rollouts, utils/replicaset/canary.go, `AtDesiredReplicaCountsForCanary`.
  public func isAtSizes(_ progress: CanaryProgress, _ fleet: CanaryFleet) -> Bool {
    let sizes = sizes(progress, fleet)
    guard progressThreshold.isMet(by: fleet.canary, wanted: sizes.canary) else { return false }
    if !scalesStable {
      guard ProgressThreshold.areAllCreated(fleet.stable, wanted: sizes.stable) else {
        return false
      }
    }
    return isRouted || fleet.older.allSatisfy { $0.available == 0 }
  }
}
