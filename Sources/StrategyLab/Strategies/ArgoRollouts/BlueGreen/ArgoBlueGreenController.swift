import LabUnits

/// Plays an ``ArgoBlueGreen`` update: each look is a ``BlueGreenState/pass(_:at:)``, and what it changes is ordered.
///
/// A roll-back that is ordered before the promotion is an abort of the Rollout. After the promotion it is
/// what a person does then: the old version is released again, without pause or analysis, at once while
/// it still has its replicas.
public struct ArgoBlueGreenController: ReleaseController {
  /// What is played.
  public let strategy: ArgoBlueGreen

  /// The state as it was left, but for the replicas, which are seen anew at each look.
  var state = BlueGreenState(replicas: 0)
  var preRun: AnalysisRun?
  var postRun: AnalysisRun?
  /// When an inconclusive analysis paused the update.
  var inconclusiveSince: Instant?
  /// Whether synthetic requests are being sent.
  var isSendingChecks = false
  /// Whether the old version is being released again.
  var isUndoing = false
  var hasBegun = false
  var hasFinished = false
  /// When something last moved while the new version was waited for.
  var lastProgress = Instant.zero
  var lastSeen = ReplicaCounts()
  var plannedWakes: [Instant] = []

  /// A controller at the start of an update.
  public init(_ strategy: ArgoBlueGreen) {
    self.strategy = strategy
  }

  /// Only an analysis needs what the counters said.
  public var takesSamples: Bool {
    !strategy.prePromotionAnalysis.isEmpty || !strategy.postPromotionAnalysis.isEmpty
  }

  /// Looks at the fleet and appends what shall be done now.
  ///
  /// - Complexity: O(metrics).
  public mutating func reconcile(_ fleet: FleetObservation, into orders: inout [ReleaseOrder]) {
    if !hasBegun {
      hasBegun = true
      if fleet.route != .allStable {
        orders.append(.route(.allStable))
        return
      }
    }
    see(fleet, into: &orders)
    if fleet.isRollbackOrdered { rollBack(fleet, into: &orders) }
    resumeIfTime(fleet.now, into: &orders)
    // What only the status notes is no order, so the next look follows at once.
    for _ in 0..<10 {
      if measure(fleet, into: &orders) { return }
      let before = state
      state.pass(strategy.settings, at: fleet.now)
      if express(since: before, fleet.now, into: &orders) || state == before { break }
    }
    if measure(fleet, into: &orders) { return }
    finishIfDone(fleet, into: &orders)
    planWake(fleet.now, into: &orders)
  }

  /// The version that is being released.
  var newVersion: ReleaseVersion { isUndoing ? .stable : .candidate }

  private mutating func see(_ fleet: FleetObservation, into orders: inout [ReleaseOrder]) {
    let (new, old) = (fleet.counts(of: newVersion), fleet.counts(of: newVersion.other))
    state.replicas = fleet.desiredReplicas
    (state.new.size, state.new.available) = (new.desired, new.available)
    (state.old.size, state.old.available) = (old.desired, old.available)
    if new != lastSeen || !waitsForReplicas {
      lastSeen = new
      lastProgress = fleet.now
      state.isTimedOut = false
    } else if !state.isTimedOut, lastProgress + strategy.progressDeadline <= fleet.now {
      state.isTimedOut = true
      orders.append(
        .announce("no progress for \(strategy.progressDeadline.plainText), the Rollout is Degraded")
      )
    }
  }

  /// Whether the update waits for nothing but replicas of the new version; only then does its deadline run.
  var waitsForReplicas: Bool {
    state.phase != "Paused" && !state.isAborted && state.stable == .old
      && !state.isReady(strategy.settings)
  }

  /// Reacts to an ordered roll-back, once.
  private mutating func rollBack(_ fleet: FleetObservation, into orders: inout [ReleaseOrder]) {
    if state.isAborted || isUndoing { return }
    if state.stable == .old {
      state.isAborted = true
    } else {
      undo(fleet)
    }
    beginUndoing(into: &orders)
  }

  /// Turns the roles around: the old version is released, and may skip what a new one may not.
  private mutating func undo(_ fleet: FleetObservation) {
    isUndoing = true
    hasFinished = false
    var undone = BlueGreenState(
      replicas: state.replicas, new: state.old, old: state.new)
    undone.isPromotedInFull = true
    state = undone
    lastSeen = fleet.counts(of: newVersion)
    lastProgress = fleet.now
  }

  /// Lets a person promote, or resume after an inconclusive analysis, when they have had their time.
  private mutating func resumeIfTime(_ now: Instant, into orders: inout [ReleaseOrder]) {
    if let since = state.pausedSince, !strategy.settings.autoPromotion,
      since + strategy.resumeAfter <= now
    {
      orders.append(.announce("a person promotes"))
      state.pausedSince = nil
    }
    if let since = inconclusiveSince, since + strategy.resumeAfter <= now {
      orders.append(.announce("a person resumes after the inconclusive analysis"))
      inconclusiveSince = nil
      state.isInconclusive = false
      if state.preAnalysis == .inconclusive { (state.preAnalysis, preRun) = (nil, nil) }
      if state.postAnalysis == .inconclusive { (state.postAnalysis, postRun) = (nil, nil) }
    }
  }

  /// Lets the runs measure.
  ///
  /// - Returns: whether a sample is needed before anything else can be said.
  private mutating func measure(
    _ fleet: FleetObservation, into orders: inout [ReleaseOrder]
  ) -> Bool {
    let count = orders.count
    preRun?.pass(fleet.now, sample: fleet.sample, into: &orders)
    postRun?.pass(fleet.now, sample: fleet.sample, into: &orders)
    if let preRun { state.preAnalysis = preRun.phase }
    if let postRun { state.postAnalysis = postRun.phase }
    return orders[count...].contains { if case .takeSample = $0 { true } else { false } }
  }
}
