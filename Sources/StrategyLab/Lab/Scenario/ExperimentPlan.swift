import LabUnits

/// How a comparison is run.
public struct ExperimentPlan: Sendable, Hashable {
  /// Plays of each strategy.
  public var replications: Int
  /// Plays go on until each strategy's mean total cost is known within this share of itself; nil: a fixed number.
  public var precision: Share?
  /// With a precision, the most plays of each strategy.
  public var mostReplications = 100_000
  /// Where every random draw comes from.
  public var seed: UInt64
  /// The span over which every strategy is measured.
  public var horizon: Span
  /// The strategy that the others are compared with; nil: the first of the list.
  public var baseline: String?
  /// How closely requests are played.
  public var detail = DetailLevel.auto
}

extension ExperimentPlan {
  /// The most runs of all strategies together: about half a kilobyte of memory each.
  public static let mostRuns = 5_000_000

  /// The keys of `experiment` in a scenario file.
  public static let parameters: [Parameter] = [
    .standard(
      "replications", .integer(1...1_000_000), "1000", "Plays of each strategy.",
      source: "assumption of StrategyLab: half-widths of a few percent"),
    .optional(
      "precision", .share(Share(millionths: 1) ... .whole),
      "Play on until each strategy's mean total cost is known within this share of itself, 95% sure."
    ),
    .standard(
      "mostReplications", .integer(1...1_000_000), "100000",
      "With a precision, the most plays of each strategy.",
      source: "assumption of StrategyLab: some minutes"),
    .standard(
      "seed", .integer(0...Int.max), "1", "Where every random draw comes from.",
      source: "convention of StrategyLab"),
    .standard(
      "horizon", .span(.seconds(1) ... .hours(24 * 28)), "2h",
      "The span over which every strategy is measured, pays and is watched.",
      source: "assumption of StrategyLab: long enough for a release and its roll-back"),
    .optional(
      "baseline", .text,
      "The name of the strategy that the others are compared with; the first of the list if left out."
    ),
    .standard(
      "detail", .choice(DetailLevel.allCases.map(\.rawValue)), "auto",
      "How closely requests are played: as a flow whose sums are drawn, one by one, or as the scenario needs it.",
      source: "convention of StrategyLab"),
  ]

  /// The plan that a scenario file describes.
  public init(_ values: ParameterValues) {
    self.init(
      replications: values.integer("replications"),
      precision: values.has("precision") ? values.share("precision") : nil,
      mostReplications: values.integer("mostReplications"),
      seed: UInt64(values.integer("seed")),
      horizon: values.span("horizon"),
      baseline: values.has("baseline") ? values.text("baseline") : nil,
      detail: DetailLevel(rawValue: values.text("detail")) ?? .auto)
  }
}
