import LabUnits

/// Shadow: give the candidate a copy of the traffic, throw its answers away, look at them, then switch as blue-green does.
///
/// No user meets the candidate before the switch, yet it carries real load, and so does everything
/// behind it.
public struct Shadow: PhasedStrategy, StepwiseStrategy, Hashable {
  /// The strategy's name in scenario files.
  public static let kind = "shadow"
  /// What the strategy is.
  public static let summary =
    "Gives the candidate a copy of the traffic, watches its answers without using them, then switches all traffic at once."
  /// The strategy's keys.
  public static let parameters: [Parameter] = [
    .standard(
      "mirror", .part, "100%", "The share of stable's requests that is copied to the candidate.",
      source: "istio/api, virtual_service.proto: 100% where mirrorPercentage is absent"),
    .standard(
      "duration", .positiveSpan, "10m", "How long the copies are watched before the switch.",
      source: "Flagger, docs/gitbook: 10 iterations at an interval of 60 s in its tutorials"),
    .hold, .analysisOfHold, .abortDelay,
  ]

  /// The share of stable's requests that is copied.
  public let mirror: Share
  /// How long the copies are watched.
  public let duration: Span
  /// How long stable is kept after the switch.
  public let hold: Span
  /// Whether the monitors watch the candidate while stable is kept.
  public let analysis: Bool
  /// How long the candidate is kept after a roll-back.
  public let abortDelay: Span

  /// A shadow release.
  public init(mirror: Share, duration: Span, hold: Span, analysis: Bool, abortDelay: Span) {
    self.mirror = mirror
    self.duration = duration
    self.hold = hold
    self.analysis = analysis
    self.abortDelay = abortDelay
  }

  /// The strategy with the parameters that a scenario gives it.
  public init(_ values: ParameterValues) {
    self.init(
      mirror: values.share("mirror"), duration: values.span("duration"),
      hold: values.span("hold"), analysis: values.flag("analysis"),
      abortDelay: values.span("abortDelay"))
  }

  /// Start the candidate whole, mirror to it, watch, then switch, hold, retire stable.
  public var plan: ReleasePlan {
    .sideBySide(
      [
        .provision(.candidate, .share(.whole)),
        .shiftTraffic(to: TrafficRoute(.weighted(.allStable), mirrored: mirror)),
        .analyse(.health, for: duration),
        .shiftTraffic(to: .allCandidate),
        .hold(hold, analysed: analysis),
        .retire(.stable),
      ], abortDelay: abortDelay)
  }

  /// Whether anything is copied.
  public func problems(replicas: Int) -> [StrategyProblem] {
    guard mirror == .none else { return [] }
    return [
      StrategyProblem(
        key: "mirror", message: "a mirror of 0% copies no request to the candidate",
        hint: "write 100%, or use blue-green")
    ]
  }
}
