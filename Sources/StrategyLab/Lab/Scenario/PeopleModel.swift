import LabKernel
import LabUnits

/// Who reacts to a page or to complaints, how late, and what their time costs.
public struct PeopleModel: Sendable, Hashable {
  /// From a page to the order to roll back.
  public var reaction: SpanDistribution
  /// The share of harmed users who complain.
  public var complaintShare: Share
  /// So many complaints are taken as a page.
  public var complaintsToPage: Int
  /// From a user's failure to the complaint's arrival.
  public var complaintDelay: Span
  /// People who work on an incident until stable is restored.
  public var responders: Int
  /// What one of them costs for an hour.
  public var hourlyCost: Double
  /// The share of one person's time that a release takes while it is under way.
  public var attention: Share
}

extension PeopleModel {
  /// The keys of `people` in a scenario file.
  public static let parameters: [Parameter] = [
    .standard(
      "reaction", .variant(SpanDistribution.family),
      "{distribution: lognormal, median: 5m, p95: 30m}",
      "From a page to the order to roll back.",
      source: "assumption of StrategyLab: an on-call with five minutes to acknowledge"),
    .standard(
      "complaintShare", .part, "1%", "The share of harmed users who complain.",
      source: "assumption of StrategyLab; no statistic was found"),
    .standard(
      "complaintsToPage", .integer(1...1_000_000), "20", "So many complaints are taken as a page.",
      source: "assumption of StrategyLab"),
    .standard(
      "complaintDelay", .anySpan, "15m", "From a user's failure to the complaint's arrival.",
      source: "assumption of StrategyLab"),
    .standard(
      "responders", .integer(0...1000), "2",
      "People who work on an incident, from the page until stable is restored.",
      source: "assumption of StrategyLab"),
    .standard(
      "hourlyCost", .dollarsPerHour, "$100/h", "What one person costs for an hour.",
      source: "assumption of StrategyLab"),
    .standard(
      "attention", .part, "10%",
      "The share of one person's time that a release takes while it is under way.",
      source: "assumption of StrategyLab"),
  ]

  /// The people that a scenario file describes.
  public init(_ values: ParameterValues) {
    self.init(
      reaction: values.distribution("reaction"),
      complaintShare: values.share("complaintShare"),
      complaintsToPage: values.integer("complaintsToPage"),
      complaintDelay: values.span("complaintDelay"),
      responders: values.integer("responders"),
      hourlyCost: values.number("hourlyCost"),
      attention: values.share("attention"))
  }
}
