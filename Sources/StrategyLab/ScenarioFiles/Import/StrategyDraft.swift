import LabUnits

/// A strategy as manifests describe it, before it is written into a scenario.
struct StrategyDraft {
  /// The strategy's kind as scenario files write it.
  var kind: String
  /// Its keys without `kind` and `name`, with their origins.
  var entries: [DraftEntry]
  /// Where the strategy itself comes from.
  var origin: String
  /// Values of other sections that the strategy brings with it, as `monitoring.slowThreshold`.
  var settings: [(path: [String], value: String, origin: String)] = []
  /// Remarks for the reader of the scenario.
  var notes: [String] = []
  /// The titles of further objects that belong to the release: what the strategy names.
  var members: Set<String> = []
  /// Whether Istio's proxies split the requests.
  var routesByIstio = false
}

extension StrategyDraft {
  /// The strategy that a controller's own reader has written.
  init(_ node: DraftNode) {
    guard case .mapping(var entries) = node.content,
      let index = entries.firstIndex(where: { $0.key == "kind" }),
      case .value(let kind) = entries[index].node.content
    else { preconditionFailure("a strategy is written as a mapping with a kind") }
    let origin = entries[index].node.origin
    entries.remove(at: index)
    self.init(kind: kind, entries: entries, origin: origin)
  }
}

/// Something that can tell which strategy a release follows.
///
/// One source a controller: it reads its own section of the manifests, reports what is wrong with it to
/// the findings, and writes the strategy as a draft.
protocol StrategyDraftSource {
  /// The strategy of a release; nil if another source is responsible for it.
  static func draft(of subject: ReleaseSubject, in cluster: ManifestCluster) -> StrategyDraft?
}

/// All sources of strategies; the first that is responsible for a release is taken.
enum StrategyDraftSources {
  /// The sources in the order in which they are asked.
  static var all: [any StrategyDraftSource.Type] {
    [
      DeploymentDraft.self, VersionSplitDraft.self, ArgoRolloutDraft.self, FlaggerDraft.self,
    ]
  }

  /// The strategy of a release; nil if no source knows it.
  static func draft(of subject: ReleaseSubject, in cluster: ManifestCluster) -> StrategyDraft? {
    for source in all {
      if let draft = source.draft(of: subject, in: cluster) { return draft }
    }
    return nil
  }
}

/// The strategy of a Deployment: `rolling-update` or `recreate`.
enum DeploymentDraft: StrategyDraftSource {
  /// The strategy of a release that a Deployment carries out.
  static func draft(of subject: ReleaseSubject, in cluster: ManifestCluster) -> StrategyDraft? {
    guard case .deployment = subject.form, let strategy = subject.workload?.strategy else {
      return nil
    }
    let set = cluster.set
    let origin = strategy.type.map { set.origin($0) } ?? "Kubernetes default: RollingUpdate"
    if strategy.isRecreate { return StrategyDraft(kind: "recreate", entries: [], origin: origin) }
    func entry(_ key: String, _ given: Given<ReplicaQuantity>?) -> DraftEntry {
      DraftEntry(
        key, given?.value.scenarioText ?? "25%",
        origin: given.map { set.origin($0) } ?? "default: Kubernetes, pkg/apis/apps/v1/defaults.go")
    }
    return StrategyDraft(
      kind: "rolling-update",
      entries: [
        entry("maxSurge", strategy.maxSurge), entry("maxUnavailable", strategy.maxUnavailable),
      ], origin: origin)
  }
}
