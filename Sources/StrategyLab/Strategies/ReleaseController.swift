import LabUnits

/// What decides during a release: it sees the fleet, the clock and the verdicts, and gives orders.
///
/// The engine calls ``reconcile(_:into:)`` whenever something changed that a controller may see, and
/// again after its own orders changed something, until it orders nothing more. A controller therefore
/// acts on what it sees, never on what it remembers having ordered, as the controllers of Kubernetes do.
public protocol ReleaseController: Sendable {
  /// Looks at the fleet and appends what shall be done now.
  mutating func reconcile(_ observation: FleetObservation, into orders: inout [ReleaseOrder])

  /// Whether the controller may ever order a sample; what it would be made of is not kept otherwise.
  var takesSamples: Bool { get }

  /// Whether it matters to the controller how many replicas of a version are terminating.
  ///
  /// To one that only wants to know whether any are, no replica's end is shown but the last one's.
  var countsTerminatingReplicas: Bool { get }

  /// The replicas without which it would order nothing, after a look at which it ordered nothing; nil: who knows.
  ///
  /// It holds while nothing changes that a controller may see but the replicas' numbers and the time, and the replicas
  /// that the service shall have stay as many.
  var awaitedReplicas: AwaitedReplicas? { get }
}

extension ReleaseController {
  /// A controller that does not say so may order samples.
  public var takesSamples: Bool { true }

  /// A controller that does not say so counts them.
  public var countsTerminatingReplicas: Bool { true }

  /// A controller that does not say so has to look at every change.
  public var awaitedReplicas: AwaitedReplicas? { nil }
}

/// What a controller can see at one instant.
public struct FleetObservation: Sendable, Hashable {
  /// The time since the release began.
  public var now: Instant
  /// The replicas that the service shall have.
  public var desiredReplicas: Int
  /// The replicas of the version that served before.
  public var stable: ReplicaCounts
  /// The replicas of the version being released.
  public var candidate: ReplicaCounts
  /// The route that was ordered last.
  public var route: TrafficRoute
  /// Whether every router already follows ``route``.
  public var isRouteSettled: Bool
  /// What the analysis that was started last has found.
  public var verdict: AnalysisVerdict
  /// Whether monitors or people have ordered the release to be undone.
  public var isRollbackOrdered: Bool
  /// What the counters said when a sample of them was last ordered; nil before the first.
  public var sample: MetricSample?

  /// An observation of a fleet.
  public init(
    now: Instant, desiredReplicas: Int, stable: ReplicaCounts, candidate: ReplicaCounts,
    route: TrafficRoute, isRouteSettled: Bool = true, verdict: AnalysisVerdict = .notRunning,
    isRollbackOrdered: Bool = false, sample: MetricSample? = nil
  ) {
    self.now = now
    self.desiredReplicas = desiredReplicas
    self.stable = stable
    self.candidate = candidate
    self.route = route
    self.isRouteSettled = isRouteSettled
    self.verdict = verdict
    self.isRollbackOrdered = isRollbackOrdered
    self.sample = sample
  }

  /// The replicas of one version.
  @inlinable
  public func counts(of version: ReleaseVersion) -> ReplicaCounts {
    version == .stable ? stable : candidate
  }
}

/// What an analysis says of the candidate.
public enum AnalysisVerdict: Sendable, Hashable {
  /// No analysis was started, or it was stopped.
  case notRunning
  /// Nothing against the candidate so far.
  case healthy
  /// The analysis was concluded, and found nothing against the candidate.
  case passed
  /// The candidate is worse than allowed.
  case failed
}

/// What an analysis looks at.
public enum AnalysisKind: Sendable, Hashable {
  /// The scenario's analysis monitors watch what the candidate answers to users, or to mirrored requests.
  case health
  /// The same monitors watch the answers to synthetic requests, sent to the candidate at this rate per second.
  case checks(requestsPerSecond: Double)
  /// Synthetic requests are sent to the candidate at this rate per second, and no monitor judges the answers.
  ///
  /// For controllers that judge by samples of the counters themselves.
  case probing(requestsPerSecond: Double)
  /// The cohorts' failure shares are compared by a test whose false-alarm probability this share bounds.
  case comparison(falseAlarms: Share)
}

/// Something a controller wants done.
public enum ReleaseOrder: Sendable, Hashable {
  /// A version shall have so many replicas.
  case scale(ReleaseVersion, to: Int)
  /// Requests shall take this route.
  case route(TrafficRoute)
  /// An analysis starts with empty hands; one of the same kind that runs goes on, another is replaced.
  case startAnalysis(AnalysisKind)
  /// The running analysis looks at what it has and comes to a verdict, passed or failed.
  case concludeAnalysis
  /// The running analysis ends without a verdict.
  case stopAnalysis
  /// The counters are read now, and the next observation says what they counted over this time.
  case takeSample(over: Span)
  /// The controller itself decides to undo the release; from then on the roll-back counts as ordered.
  case rollBack(because: String)
  /// A step of the strategy begins.
  case begin(ReleaseStep)
  /// The controller wants to look again at this instant.
  case wake(at: Instant)
  /// A line for the timeline.
  case announce(String)
  /// The controller has nothing left to do.
  case finish(ReleaseEnd)
}

/// How a controller's work ended.
public enum ReleaseEnd: Sendable, Hashable {
  /// The candidate serves alone, and what it replaced has been cleaned up.
  case promoted
  /// Stable serves alone again, and the candidate has been cleaned up.
  case rolledBack
}
