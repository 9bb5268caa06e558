import LabUnits

/// Where a blue-green update stands: both ReplicaSets, the active service, and what the controller has noted.
///
/// Source: Argo Rollouts, pkg/apis/rollouts/v1alpha1/types.go, `RolloutStatus`, `BlueGreenStatus`.
public struct BlueGreenState: Sendable, Hashable {
  /// The replicas of one version.
  public struct ReplicaSet: Sendable, Hashable {
    /// How many are asked for.
    public var size: Int
    /// How many are available.
    public var available: Int
    /// When it is to be scaled down; nil if that is not planned.
    public var deadline: Instant?

    /// A ReplicaSet.
    public init(size: Int = 0, available: Int = 0, deadline: Instant? = nil) {
      self.size = size
      self.available = available
      self.deadline = deadline
    }
  }

  /// Which of the two versions is meant.
  public enum Version: Sendable, Hashable {
    /// None yet, before the first deployment is done.
    case none
    /// The one before the update.
    case old
    /// The one of the update.
    case new
  }

  /// The replicas that the service shall have.
  public var replicas: Int
  /// The version of the update; the preview service points to it.
  public var new: ReplicaSet
  /// The version before the update.
  public var old = ReplicaSet()
  /// Which version counts as stable.
  public var stable = Version.old
  /// Where the active service points.
  public var active = Version.old
  /// When the pause before the switch began; nil if none is written.
  public var pausedSince: Instant?
  /// Whether the pause before the switch was written at some time of this update.
  public var hasPaused = false
  /// Whether a person has paused the Rollout in its specification.
  public var isPausedByPerson = false
  /// Whether an inconclusive analysis has paused the update.
  public var isInconclusive = false
  /// Whether the update is aborted.
  public var isAborted = false
  /// Whether a person has asked to skip pauses and analyses.
  public var isPromotedInFull = false
  /// Whether the new version lies within the window of versions to which one may go back at once.
  public var isWithinRollbackWindow = false
  /// Whether the preview was good with its own size, so that the new version grows to its full size.
  public var hasCheckPoint = false
  /// Whether this is the first look at a new template, of which the status does not know yet.
  public var isNewTemplate = false
  /// Whether the update made no progress for the length of its deadline.
  public var isTimedOut = false
  /// How the analysis before the switch stands; nil if it has not started, pending to ask for its start.
  public var preAnalysis: AnalysisPhase?
  /// How the analysis after the switch stands; nil if it has not started, pending to ask for its start.
  public var postAnalysis: AnalysisPhase?

  /// The start of an update: the new version has nothing, the old one has everything.
  public init(replicas: Int, new: ReplicaSet = .init(), old: ReplicaSet = .init()) {
    self.replicas = replicas
    self.new = new
    self.old = old
  }
}
