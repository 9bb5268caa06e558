import LabStrategies
import LabUnits

extension Projection {
  /// What a plan comes to.
  public struct Summary: Sendable, Equatable {
    /// How it ends; a good release that is rolled back undoes itself.
    public var outcome: ReleaseOutcome
    /// What a plan that never ends waits for; nil for the others.
    public var waitsFor: String?
    /// When the controller has done its work, at the earliest; nil if it never has.
    public var earliestFinish: Span?
    /// When the controller has done its work, typically; nil if it never has.
    public var typicalFinish: Span?
    /// When the last replica of the version that goes is gone; nil if the plan never ends.
    public var atRest: Span?
    /// When all requests reach the candidate; nil if they never do.
    public var trafficComplete: Span?
    /// For how long both versions get requests.
    public var mixedVersion: Span
    /// For how long nobody answers.
    public var downtime: Span
    /// The most replicas at once that are not gone, those that wait for a place included.
    public var peakReplicas: Int
    /// The most replicas on nodes at once.
    public var peakOnNodes: Int
    /// The most processor that they request together, in cores.
    public var peakCores: Double
    /// The most memory that they request together, in bytes.
    public var peakMemoryBytes: Double
    /// The most nodes at once.
    public var peakNodes: Int
    /// The replicas that the quota allows at once, be it by their number, processor or memory; nil: any number.
    public var quotaReplicas: Int?
    /// The weights that steps ask for and do not get, in the order of the steps.
    public var missedWeights: [MissedWeight]
    /// The way back; nil if all traffic never reaches the candidate.
    public var rollback: Rollback?

    /// A weight that a step asks for and does not get.
    public struct MissedWeight: Sendable, Equatable {
      /// The step's number.
      public var step: Int
      /// The share of the traffic that it asks for, 0 to 1.
      public var wanted: Double
      /// The share of requests that is there when the fleet is changed again, 0 to 1.
      public var held: Double

      /// A missed weight.
      public init(step: Int, wanted: Double, held: Double) {
        self.step = step
        self.wanted = wanted
        self.held = held
      }
    }

    /// How long a roll-back takes that is ordered as soon as all traffic has reached the candidate, or just before the finish if that is earlier.
    public struct Rollback: Sendable, Equatable {
      /// When it is ordered.
      public var ordered: Instant
      /// From the order until the candidate gets no more requests; nil: never.
      public var traffic: Span?
      /// From the order until stable has all its replicas again; nil: never.
      public var whole: Span?

      /// A way back.
      public init(ordered: Instant, traffic: Span?, whole: Span?) {
        self.ordered = ordered
        self.traffic = traffic
        self.whole = whole
      }
    }

    /// What a plan comes to.
    public init(
      outcome: ReleaseOutcome, waitsFor: String? = nil, earliestFinish: Span?, typicalFinish: Span?,
      atRest: Span?, trafficComplete: Span?, mixedVersion: Span, downtime: Span, peakReplicas: Int,
      peakOnNodes: Int, peakCores: Double, peakMemoryBytes: Double, peakNodes: Int,
      quotaReplicas: Int? = nil,
      missedWeights: [MissedWeight] = [], rollback: Rollback? = nil
    ) {
      self.outcome = outcome
      self.waitsFor = waitsFor
      self.earliestFinish = earliestFinish
      self.typicalFinish = typicalFinish
      self.atRest = atRest
      self.trafficComplete = trafficComplete
      self.mixedVersion = mixedVersion
      self.downtime = downtime
      self.peakReplicas = peakReplicas
      self.peakOnNodes = peakOnNodes
      self.peakCores = peakCores
      self.peakMemoryBytes = peakMemoryBytes
      self.peakNodes = peakNodes
      self.quotaReplicas = quotaReplicas
      self.missedWeights = missedWeights
      self.rollback = rollback
    }
  }
}
