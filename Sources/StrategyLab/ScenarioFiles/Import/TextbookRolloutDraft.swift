import LabUnits

/// A Rollout as the textbook strategy that is nearest to it.
///
/// Stands in where no controller of the laboratory plays the Rollout as Argo Rollouts does.
enum TextbookRolloutDraft: StrategyDraftSource {
  /// The strategy of a Rollout.
  static func draft(of subject: ReleaseSubject, in cluster: ManifestCluster) -> StrategyDraft? {
    guard case .rollout = subject.form, var strategy = subject.workload?.strategyFields else {
      return nil
    }
    if var section = strategy.section("blueGreen") { return blueGreen(&section, cluster.set) }
    if var section = strategy.section("canary") { return canary(&section, cluster.set) }
    strategy.findings.refuse(
      "the strategy of \(subject.object.title) is neither canary nor blueGreen",
      hint: "write spec.strategy.canary or spec.strategy.blueGreen", at: strategy.place)
    return nil
  }

  private static func blueGreen(_ fields: inout ManifestFields, _ set: ManifestSet)
    -> StrategyDraft
  {
    var draft = StrategyDraft(
      kind: "blue-green", entries: [], origin: set.origin(fields.place, fields.path))
    if let delay = fields.integer("scaleDownDelaySeconds", 0...86_400) {
      draft.entries.append(DraftEntry("hold", "\(delay.value)s", origin: set.origin(delay)))
    }
    if let preview = fields.integer("previewReplicaCount", 1...100_000) {
      draft.entries.append(DraftEntry("preview", "\(preview.value)", origin: set.origin(preview)))
    }
    return draft
  }

  private static func canary(_ fields: inout ManifestFields, _ set: ManifestSet) -> StrategyDraft {
    let origin = set.origin(fields.place, fields.path)
    let surge = fields.replicaQuantity("maxSurge")
    let unavailable = fields.replicaQuantity("maxUnavailable")
    let fenceposts = [
      DraftEntry(
        "maxSurge", surge?.value.scenarioText ?? "25%",
        origin: surge.map { set.origin($0) } ?? "default: Argo Rollouts, utils/defaults/defaults.go"
      ),
      DraftEntry(
        "maxUnavailable", unavailable?.value.scenarioText ?? "0",
        origin: unavailable.map { set.origin($0) }
          ?? "default: Argo Rollouts, utils/defaults/defaults.go"),
    ]
    var steps: [DraftNode] = []
    var pause: (text: String, origin: String)?
    var weight: Given<Int>?
    var last = 0
    func close() {
      if let given = weight, given.value > last, given.value < 100 {
        last = given.value
        steps.append(
          .mapping([
            DraftEntry("weight", "\(given.value)%", origin: set.origin(given)),
            DraftEntry("pause", pause?.text ?? "0s", origin: pause?.origin ?? "no pause"),
          ]))
      }
      (weight, pause) = (nil, nil)
    }
    for var step in fields.sections("steps") {
      if let given = step.integer("setWeight", 0...100) {
        close()
        weight = given
      } else if step.hasKey("pause"), var section = step.section("pause") {
        let duration = section.text("duration")
        let text = duration.map { Int($0.value) == nil ? $0.value : "\($0.value)s" }
        if let text, (try? Span(text: text)) != nil, let duration {
          pause = (text, set.origin(duration))
        } else {
          pause = ("5m", "assumption of StrategyLab: a person looks and resumes")
        }
      }
    }
    close()
    guard !steps.isEmpty else {
      return StrategyDraft(kind: "rolling-update", entries: fenceposts, origin: origin)
    }
    let isRouted = fields.has("trafficRouting")
    return StrategyDraft(
      kind: "canary",
      entries: [
        DraftEntry("routing", isRouted ? "weighted" : "replicas", origin: origin),
        DraftEntry("steps", .list(steps)),
      ] + (isRouted ? [] : fenceposts), origin: origin)
  }
}
