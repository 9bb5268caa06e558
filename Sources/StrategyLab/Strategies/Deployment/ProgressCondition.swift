import LabUnits

/// The condition `Progressing` of a Deployment, and the clock of its progress deadline.
///
/// A deadline that passes changes this condition and nothing else: nothing is rolled back, and the
/// rollout goes on if it can.
///
/// Source: Kubernetes, pkg/controller/deployment/progress.go, and
/// pkg/controller/deployment/util/deployment_util.go, `DeploymentTimedOut`.
public struct ProgressCondition: Sendable, Hashable {
  /// What a condition can say.
  public enum Status: Sendable, Hashable {
    /// The rollout goes on, or is over.
    case progressing
    /// It does not.
    case stuck
    /// Nobody can say, as while it is paused.
    case unknown
  }

  /// What it says.
  public var status: Status
  /// Why, in one of the words of ``Reason`` or in none.
  public var reason: String
  /// When the controller last saw progress; nil where the condition never said, which is long ago.
  public var lastUpdate: Instant?

  /// A condition.
  public init(status: Status, reason: String, lastUpdate: Instant? = nil) {
    self.status = status
    self.reason = reason
    self.lastUpdate = lastUpdate
  }

  /// The words by which the controller gives a reason.
  public enum Reason {
    /// The new ReplicaSet was created.
    public static let created = "NewReplicaSetCreated"
    /// There was a ReplicaSet of the template already.
    public static let found = "FoundNewReplicaSet"
    /// Something got nearer to the end.
    public static let updated = "ReplicaSetUpdated"
    /// The rollout is over.
    public static let available = "NewReplicaSetAvailable"
    /// There was no progress for longer than the deadline.
    public static let timedOut = "ProgressDeadlineExceeded"
    /// Somebody paused the rollout, which stops the clock.
    public static let paused = "DeploymentPaused"
    /// Somebody resumed it, which starts the clock anew.
    public static let resumed = "DeploymentResumed"
  }
}

/// The deadline within which a rollout has to get nearer to its end.
public struct ProgressDeadline: Sendable, Hashable {
  /// The longest time without progress.
  public let span: Span

  /// The deadline that the API gives a Deployment that names none.
  public static let standard = ProgressDeadline(span: .seconds(600))

  /// A deadline.
  public init(span: Span) {
    self.span = span
  }

  /// The deadline that a manifest means; nil where there is none, which the largest 32-bit number says too.
  public init?(seconds: Int?) {
    guard let seconds, seconds != Int(Int32.max) else { return nil }
    self.init(span: .seconds(max(0, min(seconds, Int(Int32.max)))))
  }

  /// Whether a rollout is late: the last progress lies more than the deadline back.
  ///
  /// A rollout that was over is never late, and one that was late stays so until it progresses.
  public func isExceeded(_ condition: ProgressCondition?, now: Instant) -> Bool {
    guard let condition, condition.reason != ProgressCondition.Reason.available else {
      return false
    }
    if condition.reason == ProgressCondition.Reason.timedOut { return true }
    guard let lastUpdate = condition.lastUpdate else { return true }
    return lastUpdate + span < now
  }

  /// After which time the controller looks again at a rollout that does not move; nil if it does not.
  ///
  /// What is less than a second away it looks at again at once. The queue adds a second of its own,
  /// which is not in the answer.
  ///
  /// Source: Kubernetes, pkg/controller/deployment/progress.go, `requeueStuckDeployment`.
  public func timeToLook(
    _ condition: ProgressCondition?, status: DeploymentStatus, desired: Int, now: Instant
  ) -> Span? {
    guard let condition, !status.isComplete(of: desired),
      condition.reason != ProgressCondition.Reason.timedOut
    else { return nil }
    guard let lastUpdate = condition.lastUpdate else { return .zero }
    let rest = lastUpdate + span - now
    return rest < .seconds(1) ? .zero : rest
  }

  /// The condition after a pass that rolled nothing out; nil without a deadline, since it then is taken away.
  ///
  /// Source: Kubernetes, pkg/controller/deployment/progress.go, `syncRolloutStatus`.
  public static func condition(
    after condition: ProgressCondition?, deadline: ProgressDeadline?,
    from earlier: DeploymentStatus, to status: DeploymentStatus, desired: Int, now: Instant
  ) -> ProgressCondition? {
    guard let deadline else { return nil }
    // A finished rollout is not watched: a replica that fails later is no rollout that is stuck.
    if status.replicas == status.updated, condition?.reason == ProgressCondition.Reason.available {
      return condition
    }
    if status.isComplete(of: desired) {
      return ProgressCondition(
        status: .progressing, reason: ProgressCondition.Reason.available, lastUpdate: now)
    }
    if status.hasProgressed(since: earlier) {
      return ProgressCondition(
        status: .progressing, reason: ProgressCondition.Reason.updated, lastUpdate: now)
    }
    guard deadline.isExceeded(condition, now: now) else { return condition }
    return ProgressCondition(
      status: .stuck, reason: ProgressCondition.Reason.timedOut,
      lastUpdate: condition?.reason == ProgressCondition.Reason.timedOut
        ? condition?.lastUpdate : now)
  }
}
