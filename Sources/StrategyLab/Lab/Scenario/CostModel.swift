import LabUnits

/// What failures, slowness and repair cost, and the objective they are held against.
public struct CostModel: Sendable, Hashable {
  /// Dollars for each failed request beyond those that stable alone would have had.
  public var failedRequest: Double
  /// Dollars for each user who met such a failure.
  public var harmedUser: Double
  /// Dollars for each minute from the decision to roll back, or from the page, until stable is restored.
  public var incidentMinute: Double
  /// Dollars for each write that must be repaired.
  public var writeRepair: Double
  /// The share of requests that shall succeed.
  public var objective: Share
  /// The time over which the objective is held.
  public var objectiveWindow: Span
}

extension CostModel {
  /// The keys of `costs` in a scenario file.
  public static let parameters: [Parameter] = [
    .standard(
      "failedRequest", .dollars, "$0.01", "A failed request beyond those of stable alone.",
      source: "assumption of StrategyLab"),
    .standard(
      "harmedUser", .dollars, "$0.10", "A user who met such a failure.",
      source: "assumption of StrategyLab"),
    .standard(
      "incidentMinute", .dollars, "$0", "A minute of an incident, beside people's time.",
      source: "assumption of StrategyLab: nothing but what the other keys count"),
    .standard(
      "writeRepair", .dollars, "$0.05", "A write that must be repaired after a roll-back.",
      source: "assumption of StrategyLab"),
    .standard(
      "objective", .share(Share.none...Share(millionths: 999_999)), "99.9%",
      "The share of requests that shall succeed.", source: "SRE Workbook, chapter 5"),
    .standard(
      "objectiveWindow", .positiveSpan, "720h", "The time over which the objective is held.",
      source: "SRE Workbook, chapter 5: 30 days"),
  ]

  /// The costs that a scenario file describes.
  public init(_ values: ParameterValues) {
    self.init(
      failedRequest: values.number("failedRequest"), harmedUser: values.number("harmedUser"),
      incidentMinute: values.number("incidentMinute"), writeRepair: values.number("writeRepair"),
      objective: values.share("objective"), objectiveWindow: values.span("objectiveWindow"))
  }
}
