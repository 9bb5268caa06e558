import LabKernel
import LabStrategies
import LabUnits
import StrategyLab

/// Puts a scenario together: the profile, over it what the manifests say, below it the defaults.
struct ScenarioComposition {
  /// The manifests.
  let cluster: ManifestCluster
  /// What is released.
  let subject: ReleaseSubject
  /// What stands where manifests say nothing.
  let profile: ImportProfile
  /// Further kinds of strategies.
  let also: [String]

  private var draft = DraftNode.mapping([])
  private var notes: [String] = []

  init(
    cluster: ManifestCluster, subject: ReleaseSubject, profile: ImportProfile, also: [String]
  ) {
    self.cluster = cluster
    self.subject = subject
    self.profile = profile
    self.also = also
  }

  /// The scenario under a name; under that of what is released if there is none.
  ///
  /// - Throws: everything that is wrong with the manifests as a scenario.
  mutating func scenario(name: String?) throws(ScenarioFileError) -> ImportedScenario {
    let set = cluster.set
    let strategy = StrategyDraftSources.draft(of: subject, in: cluster)
    var subject = subject
    subject.members.formUnion(strategy?.members ?? [])
    var filled = SubjectDraft(set: set, subject: subject, draft: profile.draft)
    filled.fill()
    try set.check()
    guard let strategy else {
      throw set.failure(
        .manifestUnplayable, "no strategy of the laboratory plays \(subject.object.title)",
        at: subject.object.place)
    }
    draft = filled.draft
    notes = filled.notes + strategy.notes
    if strategy.routesByIstio, !filled.tellsOfProxy, draft[["service", "sidecar"]] == nil {
      notes.append(
        "Istio routes, and no manifest says that the pods have its proxy, so none is played: give the Namespace with istio-injection: enabled, or a --profile with service.sidecar"
      )
    }
    for setting in strategy.settings where isKnown(setting.path) {
      draft.set(setting.path, .value(setting.value, origin: setting.origin))
    }
    draft.set(["title"], .value(title(strategy)))
    draft.set(["strategies"], .list(strategies(strategy)))
    fillDefaults("service", ServiceModel.parameters)
    fillDefaults("users", UserModel.parameters)
    if draft[["service", "sidecar"]] != nil {
      for parameter in ServiceModel.parameters where parameter.key == "sidecar" {
        if case .section(let inner) = parameter.kind {
          fillDefaults(["service", "sidecar"], inner)
        }
      }
    }
    try chooseTraffic()
    try chooseHorizon()
    let leftOut = ImportRemarks.leftOut(cluster, subject)
    let text = ImportRemarks.text(
      draft: ordered(draft, Scenario.parameters), cluster: cluster, subject: subject, notes: notes,
      leftOut: leftOut)
    _ = try read(text)
    return ImportedScenario(
      name: ScenarioComposition.fileName(name ?? subject.name), text: text, leftOut: leftOut,
      notes: notes)
  }

  private func title(_ strategy: StrategyDraft) -> String {
    let replicas = draft[["service", "replicas"]].flatMap { node -> String? in
      if case .value(let text) = node.content { return text }
      return nil
    }
    let count = replicas.map { $0 == "1" ? "1 replica" : "\($0) replicas" } ?? "its replicas"
    return "\(subject.object.title), \(count), as \(strategy.kind)"
  }

  /// The strategy of the manifests, then those to compare it with.
  private func strategies(_ strategy: StrategyDraft) -> [DraftNode] {
    var items: [DraftNode] = [
      .mapping([DraftEntry("kind", strategy.kind, origin: strategy.origin)] + strategy.entries)
    ]
    var seen: Set<String> = []
    for kind in also where seen.insert(kind).inserted {
      if kind == strategy.kind {
        items.append(
          .mapping([
            DraftEntry("kind", kind, origin: "--also"),
            DraftEntry("name", "\(kind)-defaults"),
          ]))
      } else {
        items.append(.value(kind, origin: "--also, with the defaults of the kind"))
      }
    }
    return items
  }

  /// Writes the defaults of keys that neither manifests nor profile give.
  private mutating func fillDefaults(_ section: String, _ parameters: [Parameter]) {
    fillDefaults([section], parameters)
  }

  private mutating func fillDefaults(_ section: [String], _ parameters: [Parameter]) {
    for parameter in parameters {
      guard case .standard(let text) = parameter.presence, !parameter.kind.isSection,
        draft[section + [parameter.key]] == nil
      else { continue }
      let (root, _) = YAMLReader.read(Array(text.utf8))
      guard let root else { continue }
      var node = DraftNode(root, origin: nil)
      node.origin = "default: \(parameter.source)"
      draft.set(section + [parameter.key], node)
    }
  }

  /// Whether scenarios have a key.
  private func isKnown(_ path: [String]) -> Bool {
    var parameters = Scenario.parameters
    for (index, key) in path.enumerated() {
      guard let parameter = parameters.first(where: { $0.key == key }) else { return false }
      if index == path.count - 1 { return true }
      guard case .section(let inner) = parameter.kind else { return false }
      parameters = inner
    }
    return false
  }

  /// The keys in the order of the reference.
  private func ordered(_ node: DraftNode, _ parameters: [Parameter]) -> DraftNode {
    guard case .mapping(let entries) = node.content else { return node }
    var result = node
    var sorted: [DraftEntry] = []
    for parameter in parameters {
      guard var entry = entries.first(where: { $0.key == parameter.key }) else { continue }
      if case .section(let inner) = parameter.kind { entry.node = ordered(entry.node, inner) }
      sorted.append(entry)
    }
    let known = parameters.map { $0.key }
    result.content = .mapping(sorted + entries.filter { !known.contains($0.key) })
    return result
  }

  /// A name that can be that of a file.
  static func fileName(_ name: String) -> String {
    let safe = String(
      name.prefix(100).map { character in
        character.isASCII && (character.isLetter || character.isNumber || "-_.".contains(character))
          ? character : "-"
      })
    return safe.isEmpty || safe.hasPrefix(".") ? "imported" : safe
  }
}

extension ScenarioComposition {
  /// Traffic that leaves the fleet room, where nothing says how much there is.
  private mutating func chooseTraffic() throws(ScenarioFileError) {
    guard draft[["traffic"]] == nil else { return }
    let service = try trial().service
    let time = max(service.serviceTime.mean + (service.sidecar?.latency.seconds ?? 0), 1e-6)
    let capacity = Double(service.replicas) * Double(service.workers) / time
    var share = 0.6
    var reason = "60% of what the replicas can do"
    if SubjectDraft.hasAutoscaler, let target = subject.autoscaler?.processorTarget {
      // More than this makes requests wait, and then even a good release is slow.
      let most = 0.7
      share = min(0.95 * Double(target.value) / 100, most)
      reason =
        share < most
        ? "95% of what the autoscaler aims at"
        : "70% of what the replicas can do, below what the autoscaler aims at"
    }
    let rate = min(max(capacity * share, 0.1), 1e9)
    let text = rate >= 10 ? "\(Int64(rate.rounded()))" : "\((rate * 10).rounded() / 10)"
    draft.set(
      ["traffic"],
      .value(
        "\(text)/s",
        origin: "assumption of StrategyLab: \(reason); manifests do not say, a --profile does"))
    notes.append("the traffic is an assumption, \(reason): give a --profile with your own")
  }

  /// A horizon that holds every plan and an hour more, where the default or the profile's is too short.
  private mutating func chooseHorizon() throws(ScenarioFileError) {
    let longest = try trial().strategies.map { $0.strategy.leastDuration }.max() ?? .zero
    var present = Span.hours(2)
    if let node = draft[["experiment", "horizon"]], case .value(let text) = node.content,
      let written = try? Span(text: text)
    {
      present = written
      if longest <= written { return }
    }
    guard longest + .hours(1) > present else { return }
    let hours = Int((longest.seconds / 3600).rounded(.up)) + 1
    draft.set(
      ["experiment", "horizon"],
      .value(
        "\(min(hours, 672))h", origin: "the longest plan takes \(longest.text), and an hour more")
    )
  }

  /// The scenario as it stands, with traffic and a horizon that cannot be wrong.
  private func trial() throws(ScenarioFileError) -> Scenario {
    var copy = draft
    copy.set(["traffic"], .value("1/s"))
    copy.set(["experiment"], .mapping([DraftEntry("horizon", "672h")]))
    return try read(DraftWriter.text(entries(of: ordered(copy, Scenario.parameters))))
  }

  private func entries(of node: DraftNode) -> [DraftEntry] {
    if case .mapping(let entries) = node.content { return entries }
    return []
  }

  /// Reads a scenario; what is wrong with it is told at the manifest's line that the origin names.
  private func read(_ text: String) throws(ScenarioFileError) -> Scenario {
    do {
      return try ScenarioReader.read(text: text, path: "imported.yaml", traceText: nil).scenario
    } catch {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      for diagnostic in error.diagnostics {
        let line = lines.indices.contains(diagnostic.line - 1) ? lines[diagnostic.line - 1] : ""
        cluster.set.findings.refuse(
          .manifestUnplayable, diagnostic.message, hint: diagnostic.hint, at: place(of: line))
      }
      throw cluster.set.findings.error(cluster.set.files)
    }
  }

  /// The manifest's place that the comment behind a line of the scenario names.
  private func place(of line: Substring) -> ManifestPlace {
    let bytes = Array(line.utf8)
    guard let comment = bytes.indices.last(where: { bytes[$0] == 0x23 }) else {
      return subject.object.place
    }
    let origin = String(decoding: bytes[(comment + 1)...], as: UTF8.self)
    for (number, file) in cluster.set.files.enumerated() {
      for word in origin.split(separator: " ") where word.hasPrefix("\(file.shortName):") {
        guard let line = Int(word.dropFirst(file.shortName.count + 1)) else { continue }
        return ManifestPlace(file: number, mark: SourceMark(line: line, column: 1))
      }
    }
    return subject.object.place
  }
}
