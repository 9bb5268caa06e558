import LabUnits

// The weight that a pass sets.

extension ArgoCanary {
  /// The candidate's weight that a pass sets.
  ///
  /// - A set that is stable already has weight 0 as a candidate: the stable service points to it.
  /// - After an abort: 0 at once, or step by step with `dynamicStableScale`.
  /// - While no replica of the candidate is available: 0.
  /// - Promoted in full: unchanged; with `dynamicStableScale` as much as its available replicas carry.
  /// - Before the step's sizes are reached: the `setWeight` before, since replicas come before weight.
  /// - Then: the step's weight, and everything after the last step.
  ///
  /// A weight that goes down is held back while stable could not carry what comes back to it.
  ///
  /// Source: Argo Rollouts, rollout/trafficrouting.go, `reconcileTrafficRouting`.
  public func weight(_ progress: CanaryProgress, _ fleet: CanaryFleet) -> Int {
    if progress.isStable { return 0 }
    if progress.isAborted { return weightAfterAbort(progress, fleet) }
    guard let canary = fleet.canary, canary.available > 0 else { return 0 }
    if progress.isPromotedInFull {
      guard dynamicStableScale else { return progress.weight ?? 0 }
      return min(
        maxTrafficWeight,
        WeightShare.weight(of: maxTrafficWeight, for: canary.available, replicas: fleet.replicas))
    }
    guard !steps.isEmpty else { return 0 }
    let wanted =
      isAtSizes(progress, fleet)
      ? currentWeight(progress) : weight(upTo: progress.step - 1)
    if let present = progress.weight, wanted < present,
      !canStableCarry(maxTrafficWeight - wanted, fleet)
    {
      return present
    }
    return wanted
  }

  /// The candidate's weight after an abort.
  ///
  /// Stable is whole without `dynamicStableScale`, so that it gets everything at once. With it the
  /// weight goes down the ladder of `setWeight`s; while stable lacks more than the next rung
  /// needs, the weight stays, and it never goes up.
  ///
  ///     // n 5, setWeight 50, weight 100, stable 3 available, canary 4 available
  ///     // stable lacks 40% and the next rung is 50: the weight is 50
  ///
  /// Source: Argo Rollouts, rollout/trafficrouting.go, `calculateDesiredWeightOnAbortOrStableRollback`.
  public func weightAfterAbort(_ progress: CanaryProgress, _ fleet: CanaryFleet) -> Int {
    let n = fleet.replicas
    guard dynamicStableScale, n > 0, let stable = fleet.stable else { return 0 }
    let lacking =
      maxTrafficWeight
      - WeightShare.weight(of: maxTrafficWeight, for: stable.available, replicas: n)
    let present = progress.weight ?? 0
    if lacking <= 0 { return 0 }
    let rung = abortTargetWeight(fleet)
    if rung == 0 { return min(lacking, present) }
    return rung < lacking ? present : min(rung, present)
  }

  /// Whether stable has enough available replicas for a weight of its own, rounded down.
  ///
  /// Source: Argo Rollouts, rollout/trafficrouting.go, `checkReplicasAvailable`.
  public func canStableCarry(_ weight: Int, _ fleet: CanaryFleet) -> Bool {
    let needed = WeightShare.roundedDown(weight, of: maxTrafficWeight, replicas: fleet.replicas)
    switch progressThreshold {
    case .all: return (fleet.stable?.available ?? 0) >= needed
    default: return progressThreshold.isMet(by: fleet.stable, wanted: needed)
    }
  }

  /// Whether a release with `dynamicStableScale` was given up for the stable template, so that traffic still has to come back.
  ///
  /// - Parameters:
  ///   - isPromoted: Whether the wanted set is the stable one.
  ///   - weighted: The set to which the router sends the candidate's weight; nil if it has set none.
  ///   - wanted: The set that shall serve.
  ///   - available: Its available replicas.
  ///   - replicas: The replicas that the service shall have.
  /// - Returns: whether the weight has to come back as stable recovers.
  ///
  /// Source: Argo Rollouts, rollout/canary.go, `isDynamicallyRollingBackToStable`.
  public func isRollingBackToStable(
    isPromoted: Bool, weighted: String?, wanted: String, available: Int, replicas: Int
  ) -> Bool {
    guard isPromoted, scalesStable, let weighted else { return false }
    return weighted != wanted && available < replicas
  }

  /// Whether the canary Service changes over to a new set.
  ///
  /// The first time the whole set has to be available; a Service that is managed already follows
  /// as soon as one replica is. After an abort it points to stable.
  ///
  /// Source: Argo Rollouts, rollout/service.go, `ensureSVCTargets`.
  public static func switchesService(
    to set: ReplicaCounts?, isManaged: Bool, isAborted: Bool
  ) -> Bool {
    guard !isAborted, let set, set.available > 0 else { return false }
    return isManaged || set.available >= set.desired
  }
}
