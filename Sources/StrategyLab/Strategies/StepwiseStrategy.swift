import LabUnits

/// A strategy whose controller can be asked what it would do next from a state that somebody describes.
public protocol StepwiseStrategy: ReleaseStrategy {
  /// What the controller does in its next pass, and why.
  func next(_ state: ControllerState) -> ControllerDecision
}

/// Where a release stands, as far as a person can read it off a cluster.
public struct ControllerState: Sendable, Hashable {
  /// The replicas that the service shall have.
  public var desiredReplicas: Int
  /// The replicas of the version that served before the release.
  public var stable: ReplicaCounts
  /// The replicas of the version being released.
  public var candidate: ReplicaCounts
  /// The candidate's share of the traffic that routers follow now, where routers split it.
  public var weight: TrafficWeight
  /// The phase by the controller's own word: `Progressing`, `Promoting`; nil if it has none or nobody says.
  public var phase: String?
  /// The step that is under way, from 0, as `status.currentStepIndex` counts; nil if there are none.
  public var step: Int?
  /// The time since the step, the pause or the phase began.
  public var elapsed: Span
  /// Checks that have failed so far.
  public var failedChecks: Int
  /// Iterations or ticks of the analysis so far.
  public var iterations: Int
  /// How the analysis under way stands: `Running`, `Successful`, `Failed`, `Inconclusive`, `Error`; nil if there is none.
  public var analysis: String?
  /// Whether the release has been aborted.
  public var isAborted: Bool

  /// A state; what is left out is as at the start of a release of one replica.
  public init(
    desiredReplicas: Int = 1, stable: ReplicaCounts = .init(), candidate: ReplicaCounts = .init(),
    weight: TrafficWeight = .allStable, phase: String? = nil, step: Int? = nil,
    elapsed: Span = .zero, failedChecks: Int = 0, iterations: Int = 0, analysis: String? = nil,
    isAborted: Bool = false
  ) {
    self.desiredReplicas = desiredReplicas
    self.stable = stable
    self.candidate = candidate
    self.weight = weight
    self.phase = phase
    self.step = step
    self.elapsed = elapsed
    self.failedChecks = failedChecks
    self.iterations = iterations
    self.analysis = analysis
    self.isAborted = isAborted
  }
}

/// What a controller does in one pass, in words that a person can check.
public struct ControllerDecision: Sendable, Hashable {
  /// What is ordered now, in order; empty if the controller waits.
  public var orders: [ReleaseOrder]
  /// Why, in a sentence: lower-case start, no full stop.
  public var reason: String
  /// When the controller looks again by itself, from now; nil if it waits for a change.
  public var looksAgainAfter: Span?

  /// A decision.
  public init(orders: [ReleaseOrder] = [], reason: String, looksAgainAfter: Span? = nil) {
    self.orders = orders
    self.reason = reason
    self.looksAgainAfter = looksAgainAfter
  }
}
