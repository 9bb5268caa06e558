import LabUnits

/// What the measurements of one metric have come to.
///
/// Source: Argo Rollouts, pkg/apis/rollouts/v1alpha1/analysis_types.go, `MetricResult`.
public struct MetricProgress: Sendable, Hashable {
  /// The last measurement.
  public struct Last: Sendable, Hashable {
    /// How it came out.
    public var phase: AnalysisPhase
    /// When it ended; nil while it is under way.
    public var finished: Instant?
    /// When one that is under way is looked at again; nil for at once.
    public var resumes: Instant?

    /// A measurement.
    public init(phase: AnalysisPhase, finished: Instant?, resumes: Instant? = nil) {
      self.phase = phase
      self.finished = finished
      self.resumes = resumes
    }
  }

  /// How the metric stands.
  public var phase = AnalysisPhase.pending
  /// Measurements that were no errors.
  public var count = 0
  /// Successful measurements.
  public var successful = 0
  /// Failed measurements.
  public var failed = 0
  /// Inconclusive measurements.
  public var inconclusive = 0
  /// Measurements that were errors.
  public var error = 0
  /// Errors since the last measurement that was none.
  public var consecutiveError = 0
  /// Successes since the last measurement that was none.
  public var consecutiveSuccess = 0
  /// The last measurement; nil before the first.
  public var last: Last?

  /// Nothing measured yet.
  public init() {}

  /// Counts a measurement that is over.
  ///
  /// An error does not count towards the metric's count; anything else ends a row of errors.
  ///
  /// Source: Argo Rollouts, analysis/analysis.go, `runMeasurements`.
  public mutating func add(_ measurement: AnalysisPhase) {
    guard measurement.isCompleted else { return }
    if measurement == .error {
      error += 1
      consecutiveError += 1
    } else {
      count += 1
      consecutiveError = 0
    }
    consecutiveSuccess = measurement == .successful ? consecutiveSuccess + 1 : 0
    switch measurement {
    case .successful: successful += 1
    case .failed: failed += 1
    case .inconclusive: inconclusive += 1
    case .error, .running, .pending: break
    }
  }
}
