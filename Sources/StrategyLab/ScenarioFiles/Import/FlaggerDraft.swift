import LabUnits

/// The strategy of a Canary of Flagger: `flagger`.
enum FlaggerDraft: StrategyDraftSource {
  /// The strategy of a release that a Canary carries out.
  static func draft(of subject: ReleaseSubject, in cluster: ManifestCluster) -> StrategyDraft? {
    guard case .flagger(let object) = subject.form else { return nil }
    let set = cluster.set
    var fields = object.fields
    guard let spec = fields.section("spec") else {
      set.findings.report(
        .missingKey("spec", owner: object.title, example: "spec: ..."), at: object.place)
      return nil
    }
    fields.pass(["status"])
    fields.close()
    var members: Set<String> = []
    let manifest = FlaggerCanaryManifest(spec) { name, namespace in
      let space = namespace ?? object.namespace
      let template = cluster.templates.first {
        $0.kind == "MetricTemplate" && $0.name == name && $0.namespace == space
      }
      if let template { members.insert(template.title) }
      return template != nil
    }
    let node = manifest.draft(
      canaryReplicas: canaryReplicas(subject, set),
      users: (
        "10%", "assumption of StrategyLab: one user in ten meets the conditions of match"
      ), origin: set.origin)
    var draft = StrategyDraft(node)
    draft.members = members
    if let threshold = manifest.impliedSlowThreshold {
      draft.settings.append(
        (["monitoring", "slowThreshold"], threshold.value.text, set.origin(threshold)))
    }
    addTarget(manifest, subject, set, &draft)
    if manifest.analysis?.webhooks.confirmRollout != nil
      || manifest.analysis?.webhooks.confirmPromotion != nil
    {
      draft.entries.append(
        DraftEntry(
          "resumeAfter", "5m", origin: "assumption of StrategyLab: a person looks and confirms"))
      draft.notes.append("a person is taken to open each gate after 5m, by resumeAfter")
    }
    references(manifest, subject, cluster, &draft)
    return draft
  }

  /// The size of the canary: the least of its autoscaler, else what its manifest says.
  ///
  /// Source: Flagger, pkg/canary/deployment_controller.go, `ScaleFromZero`.
  private static func canaryReplicas(_ subject: ReleaseSubject, _ set: ManifestSet)
    -> (text: String, origin: String)?
  {
    guard let workload = subject.workload else { return nil }
    if let least = subject.autoscaler?.minimum, least.value > 1 {
      return ("\(min(least.value, 100_000))", set.origin(least))
    }
    guard let replicas = workload.replicas, replicas.value > 0 else {
      return ("1", "default: Flagger, pkg/canary/deployment_controller.go, ScaleFromZero")
    }
    return ("\(min(replicas.value, 100_000))", set.origin(replicas))
  }

  /// The fenceposts of the target, by which the primary takes over the new version.
  private static func addTarget(
    _ manifest: FlaggerCanaryManifest, _ subject: ReleaseSubject, _ set: ManifestSet,
    _ draft: inout StrategyDraft
  ) {
    guard let strategy = subject.workload?.strategy else { return }
    if strategy.isRecreate, let type = strategy.type {
      draft.notes.append(
        "\(set.origin(type)) is Recreate: the primary is played as a rolling update all the same")
    }
    for (key, given) in [
      ("maxSurge", strategy.maxSurge), ("maxUnavailable", strategy.maxUnavailable),
    ] {
      guard let given else { continue }
      draft.entries.append(
        DraftEntry(key, given.value.scenarioText, origin: set.origin(given)))
    }
  }

  /// What the Canary names beside its target: what is not there is said in a note.
  private static func references(
    _ manifest: FlaggerCanaryManifest, _ subject: ReleaseSubject, _ cluster: ManifestCluster,
    _ draft: inout StrategyDraft
  ) {
    let namespace = subject.object.namespace
    var missing: [String] = []
    if let reference = manifest.autoscaler, subject.autoscaler == nil {
      missing.append("\(reference.kind) \(reference.name.value)")
    }
    if let reference = manifest.ingress {
      let ingress = cluster.routing.first {
        $0.kind == "Ingress" && $0.name == reference.name.value && $0.namespace == namespace
      }
      if let ingress {
        draft.members.insert(ingress.title)
      } else {
        missing.append("Ingress \(reference.name.value)")
      }
    }
    guard !missing.isEmpty else { return }
    draft.notes.append(
      "not among the manifests, and played as if \(missing.count == 1 ? "it was" : "they were") not there: \(missing.joined(separator: ", "))"
    )
  }
}
