import LabUnits

/// One step of a canary of Argo Rollouts.
///
/// Source: Argo Rollouts, pkg/apis/rollouts/v1alpha1/types.go, `CanaryStep`.
public enum ArgoCanaryStep: Sendable, Hashable {
  /// The candidate gets this weight, of the greatest weight that the router knows.
  case setWeight(Int)
  /// The release rests so long; nil: until a person resumes it.
  case pause(Span?)
  /// The candidate's size is set apart from its weight.
  case setCanaryScale(CanaryScale)
  /// The requests of this share of the users, marked by a header, all go to the candidate; nil: no longer.
  case setHeaderRoute(Share?)
  /// This share of the requests is copied to the candidate; nil: no longer.
  case setMirrorRoute(Share?)
  /// The metrics are measured, and the release goes on if they are successful.
  case analysis([AnalysisMetric])
  /// Extra replicas run beside the others for a time.
  case experiment(Experiment)

  /// How large the candidate is while a ``setCanaryScale(_:)`` holds.
  public enum CanaryScale: Sendable, Hashable {
    /// So many replicas.
    case replicas(Int)
    /// As many as this weight asks for; it may exceed the whole.
    case weight(Int)
    /// As many as the traffic asks for: what holds without the step.
    case matchTrafficWeight
  }

  /// Extra replicas of the candidate that run for a time, and what is measured meanwhile.
  public struct Experiment: Sendable, Hashable {
    /// How long they run once they are available; nil: until the metrics are done.
    public var duration: Span?
    /// How many they are.
    public var replicas: Int
    /// What part of the traffic they get, taken from stable.
    public var weight: Int
    /// What is measured while they run.
    public var metrics: [AnalysisMetric]

    /// An experiment.
    public init(
      duration: Span?, replicas: Int = 1, weight: Int = 0, metrics: [AnalysisMetric] = []
    ) {
      self.duration = duration
      self.replicas = replicas
      self.weight = weight
      self.metrics = metrics
    }
  }

  /// Whether the step may last as long as it likes, so that no progress is expected meanwhile.
  ///
  /// Source: Argo Rollouts, rollout/sync.go, `isIndefiniteStep`.
  var isIndefinite: Bool {
    switch self {
    case .pause, .analysis, .experiment: true
    case .setWeight, .setCanaryScale, .setHeaderRoute, .setMirrorRoute: false
    }
  }
}
