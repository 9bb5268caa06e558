import LabUnits

/// The canary of Argo Rollouts, with all its rounding, order and timing.
///
/// Without a router the replicas split the traffic and both versions move within the fenceposts of a
/// rolling update; with one the candidate grows before its weight does, stable stays whole, and the
/// fenceposts are ignored. A canary without steps is a rolling update.
///
/// The rules are methods of this value, one file a concern; ``ArgoCanaryController`` plays them.
///
/// Source: Argo Rollouts, rollout/canary.go, utils/replicaset/canary.go, rollout/trafficrouting.go;
/// docs/features/canary.md.
public struct ArgoCanary: Sendable, Hashable {
  /// The steps on the way to the promotion.
  public var steps: [ArgoCanaryStep]
  /// Whether a router splits the traffic by weight.
  public var isRouted: Bool
  /// How many replicas may be asked for above the desired count; without a router.
  public var maxSurge: ReplicaQuantity
  /// How many replicas may be missing from the desired count; without a router.
  public var maxUnavailable: ReplicaQuantity
  /// The weight that is all of the traffic.
  public var maxTrafficWeight: Int
  /// Whether stable shrinks as its weight does; with a router.
  public var dynamicStableScale: Bool
  /// The fewest replicas of a set that has any; with a router.
  public var minPodsPerReplicaSet: Int?
  /// How long the candidate's replicas stay after an abort, as written.
  public var abortScaleDownDelay: Span?
  /// How long stable's replicas stay after the promotion, as written.
  public var scaleDownDelay: Span?
  /// How many available replicas are enough to go on.
  public var progressThreshold: ProgressThreshold
  /// How long a release may go without progress.
  public var progressDeadline: Span
  /// Whether a release without progress is aborted.
  public var progressDeadlineAbort: Bool
  /// How many revisions one may go back without the steps; nil: none.
  public var rollbackWindow: RollbackWindow?
  /// After how long a person resumes an indefinite pause.
  public var resumeAfter: Span
  /// What is measured in the background; nil: nothing.
  public var backgroundAnalysis: BackgroundAnalysis?
  /// The keys that stand in each step of a scenario; empty for a canary that was not read from one.
  var stepKeys: [[String]] = []

  /// An analysis that runs beside the steps.
  public struct BackgroundAnalysis: Sendable, Hashable {
    /// The step at which it starts, from 0.
    public var startingStep: Int
    /// What is measured.
    public var metrics: [AnalysisMetric]

    /// An analysis in the background.
    public init(startingStep: Int = 0, metrics: [AnalysisMetric]) {
      self.startingStep = startingStep
      self.metrics = metrics
    }
  }

  /// A canary; what is left out is as in a manifest that leaves it out.
  public init(
    steps: [ArgoCanaryStep] = [], isRouted: Bool = false,
    maxSurge: ReplicaQuantity = ArgoFenceposts.standard,
    maxUnavailable: ReplicaQuantity = ArgoFenceposts.standard, maxTrafficWeight: Int = 100,
    dynamicStableScale: Bool = false, minPodsPerReplicaSet: Int? = nil,
    abortScaleDownDelay: Span? = nil, scaleDownDelay: Span? = nil,
    progressThreshold: ProgressThreshold = .all, progressDeadline: Span = .seconds(600),
    progressDeadlineAbort: Bool = false, rollbackWindow: RollbackWindow? = nil,
    resumeAfter: Span = .minutes(5), backgroundAnalysis: BackgroundAnalysis? = nil
  ) {
    self.steps = steps
    self.isRouted = isRouted
    self.maxSurge = maxSurge
    self.maxUnavailable = maxUnavailable
    self.maxTrafficWeight = maxTrafficWeight
    self.dynamicStableScale = dynamicStableScale
    self.minPodsPerReplicaSet = minPodsPerReplicaSet
    self.abortScaleDownDelay = abortScaleDownDelay
    self.scaleDownDelay = scaleDownDelay
    self.progressThreshold = progressThreshold
    self.progressDeadline = progressDeadline
    self.progressDeadlineAbort = progressDeadlineAbort
    self.rollbackWindow = rollbackWindow
    self.resumeAfter = resumeAfter
    self.backgroundAnalysis = backgroundAnalysis
  }

  /// What decides about the delays.
  var delayKind: ArgoDelays.Kind { isRouted ? .routedCanary : .basicCanary }

  /// How long the candidate's replicas stay after an abort.
  var abortDelay: ArgoDelays.Abort { ArgoDelays.abort(delayKind, written: abortScaleDownDelay) }

  /// Whether the replicas of stable follow its weight.
  var scalesStable: Bool { isRouted && dynamicStableScale }

  /// Whether all steps are done.
  func hasCompleted(_ progress: CanaryProgress) -> Bool { progress.step >= steps.count }

  /// The step under way; nil when all are done.
  func step(_ progress: CanaryProgress) -> ArgoCanaryStep? {
    steps.indices.contains(progress.step) ? steps[progress.step] : nil
  }
}
