import LabUnits

/// A metric that Flagger checks on each tick of an analysis.
///
/// Upstream's built-in metrics are a least success rate and a greatest 99th percentile of the
/// durations. Both are shares of the requests that may be bad: `min: 99` allows 1% of failures, and
/// `max: 500` allows 1% of the requests to take longer than 500 ms.
///
/// Source: Flagger, pkg/controller/scheduler_metrics.go, `runBuiltinMetricChecks`.
public struct FlaggerMetric: Sendable, Hashable {
  /// Which requests count as bad.
  public enum Quality: String, Sendable, Hashable, CaseIterable {
    /// Those that fail or time out.
    case failures
    /// Those slower than the scenario's slow threshold.
    case slow
  }

  /// The metric's name, for the timeline.
  public var name: String
  /// Which requests count as bad.
  public var quality: Quality
  /// The share of bad requests up to which the check passes.
  public var maximum: Share
  /// The time over which the requests are counted.
  public var interval: Span

  /// A metric.
  public init(name: String, of quality: Quality, maximum: Share, interval: Span) {
    self.name = name
    self.quality = quality
    self.maximum = maximum
    self.interval = interval
  }

  /// Why the check fails, as the end of a sentence; nil if it passes.
  ///
  /// No data is a failure.
  public func failure(in counts: MetricSample.Counts) -> String? {
    guard counts.requests > 0 else { return "\(name) has no data" }
    let bad = quality == .failures ? counts.failed : counts.slow
    let allowed = maximum.fraction * Double(counts.requests)
    // A share is exact in millionths, a product of doubles is not.
    if Double(bad) <= allowed * (1 + 1e-12) { return nil }
    return "\(name): \(bad) of \(counted(counts.requests, "request")) "
      + (quality == .failures ? "failed" : "were slow") + ", at most \(maximum.plainText) may"
  }
}
