import LabStrategies
import LabUnits
import StrategyLab

/// Contradictions in a file that has other faults too, so that all of them are reported at once.
extension ScenarioAssembly {
  /// What contradicts itself among the parts of a file that were read well.
  ///
  /// Sections with a fault are left out, or replaced where a scenario cannot do without them, and so are strategies
  /// with one. A contradiction is kept only if nothing that was left out can have made it.
  ///
  /// - Parameters:
  ///   - faults: what was found in the keys.
  ///   - entries: the file's keys at the top.
  /// - Returns: located contradictions, in the order of the sections.
  func contradictions(besides faults: [LocatedFault], in entries: [YAMLEntry]) -> [LocatedFault] {
    // Who has a hundred faults mends those first; more would cost time on hostile files.
    guard faults.count <= 100, entries.count <= 100 else { return [] }
    var kept: [YAMLEntry] = []
    var replaced: Set<String> = []
    for (index, entry) in entries.enumerated() {
      let end = index + 1 < entries.count ? entries[index + 1].keyMark : nil
      guard hasFault(faults, from: entry.keyMark, to: end) else {
        kept.append(entry)
        continue
      }
      replaced.insert(entry.key)
      if let part = soundPart(of: entry, faults, before: end) { kept.append(part) }
    }
    // Where another key is in doubt, the file may mean it as one of those that are missing.
    guard kept.contains(where: { $0.key == "service" }),
      kept.contains(where: { $0.key == "traffic" })
    else { return [] }
    var decoder = ParameterDecoder(catalogue)
    let place = ParameterDecoder.Place(path: "", mark: .start, keyPath: "")
    let values = decoder.section(
      catalogue, kept.filter { entry in catalogue.contains { $0.key == entry.key } }, at: place)
    guard decoder.faults.isEmpty, values.variant("traffic").form != "trace" else { return [] }
    return Scenario(name: stem, values: values).problems()
      .filter { isCertain($0, replaced) }
      .map { located($0, decoder) }
  }

  /// Whether a contradiction stands whatever the replaced sections will say.
  private func isCertain(_ problem: ScenarioProblem, _ replaced: Set<String>) -> Bool {
    let section = String(problem.path.prefix { $0 != "." && $0 != "[" })
    switch section {
    case "strategies": return true
    // The horizon is held against all strategies, and the baseline is one of them.
    case "experiment": return replaced.isDisjoint(with: ["experiment", "strategies"])
    default: return replaced.isDisjoint(with: [section, "service", "traffic", "experiment"])
    }
  }

  /// What can be kept of a key with a fault: the strategies that have none, or the least that a scenario needs.
  private func soundPart(of entry: YAMLEntry, _ faults: [LocatedFault], before end: SourceMark?)
    -> YAMLEntry?
  {
    func replaced(_ content: YAMLNode.Content) -> YAMLEntry {
      YAMLEntry(
        key: entry.key, keyMark: entry.keyMark,
        value: YAMLNode(content, mark: entry.value.mark))
    }
    switch (entry.key, entry.value.content) {
    case ("strategies", .sequence(let items)):
      let sound = items.indices.filter { index in
        !hasFault(
          faults, from: items[index].mark,
          to: index + 1 < items.count ? items[index + 1].mark : end)
      }
      return sound.isEmpty ? nil : replaced(.sequence(sound.map { items[$0] }))
    case ("service", .mapping(let keys, _)):
      guard let replicas = keys.first(where: { $0.key == "replicas" }),
        !hasFault(faults, from: replicas.keyMark, to: replicas.value.mark),
        !faults.contains(where: { $0.mark == replicas.value.mark })
      else { return nil }
      return replaced(.mapping([replicas], hasMerge: false))
    case ("traffic", _): return replaced(.scalar("1/s", isPlain: true))
    default: return nil
    }
  }

  private func hasFault(_ faults: [LocatedFault], from start: SourceMark, to end: SourceMark?)
    -> Bool
  {
    func position(_ mark: SourceMark) -> (Int, Int) { (mark.line, mark.column) }
    return faults.contains { fault in
      position(fault.mark) >= position(start)
        && (end.map { position(fault.mark) < position($0) } ?? true)
    }
  }
}
