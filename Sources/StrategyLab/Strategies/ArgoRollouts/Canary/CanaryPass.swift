import LabUnits

/// What one pass of the controller decides: the weight, one change of sizes, and whether the step is over.
public struct CanaryPass: Sendable, Hashable {
  /// The candidate's weight that the router gets; nil without a router.
  public var weight: Int?
  /// The new size of the set being released; nil if it stays.
  public var canary: Int?
  /// The new size of the stable set; nil if it stays.
  public var stable: Int?
  /// The new sizes of the sets of other revisions, in their order; nil if all stay.
  public var older: [Int]?
  /// Whether the step under way is over.
  public var endsStep = false
  /// Whether the set being released becomes the stable one.
  public var promotes = false

  /// A pass that decides nothing.
  public init() {}

  /// Whether a set gets another size.
  public var scales: Bool { canary != nil || stable != nil || older != nil }
}

/// What is known of the step under way besides the replicas.
public struct CanaryStepState: Sendable, Hashable {
  /// How long the pause has lasted; nil if it has not begun.
  public var pausedFor: Span?
  /// Whether a person has resumed the pause.
  public var isResumed: Bool
  /// How the analysis or the experiment of the step stands; nil if it has none.
  public var analysis: AnalysisPhase?
  /// For how long stable has been whole since an abort; nil if it is not.
  public var stableWholeFor: Span?

  /// What is known of a step.
  public init(
    pausedFor: Span? = nil, isResumed: Bool = false, analysis: AnalysisPhase? = nil,
    stableWholeFor: Span? = nil
  ) {
    self.pausedFor = pausedFor
    self.isResumed = isResumed
    self.analysis = analysis
    self.stableWholeFor = stableWholeFor
  }
}

extension ArgoCanary {
  /// One pass of the controller, in its order: the weight, one change of sizes, the step.
  ///
  /// Sizes follow the weight that the *previous* pass has set, so that they lag one pass behind it:
  /// upwards replicas come before weight, downwards weight comes before replicas. Of the sets only
  /// one kind is scaled: stable, or else the one being released, or else those of other revisions.
  ///
  /// Source: Argo Rollouts, rollout/canary.go, `rolloutCanary`, `reconcileCanaryReplicaSets`.
  ///
  /// - Parameters:
  ///   - progress: Where the release stands.
  ///   - fleet: The sets of replicas.
  ///   - state: What is known of the step under way.
  ///   - keepsOlder: For each set of another revision whether it stays as it is: because its delay has
  ///     not passed, or because traffic is still sent to it.
  /// - Returns: what is decided; at most one of the sizes is another.
  public func pass(
    _ progress: CanaryProgress, _ fleet: CanaryFleet, _ state: CanaryStepState,
    keepsOlder: [Bool] = []
  ) -> CanaryPass {
    var pass = CanaryPass()
    if isRouted { pass.weight = weight(progress, fleet) }
    let sizes = sizes(progress, fleet)
    if let stable = fleet.stable, stable.desired != sizes.stable {
      pass.stable = sizes.stable
    } else if let canary = fleet.canary,
      let size = canarySize(sizes, progress, fleet, state), size != canary.desired
    {
      pass.canary = size
    } else {
      let older = olderSizes(progress, fleet, keeps: keepsOlder)
      if older != fleet.older.map({ $0.desired }) { pass.older = older }
    }
    if promotes(progress, fleet) {
      pass.promotes = !progress.isStable
    } else if !progress.isAborted, !progress.isPromotedInFull, !progress.isStable {
      var present = progress
      if isRouted { present.weight = pass.weight }
      pass.endsStep = !pass.scales && isStepDone(present, fleet, state)
    }
    return pass
  }

  /// The size of the set being released; nil if it stays for a delay after an abort.
  ///
  /// Source: Argo Rollouts, rollout/replicaset.go, `reconcileNewReplicaSet`, `shouldDelayScaleDownOnAbort`.
  private func canarySize(
    _ sizes: CanarySizes, _ progress: CanaryProgress, _ fleet: CanaryFleet,
    _ state: CanaryStepState
  ) -> Int? {
    guard progress.isAborted, isRouted else { return sizes.canary }
    switch abortDelay {
    case .never:
      return nil
    case .after(let delay, let isWritten):
      if dynamicStableScale, !isWritten { return sizes.canary }
      guard let whole = state.stableWholeFor, whole >= delay else { return nil }
      return 0
    }
  }

  /// Whether a step is over.
  ///
  /// Source: Argo Rollouts, rollout/canary.go, `completedCurrentCanaryStep`; rollout/pause.go,
  /// `CompletedCanaryPauseStep`.
  public func isStepDone(
    _ progress: CanaryProgress, _ fleet: CanaryFleet, _ state: CanaryStepState
  ) -> Bool {
    switch step(progress) {
    case .pause(let duration):
      guard !state.isResumed else { return true }
      guard let duration, let paused = state.pausedFor else { return false }
      return paused > duration
    case .setWeight, .setCanaryScale: return isAtSizes(progress, fleet)
    case .analysis, .experiment: return state.analysis == .successful
    case .setHeaderRoute, .setMirrorRoute: return true
    case nil: return false
    }
  }

  /// Whether the set being released becomes the stable one: the steps are done and enough of `n` are available.
  ///
  /// Source: Argo Rollouts, rollout/sync.go, `shouldFullPromote`.
  public func promotes(_ progress: CanaryProgress, _ fleet: CanaryFleet) -> Bool {
    guard !progress.isAborted, let canary = fleet.canary else { return false }
    guard hasCompleted(progress) || progress.isPromotedInFull else { return false }
    guard progressThreshold != .all else { return canary.available >= fleet.replicas }
    return progressThreshold.isMet(by: canary, wanted: fleet.replicas)
  }

  /// The sizes of the sets of other revisions.
  ///
  /// Replicas that are not available go first, whatever the rest. Then, newest revision first, as
  /// many go as are available above `n - U`. With a router, a set goes as a whole or stays: one that
  /// still gets traffic stays, and so does the one that was stable until its delay has passed.
  ///
  ///     // n 4, U 0, no router; two old sets of 5: of 10 available 6 may go
  ///     // sizes 0 for the newer, 4 for the older
  ///
  /// Source: Argo Rollouts, rollout/canary.go, `scaleDownOldReplicaSetsForCanary`.
  public func olderSizes(
    _ progress: CanaryProgress, _ fleet: CanaryFleet, keeps: [Bool] = []
  ) -> [Int] {
    let rolling = ArgoFenceposts.rolling(
      maxSurge: maxSurge, maxUnavailable: maxUnavailable, replicas: fleet.replicas)
    var excess = fleet.availableOfAll - rolling.leastAvailable
    return fleet.older.indices.map { index in
      let set = fleet.older[index]
      let healthy = min(set.desired, set.available)
      if isRouted, keeps.indices.contains(index), keeps[index] { return set.desired }
      guard excess > 0, healthy > 0 else { return healthy }
      let size = isRouted ? 0 : max(0, healthy - excess)
      excess -= healthy - size
      return size
    }
  }
}
