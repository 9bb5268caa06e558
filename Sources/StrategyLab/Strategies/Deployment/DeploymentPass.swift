import LabUnits

/// A state that somebody describes, as the controller of a Deployment sees it: a new version and an old one.
struct DeploymentPass {
  /// Why nothing is done in a rollout that is paused.
  static let pausedReason =
    "the rollout is paused: a changed number of replicas would be shared out in proportion, "
    + "and nothing else is done until somebody resumes it"

  private let state: ControllerState
  /// The version that shall stay: stable, once the release is being undone.
  private let newVersion: ReleaseVersion

  /// The pass of a state.
  init(_ state: ControllerState) {
    self.state = state
    newVersion = state.isAborted ? .stable : .candidate
  }

  /// What there is of the version that shall stay.
  var new: ReplicaCounts { state.counts(of: newVersion) }
  /// What there is of the version that shall go.
  var old: ReplicaCounts { state.counts(of: newVersion.other) }
  /// The version that shall stay, in a sentence.
  var newName: String { newVersion.titled }
  /// The version that shall go, in a sentence.
  var oldName: String { newVersion.other.titled }

  /// Whether the new version has a ReplicaSet: one that has none is created with its first size.
  var newSetExists: Bool {
    newVersion == .stable || new.desired > 0 || new.notGone > 0
  }

  /// Whether the phase says that the rollout is paused.
  var isPaused: Bool { state.phase == "Paused" || state.phase == "DeploymentPaused" }

  /// Why nothing is left to do.
  var completeReason: String {
    let n = state.desiredReplicas
    return "the rollout is complete: \(n) of \(counted(n, "replica")) are of \(newName), "
      + "all of them available"
  }

  /// The orders of a decision of the arithmetic.
  func decision(_ decision: DeploymentReconciler.Decision, _ reason: String) -> ControllerDecision {
    var orders: [ReleaseOrder] = []
    if let size = decision.newSize { orders.append(.scale(newVersion, to: size)) }
    if let size = decision.oldSize { orders.append(.scale(newVersion.other, to: size)) }
    return ControllerDecision(orders: orders, reason: reason)
  }

  /// A decision to wait, with what the progress deadline has to say to that.
  ///
  /// The time since the last progress is held against the deadline that Kubernetes gives a Deployment
  /// that names none.
  func waiting(_ reason: String) -> ControllerDecision {
    if isPaused { return ControllerDecision(reason: reason) }
    let deadline = ProgressDeadline.standard
    let condition = ProgressCondition(
      status: isLate ? .stuck : .progressing,
      reason: isLate ? ProgressCondition.Reason.timedOut : ProgressCondition.Reason.updated,
      lastUpdate: .zero)
    let now = Instant.zero + state.elapsed
    guard deadline.isExceeded(condition, now: now) else {
      let status = DeploymentStatus(
        replicas: new.live + old.live, updated: new.live, available: new.available)
      let rest = deadline.timeToLook(
        condition, status: status, desired: state.desiredReplicas, now: now)
      // The queue adds a second, so that the deadline has surely passed when it is looked at.
      return ControllerDecision(reason: reason, looksAgainAfter: rest.map { $0 + .seconds(1) })
    }
    let since =
      isLate ? "the progress deadline" : "the progress deadline of \(deadline.span.plainText)"
    return ControllerDecision(
      reason: reason + "; \(since) has passed, which changes the condition Progressing to False "
        + "(\(ProgressCondition.Reason.timedOut)) and nothing else")
  }

  private var isLate: Bool { state.phase == ProgressCondition.Reason.timedOut }
}
