/// Where a run of Flagger stands, and where the traffic goes.
///
/// Source: Flagger, pkg/apis/flagger/v1beta1/status.go, `CanaryStatus`, with the routes that the
/// routers keep in their own objects.
public struct FlaggerState: Sendable, Hashable {
  /// The phases of a Canary, by upstream's words.
  public enum Phase: String, Sendable, Hashable, CaseIterable {
    /// The primary serves, and no new revision has been seen.
    case initialized = "Initialized"
    /// A new revision waits for its start to be confirmed.
    case waiting = "Waiting"
    /// The canary is being analysed.
    case progressing = "Progressing"
    /// The analysis is over, and the promotion waits to be confirmed.
    case waitingPromotion = "WaitingPromotion"
    /// The primary takes over the new revision.
    case promoting = "Promoting"
    /// All traffic is with the primary again.
    case finalising = "Finalising"
    /// The new revision is promoted, the canary scaled to zero.
    case succeeded = "Succeeded"
    /// The run was given up.
    case failed = "Failed"

    /// Whether a run is under way.
    public var isActive: Bool {
      switch self {
      case .initialized, .succeeded, .failed: false
      default: true
      }
    }
  }

  /// The phase.
  public var phase: Phase
  /// The canary's weight in percent; in A/B, of the requests that match.
  public var canaryWeight: Int
  /// Whether the primary's requests are copied to the canary.
  public var isMirrored: Bool
  /// Checks that failed in this run; never taken back.
  public var failedChecks: Int
  /// Iterations of A/B and blue/green so far.
  public var iterations: Int
  /// Whether the canary has replicas.
  public var isCanaryUp: Bool

  /// A state; what is left out is as before a run.
  public init(
    phase: Phase = .initialized, canaryWeight: Int = 0, isMirrored: Bool = false,
    failedChecks: Int = 0, iterations: Int = 0, isCanaryUp: Bool = false
  ) {
    self.phase = phase
    self.canaryWeight = canaryWeight
    self.isMirrored = isMirrored
    self.failedChecks = failedChecks
    self.iterations = iterations
    self.isCanaryUp = isCanaryUp
  }

  /// The primary's weight in percent.
  public var primaryWeight: Int { FlaggerAnalysis.totalWeight - canaryWeight }
}

/// What Flagger meets at one tick.
public struct FlaggerTick: Sendable, Hashable {
  /// Whether the target has a revision that no tick has seen.
  public var hasNewRevision: Bool
  /// Whether the primary is ready.
  public var primary: FlaggerReadiness
  /// Whether the canary is ready.
  public var canary: FlaggerReadiness
  /// Whether the checks of this tick pass, if any are made.
  public var checksPass: Bool
  /// Whether somebody wants the run rolled back: a hook of the type `rollback`.
  public var wantsRollback: Bool
  /// Whether the start of the analysis is confirmed: hooks of the type `confirm-rollout`.
  public var isRolloutConfirmed: Bool
  /// Whether the next weight is confirmed: hooks of the type `confirm-traffic-increase`.
  public var isIncreaseConfirmed: Bool
  /// Whether the promotion is confirmed: hooks of the type `confirm-promotion`.
  public var isPromotionConfirmed: Bool

  /// A tick; what is left out is what lets the run get on.
  public init(
    hasNewRevision: Bool = false, primary: FlaggerReadiness = .ready,
    canary: FlaggerReadiness = .ready, checksPass: Bool = true, wantsRollback: Bool = false,
    isRolloutConfirmed: Bool = true, isIncreaseConfirmed: Bool = true,
    isPromotionConfirmed: Bool = true
  ) {
    self.hasNewRevision = hasNewRevision
    self.primary = primary
    self.canary = canary
    self.checksPass = checksPass
    self.wantsRollback = wantsRollback
    self.isRolloutConfirmed = isRolloutConfirmed
    self.isIncreaseConfirmed = isIncreaseConfirmed
    self.isPromotionConfirmed = isPromotionConfirmed
  }
}
