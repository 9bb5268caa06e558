import StrategyLab

/// A scenario whose values stand where manifests say nothing: traffic, start-up time, users, costs.
struct ImportProfile {
  /// The profile's keys, each with its origin; `title` and `strategies` are taken away.
  let draft: DraftNode

  /// No profile.
  init() { draft = .mapping([]) }

  /// The profile in a file.
  ///
  /// - Throws: everything that is wrong with the file, which must be a scenario on its own.
  init(path: String) throws(ScenarioFileError) {
    let file = try ScenarioReader.read(path: path)
    let (root, _) = YAMLReader.read(Array(file.text.utf8))
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let root else {
      draft = .mapping([])
      return
    }
    var draft = DraftNode(root) { "profile \(name):\($0.line)" }
    draft.remove(["title"])
    draft.remove(["strategies"])
    draft.remove(["experiment", "baseline"])
    // A short form such as `traffic: 5/s` stays; a trace is found from wherever the scenario will lie.
    if let trace = file.tracePath, let written = draft[["traffic", "file"]] {
      draft.set(
        ["traffic", "file"], .value(ManifestFolder.resolved(trace), origin: written.origin))
    }
    self.draft = draft
  }
}
