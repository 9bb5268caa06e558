/// An object of a cluster, as a manifest describes it.
struct RoutingObject {
  /// Its kind.
  let kind: String
  /// Its name.
  let name: String
  /// Its namespace.
  let namespace: String
  /// All its keys.
  let fields: ManifestFields
}

/// The objects of some manifest files.
struct RoutingObjects {
  /// The objects, in the order of the files.
  private(set) var objects: [RoutingObject] = []
  /// Where everything that is found is reported to.
  let findings = ManifestFindings()

  private let paths: [String]
  private var contents: [[UInt8]] = []

  /// Reads the files.
  init(paths: [String]) {
    self.paths = paths
    for (file, path) in paths.enumerated() {
      do throws(FileProblem) {
        contents.append(try RegularFile.read(path, limit: 10_000_000))
        read(file)
      } catch {
        contents.append([])
        findings.report(.file(error), at: ManifestPlace(file: file, mark: .wholeFile))
      }
    }
  }

  /// What is wrong with the files; nil if nothing is.
  var error: ScenarioFileError? {
    guard !findings.faults.isEmpty else { return nil }
    let diagnostics = paths.indices.flatMap { file in
      Diagnostic.diagnostics(
        of: findings.faults.filter { $0.file == file }.map(\.fault), file: paths[file],
        bytes: contents[file])
    }
    return ScenarioFileError(diagnostics: diagnostics)
  }

  /// A place as people name it: `file:line`.
  func text(of place: ManifestPlace) -> String { "\(paths[place.file]):\(place.mark.line)" }

  private mutating func read(_ file: Int) {
    let bytes = contents[file]
    if let problem = TextCheck.problem(in: bytes) {
      findings.report(
        .notText(problem.fact), at: ManifestPlace(file: file, mark: problem.mark))
      return
    }
    for document in Self.documents(bytes) {
      let (root, faults) = YAMLReader.read(document)
      for fault in faults {
        findings.report(fault.fault, at: ManifestPlace(file: file, mark: fault.mark))
      }
      if let root { take(root, file: file) }
    }
  }

  /// The documents of a file, each with empty lines in place of the others, so that places stay right.
  private static func documents(_ bytes: [UInt8]) -> [[UInt8]] {
    var documents: [[UInt8]] = [[]]
    var lines = 0
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      lines += 1
      var text = line
      while let last = text.last, last == 0x0D || last == 0x20 { text.removeLast() }
      if text.elementsEqual("---".utf8) {
        documents.append(Array(repeating: 0x0A, count: lines))
      } else {
        documents[documents.count - 1] += line + [0x0A]
      }
    }
    return documents
  }

  private mutating func take(_ root: YAMLNode, file: Int) {
    let place = ManifestPlace(file: file, mark: root.mark)
    guard case .mapping(let entries, _) = root.content else {
      findings.report(.wrongShape("manifest", found: root.shape, expected: "an object"), at: place)
      return
    }
    var head = ManifestFields(
      entries, object: "", path: "", place: place, findings: findings)
    let kind = head.text("kind")?.value ?? ""
    if kind == "List" || kind.hasSuffix("List") && head.has("items") {
      for item in head.items("items") { take(item, file: file) }
      return
    }
    var metadata = head.section("metadata")
    let name = metadata?.text("name")?.value ?? ""
    if kind.isEmpty || name.isEmpty || !head.has("apiVersion") {
      findings.refuse(
        .manifestNoObject, "this is no object: it needs apiVersion, kind and metadata.name",
        at: place)
      return
    }
    let fields = ManifestFields(
      entries, object: "\(kind) \(name)", path: "", place: place, findings: findings)
    objects.append(
      RoutingObject(
        kind: kind, name: name, namespace: metadata?.text("namespace")?.value ?? "default",
        fields: fields))
  }
}
