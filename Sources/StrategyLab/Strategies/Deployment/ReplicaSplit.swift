import LabUnits

/// How many replicas of each version stand for a traffic weight when traffic follows the endpoints.
///
///     let rolling = RollingParameters(
///       desired: 10, maxSurge: .share(.percent(25)), maxUnavailable: .share(.percent(25)))
///     ReplicaSplit(weight: .percent(25), rolling: rolling)   // 3 candidate, 7 stable
///     ReplicaSplit(weight: .percent(1), rolling: rolling)    // 1 candidate, 9 stable
///
/// The share of traffic moves in steps of one replica, so it is the weight only roughly.
public struct ReplicaSplit: Sendable, Hashable {
  /// The replicas of stable.
  public let stable: Int
  /// The replicas of the candidate.
  public let candidate: Int

  /// The split nearest to a weight.
  ///
  /// A weight strictly between nothing and the whole keeps at least one replica of each version. One
  /// replica alone cannot be split: with surge a second one stands beside it, without surge the
  /// nearer version has it.
  public init(weight: TrafficWeight, rolling: RollingParameters) {
    let n = rolling.desired
    let nearest = weight.share.replicas(of: n, rounding: .nearest)
    guard weight > .allStable, weight < .allCandidate, n > 0 else {
      candidate = nearest
      stable = n - nearest
      return
    }
    guard n > 1 else {
      candidate = rolling.surge > 0 ? 1 : nearest
      stable = rolling.surge > 0 ? 1 : 1 - nearest
      return
    }
    candidate = min(max(nearest, 1), n - 1)
    stable = n - candidate
  }

  /// The replicas that the split wants of one version.
  public func replicas(of version: ReleaseVersion) -> Int {
    version == .stable ? stable : candidate
  }

  /// One change towards the split within the fenceposts of a rolling update, or nil if there is none now.
  ///
  /// What must grow grows first, stable before the candidate; what must shrink shrinks as the old
  /// ReplicaSet of a rolling update does.
  public func pass(
    _ rolling: RollingParameters, stable counts: ReplicaCounts, candidate candidates: ReplicaCounts
  ) -> (version: ReleaseVersion, size: Int)? {
    let room = rolling.mostReplicas - counts.desired - candidates.desired
    if room > 0 {
      if counts.desired < stable {
        return (.stable, min(stable, counts.desired + room))
      }
      if candidates.desired < candidate {
        return (.candidate, min(candidate, candidates.desired + room))
      }
    }
    if counts.desired > stable {
      let size = DeploymentReconciler.sizeOfOld(
        rolling, new: candidates, old: counts, floor: stable)
      if size != counts.desired { return (.stable, size) }
    }
    if candidates.desired > candidate {
      let size = DeploymentReconciler.sizeOfOld(
        rolling, new: counts, old: candidates, floor: candidate)
      if size != candidates.desired { return (.candidate, size) }
    }
    return nil
  }

  /// Whether both versions have their size and it is available.
  public func isReached(stable counts: ReplicaCounts, candidate candidates: ReplicaCounts) -> Bool {
    counts.desired == stable && candidates.desired == candidate
      && counts.available >= stable && candidates.available >= candidate
  }
}
