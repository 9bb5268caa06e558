import LabUnits

/// A/B test: send a cohort of users to the candidate, compare how both cohorts fare, then promote.
///
/// A cookie or header marks the cohort, so a user stays with one version throughout. The gate is a
/// comparison of the cohorts with a bounded probability of a false alarm, not a threshold.
public struct ABTest: PhasedStrategy, StepwiseStrategy, Hashable {
  /// The strategy's name in scenario files.
  public static let kind = "ab-test"
  /// What the strategy is.
  public static let summary =
    "Sends a cohort of users to the candidate, compares how both cohorts fare, then promotes."
  /// The strategy's keys.
  public static let parameters: [Parameter] = [
    .standard(
      "cohort", .part, "50%", "The share of the users whose requests go to the candidate.",
      source: "assumption of StrategyLab: a comparison of equal halves sees the most"),
    .standard(
      "duration", .positiveSpan, "30m", "How long both cohorts are compared.",
      source: "assumption of StrategyLab: a small difference needs longer"),
    .standard(
      "falseAlarms", .part, "5%",
      "The probability with which the comparison may fail a candidate that is as good as stable.",
      source: "assumption of StrategyLab: the level that most tests of significance use"),
    .scaleDownDelay, .abortDelay,
  ]

  /// The candidate's share of the users.
  public let cohort: TrafficWeight
  /// How long the cohorts are compared.
  public let duration: Span
  /// The probability of failing a good candidate.
  public let falseAlarms: Share
  /// How long stable is kept after the promotion.
  public let scaleDownDelay: Span
  /// How long the candidate is kept after a roll-back.
  public let abortDelay: Span

  /// An A/B test.
  public init(
    cohort: TrafficWeight, duration: Span, falseAlarms: Share, scaleDownDelay: Span,
    abortDelay: Span
  ) {
    self.cohort = cohort
    self.duration = duration
    self.falseAlarms = falseAlarms
    self.scaleDownDelay = scaleDownDelay
    self.abortDelay = abortDelay
  }

  /// The strategy with the parameters that a scenario gives it.
  public init(_ values: ParameterValues) {
    self.init(
      cohort: TrafficWeight(values.share("cohort")), duration: values.span("duration"),
      falseAlarms: values.share("falseAlarms"), scaleDownDelay: values.span("scaleDownDelay"),
      abortDelay: values.span("abortDelay"))
  }

  /// Start the cohort's replicas, send the cohort there, compare, then make the candidate whole and move everyone.
  public var plan: ReleasePlan {
    .sideBySide(
      [
        .provision(.candidate, .share(cohort.share)),
        .shiftTraffic(to: TrafficRoute(.cohort(cohort))),
        .analyse(.comparison(falseAlarms: falseAlarms), for: duration),
        .provision(.candidate, .share(.whole)),
        .shiftTraffic(to: .allCandidate),
        .hold(scaleDownDelay, analysed: false),
        .retire(.stable),
      ], abortDelay: abortDelay)
  }

  /// Whether there are two cohorts to compare, and a test that can tell them apart.
  public func problems(replicas: Int) -> [StrategyProblem] {
    var problems: [StrategyProblem] = []
    if cohort == .allStable || cohort == .allCandidate {
      problems.append(
        StrategyProblem(
          key: "cohort", message: "a cohort of \(cohort.share.plainText) leaves nothing to compare",
          hint: "write a share between 0% and 100%, such as 50%"))
    }
    if falseAlarms == .none || falseAlarms == .whole {
      problems.append(
        StrategyProblem(
          key: "falseAlarms",
          message: falseAlarms == .none
            ? "a test without any false alarm can never fail a candidate"
            : "a test that may always give a false alarm says nothing",
          hint: "write a share such as 5%"))
    }
    return problems
  }
}
