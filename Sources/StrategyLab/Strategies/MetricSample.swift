import LabUnits

/// What the counters of both versions counted over a time that ended at a reading.
///
/// A controller that measures for itself orders a sample with ``ReleaseOrder/takeSample(over:)`` and
/// finds it in the next observation.
public struct MetricSample: Sendable, Hashable {
  /// What one version's counters gained.
  public struct Counts: Sendable, Hashable {
    /// Requests that were answered or failed.
    public var requests: Int
    /// Those that failed or timed out.
    public var failed: Int
    /// Those that were answered slower than the scenario's slow threshold.
    public var slow: Int

    /// Counts; neither `failed` nor `slow` exceeds `requests`.
    public init(requests: Int = 0, failed: Int = 0, slow: Int = 0) {
      self.requests = requests
      self.failed = failed
      self.slow = slow
    }
  }

  /// When the counters were read.
  public var time: Instant
  /// How long before the reading the counting began.
  public var window: Span
  /// What stable answered.
  public var stable: Counts
  /// What the candidate answered, to users, mirrored or synthetic.
  public var candidate: Counts

  /// A sample.
  public init(time: Instant, window: Span, stable: Counts, candidate: Counts) {
    self.time = time
    self.window = window
    self.stable = stable
    self.candidate = candidate
  }
}
