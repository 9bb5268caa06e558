import LabUnits

/// The strategy of two Deployments that are versions of one service.
enum VersionSplitDraft: StrategyDraftSource {
  /// The strategy that a split of requests stands for.
  static func draft(of subject: ReleaseSubject, in cluster: ManifestCluster) -> StrategyDraft? {
    guard case .versions(let split) = subject.form else { return nil }
    var draft = draft(split, cluster.set)
    draft.routesByIstio = split.splitter.kind == "VirtualService"
    draft.notes.append(
      "\(split.stable.title) is stable and \(split.candidate.title) is the candidate: \(split.reason)"
    )
    return draft
  }

  private static func draft(_ split: VersionSplit, _ set: ManifestSet) -> StrategyDraft {
    switch split.form {
    case .weighted(let candidate, let total):
      let share = Share(millionths: Int64(candidate) * 1_000_000 / Int64(max(total, 1)))
      var draft = StrategyDraft(
        kind: "canary", entries: [DraftEntry("routing", "weighted", origin: split.splitter.title)],
        origin: split.origin)
      if share > .none, share < .whole {
        draft.entries.append(steps(share, origin: split.origin))
      } else {
        draft.notes.append(
          "a weight of \(share.text) says nothing about the steps: they are the defaults")
      }
      return draft
    case .mirrored(let percentage):
      return StrategyDraft(
        kind: "shadow",
        entries: percentage > 0
          ? [DraftEntry("mirror", "\(min(percentage, 100))%", origin: split.origin)] : [],
        origin: split.origin)
    case .cohort(let mark, let isCandidate):
      return StrategyDraft(
        kind: "ab-test",
        entries: [
          DraftEntry(
            "cohort", isCandidate ? "5%" : "95%",
            origin:
              "assumption of StrategyLab: one user in twenty has \(mark), and \(isCandidate ? "those meet" : "all others meet") the candidate"
          )
        ], origin: split.origin)
    case .replicas:
      let stable = split.stable.replicas?.value ?? 1
      let candidate = split.candidate.replicas?.value ?? 1
      let total = max(min(stable, 1_000_000) + min(candidate, 1_000_000), 1)
      let share = Share(millionths: Int64(min(candidate, 1_000_000)) * 1_000_000 / Int64(total))
      var draft = StrategyDraft(
        kind: "canary", entries: [DraftEntry("routing", "replicas", origin: split.splitter.title)],
        origin: split.origin)
      if share > .none, share < .whole {
        draft.entries.append(
          steps(share, origin: "\(candidate) of \(total) replicas: \(split.origin)"))
      }
      return draft
    }
  }

  private static func steps(_ share: Share, origin: String) -> DraftEntry {
    DraftEntry(
      "steps",
      .list([
        .mapping([
          DraftEntry("weight", share.text, origin: origin),
          DraftEntry(
            "pause", "5m", origin: "assumption of StrategyLab: a person looks and goes on"),
        ])
      ]))
  }
}
