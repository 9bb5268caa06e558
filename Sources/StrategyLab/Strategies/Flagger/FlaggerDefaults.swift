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

/// Lengths of time as programs in Go read them: `1m30s`, `1.5h`, `-5s`.
///
/// Source: Go, time/format.go, `ParseDuration`.
public enum GoDuration {
  private static let units: [(name: String, seconds: Double)] = [
    ("ns", 1e-9), ("us", 1e-6), ("µs", 1e-6), ("μs", 1e-6), ("ms", 1e-3), ("s", 1), ("m", 60),
    ("h", 3600),
  ]

  /// The span that a text means, nil if it means none; units may come in any order.
  public static func span(_ text: String) -> Span? {
    var rest = Substring(text)
    var sign = 1.0
    if let first = rest.first, first == "-" || first == "+" {
      sign = first == "-" ? -1 : 1
      rest.removeFirst()
    }
    if rest == "0" { return .zero }
    guard !rest.isEmpty else { return nil }
    var seconds = 0.0
    while !rest.isEmpty {
      let digits = rest.prefix { $0 == "." || ("0"..."9").contains($0) }
      guard digits.contains(where: { $0 != "." }), let number = number(digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      let name = rest.prefix { $0 != "." && !("0"..."9").contains($0) }
      guard let unit = units.first(where: { $0.name == name }) else { return nil }
      rest = rest.dropFirst(name.count)
      seconds += number * unit.seconds
    }
    return seconds < 9e9 ? Span(seconds: sign * seconds) : nil
  }

  /// A number as Go allows it: `5`, `1.5`, `.5`, `5.`.
  private static func number(_ digits: Substring) -> Double? {
    guard digits.filter({ $0 == "." }).count <= 1 else { return nil }
    return Double("0" + digits + (digits.hasSuffix(".") ? "0" : ""))
  }
}
