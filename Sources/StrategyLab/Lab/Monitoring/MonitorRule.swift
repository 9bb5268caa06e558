import LabUnits

/// A rule that turns sampled counts into a verdict.
public enum MonitorRule: Sendable, Hashable {
  /// The share of bad requests in an interval is held against a maximum, with a number of failures allowed.
  case threshold(ThresholdRule)
  /// The error budget burns too fast over a long and a short window.
  case burnRate(BurnRateRule)
  /// The candidate's share of bad requests is tested against stable's after every reading.
  case sequential(SequentialRule)
  /// The candidate's readings rank above stable's.
  case rank(RankRule)
}

/// What a rule counts as a bad request.
public enum BadRequest: String, Sendable, Hashable, CaseIterable {
  /// A failure or a timeout.
  case failures
  /// An answer slower than the slow threshold.
  case slow
}

/// The parameters of a threshold on the share of bad requests.
public struct ThresholdRule: Sendable, Hashable {
  /// What counts as bad.
  public var of: BadRequest
  /// The largest share that passes.
  public var maximum: Share
  /// The time between measurements; each looks at the requests since the one before.
  public var interval: Span
  /// So many failed measurements are allowed.
  public var failureLimit: Int
  /// A measurement with fewer requests says nothing.
  public var minimumRequests: Int
}

/// The parameters of a burn-rate alert.
public struct BurnRateRule: Sendable, Hashable {
  /// The long window.
  public var window: Span
  /// The short window, which ends the alert soon after the trouble.
  public var shortWindow: Span
  /// How many times faster than even the budget must burn in both windows.
  public var factor: Double
  /// The condition must hold for this time.
  public var holds: Span
}

/// The parameters of a sequential test of candidate against stable.
public struct SequentialRule: Sendable, Hashable {
  /// What counts as bad.
  public var of: BadRequest
  /// The probability of ever raising a false alarm, however long the test runs.
  public var falseAlarms: Share
  /// The standard deviation of the normal mixture, as a difference of shares.
  public var mixture: Share
}

/// The parameters of a rank test of candidate against stable.
public struct RankRule: Sendable, Hashable {
  /// What counts as bad.
  public var of: BadRequest
  /// The confidence of the interval of the shift.
  public var confidence: Share
  /// The interval must lie above this part of the shift's estimate.
  public var tolerance: Double
  /// Readings of each version that are needed before the test says anything.
  public var minimumReadings: Int
}

extension MonitorRule {
  /// How a scenario file writes a rule.
  public static let family = VariantFamily(
    name: "monitor",
    forms: [
      VariantForm(
        name: "threshold",
        summary: "The share of bad requests in an interval is held against a maximum.",
        parameters: [
          badRequest,
          .standard(
            "maximum", .part, "1%", "The largest share that passes.",
            source: "Flagger tutorials: success rate at least 99%"),
          .standard(
            "interval", .positiveSpan, "60s",
            "Time between measurements; each looks at the requests since the one before.",
            source: "Flagger, analysis.interval"),
          .standard(
            "failureLimit", .integer(0...1_000_000), "0",
            "So many failed measurements are allowed; one more ends the release.",
            source: "Argo Rollouts, failureLimit"),
          .standard(
            "minimumRequests", .integer(1...1_000_000_000), "1",
            "A measurement with fewer requests says nothing.",
            source: "Argo Rollouts: a measurement without data is no failure"),
        ]),
      VariantForm(
        name: "burn-rate",
        summary: "The error budget burns too fast over a long and a short window.",
        parameters: [
          .standard(
            "window", .positiveSpan, "1h", "The long window.", source: "SRE Workbook, table 5-8"),
          .standard(
            "shortWindow", .positiveSpan, "5m", "The short window.",
            source: "SRE Workbook, table 5-8"),
          .standard(
            "factor", .number(0.01...100_000), "14.4",
            "How many times faster than even the budget must burn.",
            source: "SRE Workbook, table 5-8: 2% of the budget of 30 days in an hour"),
          .standard(
            "for", .anySpan, "2m", "The condition must hold for this time.",
            source: "kube-prometheus, kubernetesControlPlane-prometheusRule.yaml"),
        ]),
      VariantForm(
        name: "sequential",
        summary:
          "The candidate is tested against stable at every reading, with one bound on false alarms.",
        parameters: [
          badRequest,
          .standard(
            "falseAlarms", .share(Share(millionths: 1) ... .percent(50)), "5%",
            "The probability of ever raising a false alarm.",
            source: "Johari et al. (2017), always valid inference"),
          .standard(
            "mixture", .share(Share(millionths: 1) ... .whole), "1%",
            "Standard deviation of the normal mixture: the size of difference that is found soonest.",
            source: "assumption of StrategyLab: differences of about a percent"),
        ]),
      VariantForm(
        name: "rank", summary: "The candidate's readings rank above stable's (Mann-Whitney).",
        parameters: [
          badRequest,
          .standard(
            "confidence", .share(.percent(50)...Share(millionths: 999_999)), "98%",
            "The confidence of the interval of the shift.",
            source: "Kayenta, NetflixACAJudge.scala"),
          .standard(
            "tolerance", .number(0...10), "0.25",
            "The interval must lie above this part of the shift's estimate.",
            source: "Kayenta, NetflixACAJudge.scala"),
          .standard(
            "minimumReadings", .integer(4...10_000), "10",
            "Readings of each version before the test says anything.",
            source: "assumption of StrategyLab"),
        ]),
    ])

  private static let badRequest = Parameter.standard(
    "of", .choice(BadRequest.allCases.map(\.rawValue)), "failures",
    "What counts as a bad request: a failure or timeout, or an answer slower than the slow threshold.",
    source: "SRE Workbook, chapter 2: the ratio of good events")

  /// The rule that a scenario file describes; nil if there is no such kind.
  public init?(form: String, values: ParameterValues) {
    func bad() -> BadRequest { BadRequest(rawValue: values.text("of")) ?? .failures }
    switch form {
    case "threshold":
      self = .threshold(
        ThresholdRule(
          of: bad(), maximum: values.share("maximum"), interval: values.span("interval"),
          failureLimit: values.integer("failureLimit"),
          minimumRequests: values.integer("minimumRequests")))
    case "burn-rate":
      self = .burnRate(
        BurnRateRule(
          window: values.span("window"), shortWindow: values.span("shortWindow"),
          factor: values.number("factor"), holds: values.span("for")))
    case "sequential":
      self = .sequential(
        SequentialRule(
          of: bad(), falseAlarms: values.share("falseAlarms"), mixture: values.share("mixture")))
    case "rank":
      self = .rank(
        RankRule(
          of: bad(), confidence: values.share("confidence"), tolerance: values.number("tolerance"),
          minimumReadings: values.integer("minimumReadings")))
    default: return nil
    }
  }
}
