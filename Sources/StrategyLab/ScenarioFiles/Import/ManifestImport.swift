import LabStrategies
import StrategyLab

/// A scenario that was made from manifests.
public struct ImportedScenario: Sendable {
  /// What to call the scenario: the name of what is released, or the one that was asked for.
  public let name: String
  /// The scenario as YAML, every value's origin in a comment behind it.
  public let text: String
  /// What was read and is not modelled, in the order of the files.
  public let leftOut: [LeftOutField]
  /// What a reader of the scenario should know.
  public let notes: [String]
}

/// Makes a scenario from the manifests that somebody deploys.
///
///     let imported = try ManifestImport.scenarioText(paths: ["k8s/"], profile: "base.yaml")
///     let file = try ScenarioReader.read(text: imported.text, path: imported.name + ".yaml", traceText: nil)
public enum ManifestImport {
  /// The scenario of manifests.
  ///
  /// - Parameters:
  ///   - paths: Files, folders, and `-` for standard input.
  ///   - standardInput: What came on standard input.
  ///   - profile: A scenario for what manifests do not say; nil for defaults.
  ///   - workload: Which workload is released; needed where several could be.
  ///   - candidate: Which of two versions is the candidate; found by weights and labels if nil.
  ///   - name: What to call the scenario; nil for the name of what is released.
  ///   - also: Further kinds of strategies to compare with, as ``strategyKind(named:)`` knows them.
  /// - Returns: the text of a scenario that reads without an error.
  /// - Throws: everything that is wrong with the manifests or the profile.
  public static func scenarioText(
    paths: [String], standardInput: [UInt8]? = nil, profile: String? = nil,
    workload: String? = nil, candidate: String? = nil, name: String? = nil, also: [String] = []
  ) throws(ScenarioFileError) -> ImportedScenario {
    let set = try ManifestSet.read(paths: paths, standardInput: standardInput)
    return try scenario(
      of: set, profile: profile, workload: workload, candidate: candidate, name: name, also: also)
  }

  /// The scenario of manifests that were read already.
  static func scenario(
    of set: ManifestSet, profile: String? = nil, workload: String? = nil, candidate: String? = nil,
    name: String? = nil, also: [String] = []
  ) throws(ScenarioFileError) -> ImportedScenario {
    let cluster = ManifestCluster(set)
    try set.check()
    let subject = try SubjectFinder(cluster: cluster, workload: workload, candidate: candidate)
      .subject()
    let given = try profile.map { path throws(ScenarioFileError) in try ImportProfile(path: path) }
    if subject.workload == nil, given == nil { throw missingTarget(subject, set) }
    var composition = ScenarioComposition(
      cluster: cluster, subject: subject, profile: given ?? ImportProfile(),
      also: also.compactMap { strategyKind(named: $0) })
    return try composition.scenario(name: name)
  }

  /// Why a release without pods cannot be played.
  private static func missingTarget(_ subject: ReleaseSubject, _ set: ManifestSet)
    -> ScenarioFileError
  {
    var fields = subject.object.silentFields
    var spec = fields.section("spec")
    var reference = spec?.section("targetRef")
    guard let name = reference?.text("name") else {
      return set.failure(
        .manifestReference, "\(subject.object.title) does not say what it releases",
        hint: "write spec.targetRef with the kind and the name of a Deployment",
        at: subject.object.place)
    }
    return set.failure(
      .manifestReference,
      "no manifest describes the \(reference?.text("kind")?.value ?? "Deployment") '\(name.value)' of the namespace '\(subject.object.namespace)'",
      hint: "give its file too, or a scenario with its replicas: --profile SCENARIO",
      at: name.place)
  }

  /// The kind of strategy that a word means: a kind, or `rolling` and `bluegreen` for short.
  public static func strategyKind(named word: String) -> String? {
    let short = ["rolling": "rolling-update", "bluegreen": "blue-green", "ab": "ab-test"]
    let kind = short[word] ?? word
    return StrategyRegistry.all.contains { $0.kind == kind } ? kind : nil
  }

  /// All words that ``strategyKind(named:)`` knows.
  public static var strategyKinds: [String] { StrategyRegistry.all.map { $0.kind } + ["rolling"] }

  /// Whether a path leads to manifests and not to a scenario: a folder, standard input, or a file of objects.
  ///
  /// A file that cannot be read is no manifest, so that the reader of scenarios says why.
  public static func isManifest(path: String) -> Bool {
    if path == "-" || ManifestFolder.isFolder(path) { return true }
    guard let bytes = try? RegularFile.read(path, limit: ManifestLimits().bytes) else {
      return false
    }
    return isManifest(bytes)
  }

  /// Whether a text describes objects: `apiVersion` or `kind` stands at the beginning of a line.
  ///
  /// Lines are looked at, and not the YAML, so that a manifest with a mistake in it is still one.
  static func isManifest(_ bytes: [UInt8]) -> Bool {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    let words = ["apiVersion:", "kind:", "\"apiVersion\":", "\"kind\":"].map { Array($0.utf8) }
    let isLine = text.split(separator: 0x0A).contains { line in
      words.contains { line.starts(with: $0) }
    }
    if isLine { return true }
    let start = text.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
    guard start == UInt8(ascii: "{") else { return false }
    let key = Array("\"apiVersion\"".utf8)
    var rest = text
    while let quote = rest.firstIndex(of: key[0]) {
      if rest[quote...].starts(with: key) { return true }
      rest = rest[(quote + 1)...]
    }
    return false
  }
}
