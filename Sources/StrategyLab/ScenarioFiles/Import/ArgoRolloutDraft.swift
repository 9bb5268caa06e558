import LabUnits

/// The strategy of a Rollout: `argo-canary` or `argo-blue-green`.
enum ArgoRolloutDraft: StrategyDraftSource {
  /// The strategy of a release that a Rollout carries out.
  static func draft(of subject: ReleaseSubject, in cluster: ManifestCluster) -> StrategyDraft? {
    guard case .rollout = subject.form, let workload = subject.workload,
      var strategy = workload.strategyFields
    else { return nil }
    let templates = AnalysisTemplates(cluster, namespace: subject.object.namespace)
    let canary = strategy.section("canary")
    let blueGreen = strategy.section("blueGreen")
    strategy.close()
    var draft: StrategyDraft?
    switch (canary, blueGreen) {
    case (let fields?, nil):
      draft = self.canary(fields, workload, templates, cluster)
    case (nil, let fields?):
      draft = self.blueGreen(fields, workload, templates, cluster)
    case (let canary?, _?):
      strategy.findings.refuse(
        "\(subject.object.title) has two strategies, canary and blueGreen",
        hint: "keep one of them", at: canary.place)
    case (nil, nil):
      // What else stands there is told by its own place.
      if strategy.keys.isEmpty || strategy.has("canary") == strategy.hasKey("canary") {
        strategy.findings.refuse(
          "the strategy of \(subject.object.title) is neither canary nor blueGreen",
          hint: "write spec.strategy.canary or spec.strategy.blueGreen", at: strategy.place)
      } else {
        draft = self.canary(empty(strategy), workload, templates, cluster)
      }
    }
    draft?.members.formUnion(templates.members)
    if let threshold = templates.slowThreshold {
      draft?.settings.append(
        (["monitoring", "slowThreshold"], threshold.span.text, threshold.origin))
    }
    return draft
  }

  /// `canary:` with nothing behind it is a canary without steps.
  private static func empty(_ strategy: ManifestFields) -> ManifestFields {
    ManifestFields(
      [], object: strategy.object, path: strategy.path(of: "canary"),
      place: strategy.place(of: "canary"), findings: strategy.findings)
  }

  private static func canary(
    _ fields: ManifestFields, _ workload: WorkloadManifest, _ templates: AnalysisTemplates,
    _ cluster: ManifestCluster
  ) -> StrategyDraft {
    var manifest = ArgoCanaryManifest(fields) { templates.metrics(of: $0, mayRunForever: $1) }
    manifest.progressDeadline = workload.progressDeadline?.map { .seconds($0) }
    manifest.progressDeadlineAbort = workload.progressDeadlineAbort
    if let window = workload.rollbackWindow, window.value > 0 { manifest.rollbackWindow = window }
    let node = manifest.draft(
      users: (
        "10%", "assumption of StrategyLab: the requests of one user in ten bear the header"
      ), origin: cluster.set.origin)
    var draft = StrategyDraft(node)
    draft.routesByIstio = manifest.routing?.providers.contains("istio") ?? false
    if manifest.steps.isEmpty {
      draft.notes.append("a Rollout without steps is a rolling update that measures nothing")
    }
    notePauses(manifest, &draft)
    leaveOutEmpty(manifest, workload, cluster.set.findings)
    RolloutReferences(workload: workload, cluster: cluster).check(manifest, &draft)
    return draft
  }

  /// Who goes on after a pause without an end is nothing that manifests say.
  private static func notePauses(_ manifest: ArgoCanaryManifest, _ draft: inout StrategyDraft) {
    let endless = manifest.steps.filter { step in
      if case .pause(nil) = step.action { true } else { false }
    }.count
    guard endless > 0 else { return }
    draft.entries.append(
      DraftEntry(
        "resumeAfter", "5m", origin: "assumption of StrategyLab: a person looks and resumes"))
    draft.notes.append(
      "\(endless == 1 ? "1 pause has" : "\(endless) pauses have") no duration: a person is taken to resume after 5m, by resumeAfter"
    )
  }

  /// An analysis step of which no metric can be played is not among the steps of the scenario.
  private static func leaveOutEmpty(
    _ manifest: ArgoCanaryManifest, _ workload: WorkloadManifest, _ findings: ManifestFindings
  ) {
    for step in manifest.steps {
      guard case .analysis(let analysis) = step.action,
        manifest.metrics[analysis.place]?.isEmpty ?? true
      else { continue }
      findings.leaveOut(
        LeftOutField(
          object: workload.title, path: analysis.path,
          reason:
            "nothing that it measures can be played, so the step is left out and takes no time",
          place: analysis.place))
    }
  }

  private static func blueGreen(
    _ fields: ManifestFields, _ workload: WorkloadManifest, _ templates: AnalysisTemplates,
    _ cluster: ManifestCluster
  ) -> StrategyDraft {
    var manifest = ArgoBlueGreenManifest(fields)
    manifest.progressDeadline = workload.progressDeadline?.map { .seconds($0) }
    manifest.progressDeadlineAbort = workload.progressDeadlineAbort
    let node = manifest.draft(
      metrics: { templates.metrics(of: $0, mayRunForever: false) }, origin: cluster.set.origin)
    var draft = StrategyDraft(node)
    if manifest.autoPromotion?.value == false {
      draft.entries.append(
        DraftEntry(
          "resumeAfter", "5m", origin: "assumption of StrategyLab: a person looks and promotes"))
      draft.notes.append(
        "autoPromotionEnabled is false: a person is taken to promote after 5m, by resumeAfter")
    }
    if manifest.prePromotionAnalysis != nil {
      draft.notes.append(
        "users do not reach the preview: its analysis measures synthetic requests, by previewChecksPerSecond"
      )
    }
    RolloutReferences(workload: workload, cluster: cluster).check(manifest, &draft)
    return draft
  }
}
