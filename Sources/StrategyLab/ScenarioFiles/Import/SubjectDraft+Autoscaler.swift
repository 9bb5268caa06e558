import StrategyLab

extension SubjectDraft {
  /// Whether scenarios of this build have a section for an autoscaler.
  static var hasAutoscaler: Bool { Scenario.parameters.contains { $0.key == "autoscaler" } }

  /// The keys that the section `autoscaler` of a scenario has.
  private static var autoscalerKeys: [String] {
    for parameter in Scenario.parameters where parameter.key == "autoscaler" {
      if case .section(let inner) = parameter.kind { return inner.map { $0.key } }
    }
    return []
  }

  /// What scales the workload, where scenarios have a section for it.
  mutating func autoscaler() {
    guard let autoscaler = subject.autoscaler else { return }
    guard SubjectDraft.hasAutoscaler else {
      set.findings.leaveOut(
        LeftOutField(
          object: autoscaler.object.title, path: "spec", reason: "scenarios have no autoscaler",
          place: autoscaler.object.place))
      return
    }
    guard let target = autoscaler.processorTarget else {
      set.findings.leaveOut(
        LeftOutField(
          object: autoscaler.object.title, path: "spec.metrics",
          reason: "the model scales by processor use alone", place: autoscaler.object.place))
      return
    }
    let standard = "default: Kubernetes, HorizontalPodAutoscaler"
    var entries: [DraftEntry] = [
      DraftEntry(
        "minimum", "\(max(autoscaler.minimum?.value ?? 1, 1))",
        origin: autoscaler.minimum.map { set.origin($0) } ?? standard),
      DraftEntry(
        "target", "\(min(target.value, 100))%",
        origin: "\(set.origin(target)): the share of workers that are busy"),
    ]
    if let maximum = autoscaler.maximum {
      entries.append(DraftEntry("maximum", "\(maximum.value)", origin: set.origin(maximum)))
    }
    if let window = autoscaler.scaleDownStabilization {
      entries.append(
        DraftEntry("scaleDownStabilization", "\(window.value)s", origin: set.origin(window)))
    }
    let known = SubjectDraft.autoscalerKeys
    draft.set(["autoscaler"], .mapping(entries.filter { known.contains($0.key) }))
  }
}
