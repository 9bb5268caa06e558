/// All objects of the manifests that were given, with everything that was found in reading them.
///
///     let set = try ManifestSet.read(paths: ["k8s/", "-"], standardInput: rendered)
///     for object in set.objects where object.kind == "Deployment" { ... }
struct ManifestSet {
  /// The files in the order in which they were read.
  let files: [ManifestFile]
  /// The objects in the order of the files, lists taken apart.
  let objects: [ManifestObject]
  /// Where everything that reads on reports to.
  let findings: ManifestFindings

  /// The objects of files, folders and standard input.
  ///
  /// - Parameters:
  ///   - paths: Files, folders, and `-` for standard input, in order.
  ///   - standardInput: What came on standard input; nil if nothing did.
  ///   - limits: How much is read.
  /// - Returns: every object.
  /// - Throws: everything that keeps the files from being read as objects.
  static func read(
    paths: [String], standardInput: [UInt8]? = nil, limits: ManifestLimits = ManifestLimits()
  ) throws(ScenarioFileError) -> ManifestSet {
    var reading = ManifestReading(limits: limits)
    reading.gather(paths, standardInput: standardInput)
    return try reading.set()
  }

  /// The objects of texts.
  static func read(_ files: [ManifestFile], limits: ManifestLimits = ManifestLimits())
    throws(ScenarioFileError) -> ManifestSet
  {
    var reading = ManifestReading(limits: limits)
    for file in files { reading.add(file) }
    return try reading.set()
  }

  /// Stops if anything that was read is wrong.
  ///
  /// - Throws: everything that is wrong so far, in the order of the files.
  func check() throws(ScenarioFileError) {
    if !findings.faults.isEmpty { throw findings.error(files) }
  }

  /// An error about one place.
  func failure(
    _ code: DiagnosticCode, _ message: String, hint: String = "", at place: ManifestPlace
  ) -> ScenarioFileError {
    findings.refuse(code, message, hint: hint, at: place)
    return findings.error(files)
  }

  /// Where a value stands, for the comment behind it: `web.yaml:14 spec.replicas`.
  func origin<Value>(_ given: Given<Value>) -> String { origin(given.place, given.path) }

  /// Where a key stands, for the comment behind its value.
  func origin(_ place: ManifestPlace, _ path: String = "") -> String {
    let file = files.indices.contains(place.file) ? files[place.file].shortName : "manifest"
    return path.isEmpty ? "\(file):\(place.mark.line)" : "\(file):\(place.mark.line) \(path)"
  }
}

extension ManifestFindings {
  /// The diagnostics of several files, file by file.
  func error(_ files: [ManifestFile]) -> ScenarioFileError {
    var facts: [Int: [LocatedFault]] = [:]
    for (file, fault) in faults { facts[file, default: []].append(fault) }
    var diagnostics: [Diagnostic] = []
    for (index, file) in files.enumerated() {
      guard let facts = facts[index] else { continue }
      diagnostics += Diagnostic.diagnostics(of: facts, file: file.name, bytes: file.bytes)
    }
    return ScenarioFileError(diagnostics: diagnostics)
  }
}
