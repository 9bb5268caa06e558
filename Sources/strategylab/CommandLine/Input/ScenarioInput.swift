import LabScenarioFiles

/// What a command plays: a scenario file, or the scenario that manifests make together.
struct ScenarioInput {
  /// The scenario with its text.
  let file: ScenarioFile
  /// What of the manifests is not modelled; empty for a scenario file.
  let leftOut: [LeftOutField]
  /// What to know about the import; empty for a scenario file.
  let notes: [String]

  /// Whether manifests made it.
  let isImported: Bool

  /// The paths of a command line by what they describe: every scenario file by itself, all manifests together.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/usage`` for options that need manifests where there
  ///   are none.
  static func groups(of paths: [String], _ options: ManifestOptions) throws -> [[String]] {
    let manifests = paths.filter { ManifestImport.isManifest(path: $0) }
    if manifests.isEmpty, options.isGiven {
      throw CommandFailure(
        .usage,
        "--profile, --workload, --candidate and --also are for manifests, and these are scenarios")
    }
    var groups: [[String]] = []
    var isTaken = false
    for path in paths {
      if !manifests.contains(path) {
        groups.append([path])
      } else if !isTaken {
        isTaken = true
        groups.append(manifests)
      }
    }
    return groups
  }

  /// The inputs of a command line: every scenario file by itself, all manifests together as one.
  ///
  /// - Throws: everything that is wrong with them; ``CommandFailure`` with ``ExitStatus/usage`` for
  ///   options that need manifests where there are none.
  static func read(_ paths: [String], _ options: ManifestOptions) throws -> [ScenarioInput] {
    try groups(of: paths, options).map { try read(group: $0, options) }
  }

  /// What the paths of one group describe.
  static func read(group: [String], _ options: ManifestOptions) throws -> ScenarioInput {
    guard let path = group.first, group.count > 1 || ManifestImport.isManifest(path: path) else {
      return ScenarioInput(
        file: try ScenarioReader.read(path: group.first ?? ""), leftOut: [], notes: [],
        isImported: false)
    }
    let imported = try options.scenario(of: group)
    return ScenarioInput(
      file: try ScenarioReader.read(
        text: imported.text, path: imported.name + ".yaml", traceText: nil),
      leftOut: imported.leftOut, notes: imported.notes, isImported: true)
  }

  /// The one scenario of a command line that plays or asks one at a time.
  ///
  /// - Throws: as ``read(_:_:)``; ``CommandFailure`` with ``ExitStatus/usage`` if there are several.
  static func one(of paths: [String], _ options: ManifestOptions) throws -> ScenarioInput {
    let inputs = try read(paths, options)
    guard let input = inputs.first, inputs.count == 1 else {
      throw CommandFailure(
        .usage,
        "one scenario file is expected, or the manifests of one release; these are \(inputs.count)"
      )
    }
    return input
  }

  /// Says on standard error what the manifests do not decide.
  func explain(all: Bool = false) {
    ScenarioInput.explain(leftOut, notes, all: all)
  }

  /// Says what was assumed, and what was read and is not modelled.
  static func explain(_ leftOut: [LeftOutField], _ notes: [String], all: Bool) {
    for note in notes { Console.complain("note: \(Console.printable(note))") }
    guard !leftOut.isEmpty else { return }
    let shown = all ? leftOut[...] : leftOut.prefix(3)
    let count = leftOut.count == 1 ? "1 thing is" : "\(leftOut.count) things are"
    Console.complain("note: \(count) read and not modelled:")
    for field in shown { Console.complain("  \(Console.printable(field.summary))") }
    if shown.count < leftOut.count {
      Console.complain("  and \(leftOut.count - shown.count) more; 'import' lists them all")
    }
  }
}
