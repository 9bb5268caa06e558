import LabUnits

/// A Canary of Flagger as the textbook strategy that is nearest to it.
///
/// Stands in where no controller of the laboratory plays the Canary as Flagger does.
enum TextbookFlaggerDraft: StrategyDraftSource {
  /// The strategy of a Canary.
  static func draft(of subject: ReleaseSubject, in cluster: ManifestCluster) -> StrategyDraft? {
    guard case .flagger(let object) = subject.form else { return nil }
    var fields = object.fields
    var spec = fields.section("spec")
    guard var analysis = spec?.section("analysis") else { return nil }
    let set = cluster.set
    let origin = set.origin(analysis.place, analysis.path)
    let interval = (analysis.text("interval")?.value).flatMap { try? Span(text: $0) } ?? .minutes(1)
    let iterations = analysis.integer("iterations", 0...10_000)?.value ?? 0
    if iterations > 0 {
      let watched = interval * iterations
      let time = watched.text
      if analysis.has("match") {
        return StrategyDraft(
          kind: "ab-test", entries: [DraftEntry("duration", time, origin: origin)], origin: origin)
      }
      if analysis.flag("mirror")?.value == true {
        return StrategyDraft(
          kind: "shadow", entries: [DraftEntry("duration", time, origin: origin)], origin: origin)
      }
      return StrategyDraft(
        kind: "blue-green", entries: [DraftEntry("checks", time, origin: origin)], origin: origin)
    }
    let step = analysis.integer("stepWeight", 1...100)
    let most = analysis.integer("maxWeight", 1...100)
    var weights = analysis.items("stepWeights").compactMap { Int($0.flowText) }
    if weights.isEmpty, let step {
      weights = Array(stride(from: step.value, through: most?.value ?? 100, by: step.value))
    }
    var steps: [DraftNode] = []
    var last = 0
    for weight in weights where weight > last && weight < 100 {
      last = weight
      steps.append(
        .mapping([
          DraftEntry("weight", "\(weight)%", origin: origin),
          DraftEntry("pause", interval.text, origin: origin),
        ]))
    }
    return StrategyDraft(
      kind: "canary", entries: steps.isEmpty ? [] : [DraftEntry("steps", .list(steps))],
      origin: origin)
  }
}
