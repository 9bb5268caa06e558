import LabUnits

/// Blue-green: start the candidate (green) beside stable (blue), check it, switch all traffic at once, keep blue for a while.
///
/// Nobody but the checks meets green before the switch, and while blue stands a roll-back is another
/// switch. The price is a second fleet.
public struct BlueGreen: PhasedStrategy, StepwiseStrategy, Hashable {
  /// The strategy's name in scenario files.
  public static let kind = "blue-green"
  /// What the strategy is.
  public static let summary =
    "Starts the candidate beside stable, checks it, switches all traffic at once, and keeps stable for a while."
  /// The strategy's keys.
  public static let parameters: [Parameter] = [
    .standard(
      "preview", .replicas, "100%",
      "Size of the candidate while it is checked; it grows to the full size before the switch.",
      source: "Argo Rollouts, docs/features/bluegreen.md, previewReplicaCount"),
    .standard(
      "checks", .anySpan, "1m",
      "How long synthetic requests check the candidate before the switch; 0s checks nothing.",
      source: "assumption of StrategyLab: one analysis interval of Flagger, which is 60 s"),
    .standard(
      "checkRate", .rate, "5/s", "Synthetic requests to the candidate during the checks.",
      source:
        "assumption of StrategyLab: enough for a share of 1% to be measured in a minute, and no load"
    ),
    .hold, .analysisOfHold, .abortDelay,
  ]

  /// How large green is while it is checked.
  public let preview: ReplicaQuantity
  /// How long green is checked before the switch.
  public let checks: Span
  /// Synthetic requests per second during the checks.
  public let checkRate: Double
  /// How long blue is kept after the switch.
  public let hold: Span
  /// Whether the monitors watch green while blue is kept.
  public let analysis: Bool
  /// How long green is kept after a roll-back.
  public let abortDelay: Span

  /// A blue-green release.
  public init(
    preview: ReplicaQuantity, checks: Span, checkRate: Double, hold: Span, analysis: Bool,
    abortDelay: Span
  ) {
    self.preview = preview
    self.checks = checks
    self.checkRate = checkRate
    self.hold = hold
    self.analysis = analysis
    self.abortDelay = abortDelay
  }

  /// The strategy with the parameters that a scenario gives it.
  public init(_ values: ParameterValues) {
    self.init(
      preview: values.replicas("preview"), checks: values.span("checks"),
      checkRate: values.number("checkRate"), hold: values.span("hold"),
      analysis: values.flag("analysis"), abortDelay: values.span("abortDelay"))
  }

  /// Start green, check it, make it whole, switch, hold, retire blue.
  public var plan: ReleasePlan {
    let whole = ReplicaQuantity.share(.whole)
    let growth: [ReleasePhase] = preview == whole ? [] : [.provision(.candidate, whole)]
    return .sideBySide(
      [
        .provision(.candidate, preview),
        .analyse(.checks(requestsPerSecond: checkRate), for: checks),
      ] + growth + [
        .shiftTraffic(to: .allCandidate),
        .hold(hold, analysed: analysis),
        .retire(.stable),
      ], abortDelay: abortDelay)
  }

  /// Whether there is a preview to check, and checks to run.
  public func problems(replicas: Int) -> [StrategyProblem] {
    var problems: [StrategyProblem] = []
    if preview.isNothing {
      problems.append(
        StrategyProblem(
          key: "preview", message: "a preview of 0 replicas has nothing to check",
          hint: "write 1 or more, or leave preview out for the full size"))
    }
    if checks > .zero, checkRate <= 0 {
      problems.append(
        StrategyProblem(
          key: "checkRate", message: "checks run for \(checks.plainText) without any request",
          hint: "write checkRate: 1/s, or checks: 0s for none"))
    }
    return problems
  }
}
