import LabUnits

/// Flagger: a copy of the service, the primary, serves; a new revision is analysed beside it, tick by
/// tick, and then copied to the primary, which updates itself under the traffic.
///
/// The release begins with the tick that detects the new revision. What looks like one release is two:
/// the canary is brought up and gets its share, and after the analysis the primary goes through an
/// ordinary rolling update while the canary keeps the share that it has. In the words of this program
/// the primary's old replicas are stable; the candidate is the canary and those replicas of the primary
/// that run the new revision already.
public struct FlaggerCanary: ReleaseStrategy, Hashable {
  /// The strategy's name in scenario files.
  public static let kind = "flagger"
  /// What the strategy is.
  public static let summary =
    "Analyses the candidate tick by tick as a Canary of Flagger, then updates the primary to it."

  /// What is done at each tick.
  public var analysis: FlaggerAnalysis
  /// The time between two ticks.
  public var interval: Span
  /// The share of the users whose requests match the conditions of an A/B test.
  public var matchedUsers: TrafficWeight
  /// The share of the requests that is copied while traffic is mirrored.
  public var mirrorWeight: Share
  /// What is checked on each tick.
  public var metrics: [FlaggerMetric]
  /// Synthetic requests per second to the canary while it is analysed.
  public var checksPerSecond: Double
  /// How large the canary is.
  public var canaryReplicas: ReplicaQuantity
  /// The percentage of the canary's replicas that must be available.
  public var canaryReadyThreshold: Int
  /// The percentage of the primary's replicas that must be available.
  public var primaryReadyThreshold: Int
  /// How long the canary or the primary may have too few available replicas.
  public var progressDeadline: Span
  /// How many replicas the primary may ask for above the desired count during its rolling update.
  public var maxSurge: ReplicaQuantity
  /// How many replicas may be missing from the primary during its rolling update.
  public var maxUnavailable: ReplicaQuantity
  /// Whether a person confirms that the canary is scaled up.
  public var confirmsRollout: Bool
  /// Whether a person confirms the promotion.
  public var confirmsPromotion: Bool
  /// How long a person takes to confirm.
  public var resumeAfter: Span

  /// A Canary; what is left out is as Flagger fills it in.
  public init(
    _ analysis: FlaggerAnalysis, interval: Span = FlaggerDefaults.interval,
    matchedUsers: TrafficWeight = .percent(10), mirrorWeight: Share = .whole,
    metrics: [FlaggerMetric] = [], checksPerSecond: Double = 0,
    canaryReplicas: ReplicaQuantity = .share(.whole), canaryReadyThreshold: Int = 100,
    primaryReadyThreshold: Int = 100, progressDeadline: Span = FlaggerDefaults.progressDeadline,
    maxSurge: ReplicaQuantity = .share(.percent(25)),
    maxUnavailable: ReplicaQuantity = .share(.percent(25)), confirmsRollout: Bool = false,
    confirmsPromotion: Bool = false, resumeAfter: Span = .minutes(5)
  ) {
    self.analysis = analysis
    self.interval = max(interval, FlaggerDefaults.leastInterval)
    self.matchedUsers = matchedUsers
    self.mirrorWeight = mirrorWeight
    self.metrics = metrics
    self.checksPerSecond = checksPerSecond
    self.canaryReplicas = canaryReplicas
    self.canaryReadyThreshold = canaryReadyThreshold
    self.primaryReadyThreshold = primaryReadyThreshold
    self.progressDeadline = progressDeadline
    self.maxSurge = maxSurge
    self.maxUnavailable = maxUnavailable
    self.confirmsRollout = confirmsRollout
    self.confirmsPromotion = confirmsPromotion
    self.resumeAfter = resumeAfter
  }

  /// A controller that plays the Canary from the tick that detects the new revision.
  public func makeController(replicas: Int) -> any ReleaseController { FlaggerController(self) }

  /// The ticks of a run in which everything is ready in time and every check passes.
  public var leastDuration: Span {
    guard analysis.stalls == false else { return .zero }
    return interval * FlaggerTiming.whole(analysis)
  }

  /// Whether a mesh or an ingress controller splits the traffic.
  public var needsTrafficRouting: Bool { !analysis.isKubernetes && !analysis.skipsAnalysis }

  /// The canary's replicas for a service of so many.
  func canarySize(of desired: Int) -> Int {
    max(0, canaryReplicas.replicas(of: desired, rounding: .up))
  }
}

extension FlaggerAnalysis {
  /// Whether a run can never end, because nothing says how traffic or iterations advance.
  var stalls: Bool {
    if skipsAnalysis { return false }
    return effective.mode == .canary && (weights.last ?? 0) < promotionWeight
  }
}
