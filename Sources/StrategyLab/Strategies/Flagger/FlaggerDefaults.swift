import LabUnits

/// What Flagger makes of numbers that a manifest leaves out or writes too small.
///
/// Source: Flagger, pkg/apis/flagger/v1beta1/canary.go, `GetAnalysisInterval`, `GetAnalysisThreshold`,
/// `GetProgressDeadlineSeconds`, `GetAnalysisPrimaryReadyThreshold`, `GetAnalysisCanaryReadyThreshold`
/// and `GetMetricInterval`.
public enum FlaggerDefaults {
  /// The time between two ticks where none is given.
  public static let interval = Span.minutes(1)
  /// The least time between two ticks.
  public static let leastInterval = Span.seconds(10)
  /// How long a Deployment may lack replicas.
  public static let progressDeadline = Span.minutes(10)
  /// The percentage of the replicas that must be available.
  public static let readyThreshold = 100
  /// The window of a metric.
  public static let metricInterval = Span.minutes(1)
  /// How long a cookie of session affinity lives, in seconds.
  public static let cookieAge = 86_400

  /// The time between two ticks that a text asks for: 60 s for none and for one that is no length of
  /// time, at least 10 s.
  public static func interval(_ text: String?) -> Span {
    guard let text, !text.isEmpty, let span = GoDuration.span(text) else { return interval }
    return max(span, leastInterval)
  }

  /// The failed checks that roll back: at least 1.
  public static func threshold(_ given: Int?) -> Int { max(1, given ?? 1) }

  /// The percentage of replicas that must be available; 100 where none is given.
  public static func readyThreshold(_ given: Int?) -> Int { given ?? readyThreshold }

  /// How long a Deployment may lack replicas; 10 minutes where nothing is given.
  public static func progressDeadline(seconds: Int?) -> Span {
    guard let seconds else { return progressDeadline }
    return .seconds(min(max(seconds, 0), 1_000_000_000))
  }
}
