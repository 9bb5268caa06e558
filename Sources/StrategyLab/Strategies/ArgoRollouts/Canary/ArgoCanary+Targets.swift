import LabUnits

// What the steps ask for: a weight, and a size that may be set apart from it.

extension ArgoCanary {
  /// What the candidate's size follows from.
  public enum Target: Sendable, Hashable {
    /// So many replicas.
    case replicas(Int)
    /// As many as a weight asks for.
    case weight(Int)
  }

  /// The weight of the last `setWeight` at or before the step under way.
  ///
  /// Before the first it is 0, after the last step everything, after an abort 0.
  ///
  ///     // steps: setWeight 10, pause, setWeight 40
  ///     canary.currentWeight(CanaryProgress(step: 1))   // 10
  ///     canary.currentWeight(CanaryProgress(step: 3))   // 100
  ///
  /// Source: Argo Rollouts, utils/replicaset/canary.go, `GetCurrentSetWeight`.
  public func currentWeight(_ progress: CanaryProgress) -> Int {
    if progress.isAborted { return 0 }
    guard !hasCompleted(progress) else { return maxTrafficWeight }
    return weight(upTo: progress.step)
  }

  /// The weight of the last `setWeight` up to a step; 0 if there is none.
  func weight(upTo last: Int) -> Int {
    for step in steps.prefix(max(0, last + 1)).reversed() {
      if case .setWeight(let weight) = step { return weight }
    }
    return 0
  }

  /// The `setCanaryScale` that holds now; nil if the size follows the weight.
  ///
  /// It holds only with a router and only until the last step is done, and not after an abort,
  /// unless the candidate is to be kept for ever.
  ///
  /// Source: Argo Rollouts, utils/replicaset/canary.go, `UseSetCanaryScale`.
  public func scaleInForce(_ progress: CanaryProgress) -> ArgoCanaryStep.CanaryScale? {
    guard isRouted, !hasCompleted(progress) else { return nil }
    if progress.isAborted, abortDelay != .never { return nil }
    for step in steps.prefix(max(0, progress.step + 1)).reversed() {
      guard case .setCanaryScale(let scale) = step else { continue }
      return scale == .matchTrafficWeight ? nil : scale
    }
    return nil
  }

  /// What the candidate's size follows from now.
  ///
  /// A set that is stable already, the first one, and one that was promoted in full get everything.
  ///
  /// Source: Argo Rollouts, utils/replicaset/canary.go, `GetCanaryReplicasOrWeight`.
  public func target(_ progress: CanaryProgress) -> Target {
    if progress.isPromotedInFull || progress.isStable { return .weight(maxTrafficWeight) }
    switch scaleInForce(progress) {
    case .replicas(let count): return .replicas(count)
    case .weight(let weight): return .weight(weight)
    case .matchTrafficWeight, nil: return .weight(currentWeight(progress))
    }
  }
}
