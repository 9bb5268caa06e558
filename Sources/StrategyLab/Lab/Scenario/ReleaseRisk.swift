import LabUnits

/// How probable it is that the candidate is bad, and what is wrong with it then.
public struct ReleaseRisk: Sendable, Hashable {
  /// The probability that the candidate has a defect.
  public var defectProbability: Share
  /// What it may be; one of them is drawn by weight.
  public var catalog: [Defect]

  /// One entry of the catalog.
  public struct Defect: Sendable, Hashable {
    /// What reports call it.
    public var name: String
    /// Its kind, as scenario files write it.
    public var kind: String
    /// How often it is the one, relative to the others.
    public var weight: Double
    /// What it does.
    public var effect: DefectEffect

    /// An entry of the catalog.
    public init(name: String, kind: String, weight: Double, effect: DefectEffect) {
      self.name = name
      self.kind = kind
      self.weight = weight
      self.effect = effect
    }
  }
}

extension ReleaseRisk {
  /// The keys of `release` in a scenario file.
  public static let parameters: [Parameter] = [
    .standard(
      "defectProbability", .part, "17%", "The probability that the candidate has a defect.",
      source: "DORA 2024, mean change failure rate of all industries (standard deviation 20%)"),
    .standard(
      "defects", .list(.variant(DefectRegistry.family), minimumCount: 1),
      "[{kind: errors, failureRate: 20%}, {kind: errors, name: faint-errors, failureRate: 2%}, {kind: latency}, {kind: crash}, {kind: leak}, {kind: cohort}]",
      "What may be wrong with it; one is drawn by weight.",
      source: "assumption of StrategyLab: one of each; no statistic of kinds and sizes was found"),
  ]

  /// The risk that a scenario file describes.
  public init(_ values: ParameterValues) {
    self.init(
      defectProbability: values.share("defectProbability"),
      catalog: values.list("defects").compactMap { item in
        guard case .variant(let kind, let keys) = item,
          let defect = DefectRegistry.all.first(where: { $0.form.name == kind })
        else { return nil }
        return Defect(
          name: keys.has("name") ? keys.text("name") : kind, kind: kind,
          weight: keys.number("weight"), effect: defect.effect(keys))
      })
  }
}
