import LabKernel
import LabUnits

/// What watches a release: how often counts are read, and what is made of them.
public struct MonitoringModel: Sendable, Hashable {
  /// The time between two readings of the counters.
  public var scrapeInterval: Span
  /// From reading the counters to a rule's verdict on them.
  public var evaluationDelay: Span
  /// A request slower than this counts as slow; nil: what one in a thousand of stable's exceeds at the mean rate.
  public var slowThreshold: Span?
  /// What an analysis looks at: any one that fails ends the release.
  public var analysis: [MonitorRule]
  /// What pages people, during the release and after it.
  public var alerts: [MonitorRule]
  /// Without progress for this time, people are paged.
  public var progressDeadline: Span
}

extension MonitoringModel {
  /// The keys of `monitoring` in a scenario file.
  public static let parameters: [Parameter] = [
    .standard(
      "scrapeInterval", .span(.seconds(1) ... .hours(1)), "30s",
      "The time between two readings of the counters.",
      source: "kube-prometheus serviceMonitors @ 4d719f1"),
    .standard(
      "evaluationDelay", .anySpan, "15s", "From reading the counters to a rule's verdict on them.",
      source: "half of the 30 s evaluation interval of kube-prometheus"),
    .optional(
      "slowThreshold", .positiveSpan,
      "A request slower than this counts as slow; if left out, what one in a thousand of stable's requests exceeds at the mean rate.",
      source: "assumption of StrategyLab: people set it from how the service usually answers"),
    .standard(
      "analysis", .list(.variant(MonitorRule.family), minimumCount: 0),
      "[{kind: threshold, of: failures, maximum: 1%}, {kind: threshold, of: slow, maximum: 1%}]",
      "What the analysis of a progressive strategy looks at; any one that fails ends the release.",
      source: "Flagger tutorials: success rate at least 99%, 99th percentile within a bound"),
    .standard(
      "alerts", .list(.variant(MonitorRule.family), minimumCount: 0),
      "[{kind: burn-rate, window: 1h, shortWindow: 5m, factor: 14.4, for: 2m}, {kind: burn-rate, window: 6h, shortWindow: 30m, factor: 6, for: 15m}]",
      "What pages people, during the release and after it.",
      source: "SRE Workbook, chapter 5, table 5-8; kube-prometheus rules"),
    .standard(
      "progressDeadline", .span(.seconds(1) ... .hours(24 * 366)), "10m",
      "Without progress for this time, people are paged.",
      source: "Kubernetes, Deployment progressDeadlineSeconds"),
  ]

  /// The monitoring that a scenario file describes.
  public init(_ values: ParameterValues) {
    func rules(_ key: String) -> [MonitorRule] {
      values.list(key).compactMap { item in
        guard case .variant(let kind, let keys) = item else { return nil }
        return MonitorRule(form: kind, values: keys)
      }
    }
    self.init(
      scrapeInterval: values.span("scrapeInterval"),
      evaluationDelay: values.span("evaluationDelay"),
      slowThreshold: values.has("slowThreshold") ? values.span("slowThreshold") : nil,
      analysis: rules("analysis"), alerts: rules("alerts"),
      progressDeadline: values.span("progressDeadline"))
  }
}
