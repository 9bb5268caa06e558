import LabUnits

/// How a mesh sends failed requests again, within a budget.
public struct RetryPolicy: Sendable, Hashable {
  /// The most times that a request is sent again.
  public var attempts: Int
  /// Which failures are sent again.
  public var retried: Retried
  /// The time between a failure and the next attempt.
  public var backoff: Span
  /// Retries may be this share of the requests within the window.
  public var budget: Share
  /// So many retries a second are allowed beside the share.
  public var minimumPerSecond: Double
  /// The window in which the budget is counted.
  public var window: Span

  /// Which failures are sent again.
  public enum Retried: String, Sendable, Hashable, CaseIterable {
    /// Those that no replica answered: refused, or cut off.
    case unreachable
    /// Those, and answers that are errors.
    case failures
  }

  /// Whether a failure of this kind is sent again.
  func covers(_ fate: RequestFate) -> Bool {
    switch fate {
    case .fast, .slow, .shortfall: false
    case .lost: true
    case .failedAnyway, .failedByDefect: retried == .failures
    }
  }
}

extension RetryPolicy {
  /// The keys of `service.retries` in a scenario file.
  public static let parameters: [Parameter] = [
    .standard(
      "attempts", .integer(1...10), "2", "The most times that a request is sent again.",
      source: "Istio, default retry policy (pilot/pkg/networking/core/route/retry/retry.go)"),
    .standard(
      "retried", .choice(Retried.allCases.map(\.rawValue)), "unreachable",
      "Which failures are sent again: requests that no replica answered, or errors as well. Timeouts never are: the caller has gone.",
      source: "Istio, default retryOn: connect-failure, refused-stream, unavailable"),
    .standard(
      "backoff", .anySpan, "25ms", "From a failure until the next attempt.",
      source: "Envoy, retry back-off base interval (x-envoy-max-retries)"),
    .standard(
      "budget", .part, "20%", "Retries may be this share of the requests within the window.",
      source: "Linkerd, retryBudget.retryRatio"),
    .standard(
      "minimumPerSecond", .number(0...1_000_000), "10",
      "Retries a second that are allowed beside the share.",
      source: "Linkerd, retryBudget.minRetriesPerSecond"),
    .standard(
      "window", .positiveSpan, "10s", "The window in which the budget is counted.",
      source: "Linkerd, retryBudget.ttl"),
  ]

  /// The policy that a scenario file describes.
  public init(_ values: ParameterValues) {
    self.init(
      attempts: values.integer("attempts"),
      retried: Retried(rawValue: values.text("retried")) ?? .unreachable,
      backoff: values.span("backoff"), budget: values.share("budget"),
      minimumPerSecond: values.number("minimumPerSecond"), window: values.span("window"))
  }
}
