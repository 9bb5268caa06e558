import LabUnits

/// One metric of an analysis: what is measured, when, and how many bad measurements are one too many.
///
/// A metric of Argo Rollouts compares the answer of a query with its conditions. Here what can be
/// measured is the candidate's share of failed or of slow requests: `p99 <= 500 ms` is the same as
/// "at most 1% slower than 500 ms".
///
/// Source: Argo Rollouts, pkg/apis/rollouts/v1alpha1/analysis_types.go, `Metric`.
public struct AnalysisMetric: Sendable, Hashable {
  /// What is counted among the candidate's requests.
  public enum Measure: String, Sendable, Hashable, CaseIterable {
    /// Requests that failed or timed out.
    case failures
    /// Requests that were answered slower than the scenario's slow threshold.
    case slow
  }

  /// What timelines call the metric.
  public var name: String
  /// What is counted.
  public var of: Measure
  /// The success condition: a measurement up to this share is successful; nil if there is none.
  public var successMaximum: Share?
  /// The failure condition: a measurement above this share is failed; nil if there is none.
  public var failureAbove: Share?
  /// The time between the end of a measurement and the next; nil if there is only one.
  public var interval: Span?
  /// How many measurements are taken; nil for one without an interval, and for ever with one.
  public var count: Int?
  /// The time between the start of the run and the first measurement.
  public var initialDelay: Span
  /// How many failed measurements are allowed; -1 for any number.
  public var failureLimit: Int
  /// How many inconclusive measurements are allowed.
  public var inconclusiveLimit: Int
  /// How many errors in a row are allowed.
  public var consecutiveErrorLimit: Int
  /// How many successes in a row end the metric early; nil or 0 if none do.
  public var consecutiveSuccessLimit: Int?
  /// How far a measurement looks back.
  public var window: Span
  /// Whether the metric is measured without any consequence.
  public var isDryRun: Bool

  /// A metric; what is left out is as in a manifest that leaves it out.
  public init(
    name: String, of measure: Measure, successMaximum: Share? = nil, failureAbove: Share? = nil,
    interval: Span? = nil, count: Int? = nil, initialDelay: Span = .zero, failureLimit: Int = 0,
    inconclusiveLimit: Int = 0, consecutiveErrorLimit: Int = 4,
    consecutiveSuccessLimit: Int? = nil, window: Span = .minutes(1), isDryRun: Bool = false
  ) {
    self.name = name
    of = measure
    self.successMaximum = successMaximum
    self.failureAbove = failureAbove
    self.interval = interval
    self.count = count
    self.initialDelay = initialDelay
    self.failureLimit = failureLimit
    self.inconclusiveLimit = inconclusiveLimit
    self.consecutiveErrorLimit = consecutiveErrorLimit
    self.consecutiveSuccessLimit = consecutiveSuccessLimit
    self.window = window
    self.isDryRun = isDryRun
  }

  /// How many measurements complete the metric; nil if it goes on until it is stopped.
  ///
  /// Source: Argo Rollouts, analysis_types.go, `EffectiveCount`: a count of 0 is one that was not written.
  public var effectiveCount: Int? {
    if let count, count > 0 { return count }
    return interval == nil ? 1 : nil
  }
}
