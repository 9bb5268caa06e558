import LabScenarioFiles

/// What a command plays: a scenario file, or the scenario that manifests make together.
struct ScenarioInput {
  /// The scenario with its text.
  let file: ScenarioFile
  /// What of the manifests is not modelled; empty for a scenario file.
  let leftOut: [LeftOutField]
  /// What to know about the import; empty for a scenario file.
  let notes: [String]

  /// The inputs of a command line: every scenario file by itself, all manifests together as one.
  ///
  /// - Throws: everything that is wrong with them; ``CommandFailure`` with ``ExitStatus/usage`` for
  ///   options that need manifests where there are none.
  static func read(_ paths: [String], _ options: ManifestOptions) throws -> [ScenarioInput] {
    let manifests = paths.filter { ManifestImport.isManifest(path: $0) }
    if manifests.isEmpty, options.isGiven {
      throw CommandFailure(
        .usage,
        "--profile, --workload, --candidate and --also are for manifests, and these are scenarios")
    }
    var inputs: [ScenarioInput] = []
    var isImported = false
    for path in paths {
      guard manifests.contains(path) else {
        inputs.append(
          ScenarioInput(file: try ScenarioReader.read(path: path), leftOut: [], notes: []))
        continue
      }
      if isImported { continue }
      isImported = true
      let imported = try options.scenario(of: manifests)
      let file = try ScenarioReader.read(
        text: imported.text, path: imported.name + ".yaml", traceText: nil)
      inputs.append(
        ScenarioInput(file: file, leftOut: imported.leftOut, notes: imported.notes))
    }
    return inputs
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
