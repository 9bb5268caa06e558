import LabUnits
import StrategyLab

/// Reads a YAML tree by lists of parameters: the one reader for every key there is.
///
/// It never stops at a fault: what is wrong is collected, and the values are only to be used when
/// nothing was. Defaults are YAML text read by the same code, so that a default can say nothing that a
/// file could not.
struct ParameterDecoder {
  /// Everything that is wrong, in the order in which it was found.
  private(set) var faults: [LocatedFault] = []
  /// Every value that was read or taken as default, in the order of the catalogue.
  private(set) var assumptions: [Assumption] = []
  /// The place to point at for each path that the file writes.
  private(set) var marks: [String: SourceMark] = [:]

  private let index: KeyIndex
  /// The source of the default that is now being read; nil while the file itself is read.
  private var source: String?
  private var defaults: [String: YAMLNode] = [:]
  private var advised = 0

  /// A decoder of the keys of a catalogue.
  init(_ catalogue: [Parameter]) {
    index = KeyIndex(catalogue)
  }

  /// What a list of keys is about, for messages and paths.
  struct Place {
    /// The path of what holds the keys: `strategies[1]`, empty at the top.
    let path: String
    /// Where it stands in the file.
    let mark: SourceMark
    /// The names of the forms on the way, with which the index finds the keys.
    let keyPath: String

    /// The place of a key.
    func key(_ key: String, _ mark: SourceMark) -> Place {
      Place(
        path: path.isEmpty ? key : "\(path).\(key)", mark: mark,
        keyPath: keyPath.isEmpty ? key : "\(keyPath).\(key)")
    }

    /// The last part of the path, for messages.
    var label: String { path.split(separator: ".").last.map(String.init) ?? "" }
  }

  /// The values of a mapping's keys, defaults filled in.
  ///
  /// - Parameters:
  ///   - parameters: The keys that may stand there.
  ///   - entries: What stands there.
  ///   - place: Where.
  ///   - discriminator: A key that the caller has read already.
  ///   - shorthand: The key for which a bare value stands; its path is that of the whole.
  /// - Returns: the values; incomplete if a fault was found.
  mutating func section(
    _ parameters: [Parameter], _ entries: [YAMLEntry], at place: Place,
    discriminator: String? = nil, shorthand: String? = nil
  ) -> ParameterValues {
    let written = Dictionary(
      entries.lazy.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    var values = ParameterValues()
    for parameter in parameters {
      if let entry = written[parameter.key] {
        let inner =
          shorthand == parameter.key ? place : place.key(parameter.key, entry.keyMark)
        values[parameter.key] = present(parameter, entry, at: inner)
      } else {
        values[parameter.key] = absent(parameter, at: place)
      }
    }
    reportUnknownKeys(parameters, entries, at: place, discriminator: discriminator)
    return values
  }

  private mutating func reportUnknownKeys(
    _ parameters: [Parameter], _ entries: [YAMLEntry], at place: Place, discriminator: String?
  ) {
    let expected = (discriminator.map { [$0] } ?? []) + parameters.map { $0.key }
    let known = Set(expected)
    for entry in entries where !known.contains(entry.key) {
      // Advice costs a comparison with every key there is; nobody reads it a hundred times.
      let isAdvised = advised < 100
      if isAdvised { advised += 1 }
      let advice =
        isAdvised
        ? index.advice(for: entry.key, at: place.keyPath, expected: expected) : nil
      report(.unknownKey(entry.key, expected: expected, advice: advice), at: entry.keyMark)
    }
  }

  private mutating func present(_ parameter: Parameter, _ entry: YAMLEntry, at place: Place)
    -> ParameterValue?
  {
    if entry.value.isNull {
      note(place.path, entry.keyMark)
      report(
        .emptyValue(
          parameter.key, isRequired: parameter.presence == .required,
          isSection: parameter.kind.isSection), at: entry.keyMark)
      return nil
    }
    return value(parameter.kind, entry.value, at: place)
  }

  private mutating func absent(_ parameter: Parameter, at place: Place) -> ParameterValue? {
    switch parameter.presence {
    case .optional: return nil
    case .required:
      report(
        .missingKey(parameter.key, owner: place.label, example: parameter.kind.example),
        at: place.mark)
      return nil
    case .standard(let text):
      return standard(parameter, text, at: place.key(parameter.key, place.mark))
    }
  }

  /// The value that a default's text means, by the same way that a file's text goes.
  private mutating func standard(_ parameter: Parameter, _ text: String, at place: Place)
    -> ParameterValue?
  {
    let outerSource = source
    let faultCount = faults.count
    source = parameter.source
    defer { source = outerSource }
    guard let node = defaultNode(text) else {
      report(.brokenDefault(place.path, text: text, reason: "it is not valid YAML"), at: place.mark)
      return nil
    }
    let result = value(parameter.kind, node, at: place)
    if faults.count > faultCount {
      let reason = faults[faultCount].fault.message
      faults.removeSubrange(faultCount...)
      report(.brokenDefault(place.path, text: text, reason: reason), at: place.mark)
    }
    return result
  }

  private mutating func defaultNode(_ text: String) -> YAMLNode? {
    if let known = defaults[text] { return known }
    let (root, problems) = YAMLReader.read(Array(text.utf8))
    guard let root, problems.isEmpty else { return nil }
    defaults[text] = root
    return root
  }

  /// The value of any kind behind a key, or of an item of a list.
  mutating func value(_ kind: ParameterKind, _ node: YAMLNode, at place: Place) -> ParameterValue? {
    switch kind {
    case .section(let parameters):
      note(place.path, place.mark)
      guard case .mapping(let entries, _) = node.content else {
        return wrongShape(node, expected: kind, at: place)
      }
      return .section(section(parameters, entries, at: place))
    case .list(let item, let minimumCount):
      note(place.path, place.mark)
      guard case .sequence(let nodes) = node.content else {
        return wrongShape(node, expected: kind, at: place)
      }
      return list(of: item, nodes, minimumCount: minimumCount, node, at: place)
    case .variant(let family):
      note(place.path, place.mark)
      return variant(family, node, at: place)
    default:
      note(place.path, node.mark)
      guard case .scalar(let text, _) = node.content else {
        return wrongShape(node, expected: kind, at: place)
      }
      assume(place.path, text)
      do throws(ScenarioFault) {
        return try ScalarReader.value(text, as: kind, key: place.label)
      } catch {
        report(error, at: node.mark)
        return nil
      }
    }
  }

  private mutating func list(
    of kind: ParameterKind, _ nodes: [YAMLNode], minimumCount: Int, _ list: YAMLNode,
    at place: Place
  ) -> ParameterValue? {
    if nodes.count < minimumCount {
      report(.tooFewItems(place.label, count: nodes.count, least: minimumCount), at: place.mark)
    }
    // A list of plain values is one fact; a list of mappings is as many as it has leaves.
    let isFlat = kind.isLeaf || nodes.isEmpty
    if isFlat { assume(place.path, list.flowText) }
    let assumptionCount = assumptions.count
    var values: [ParameterValue] = []
    for (index, node) in nodes.enumerated() {
      let inner = Place(path: "\(place.path)[\(index)]", mark: node.mark, keyPath: place.keyPath)
      if node.isNull {
        report(.emptyValue(inner.label, isRequired: false, isSection: false), at: node.mark)
      } else if let value = value(kind, node, at: inner) {
        values.append(value)
      }
    }
    if isFlat { assumptions.removeSubrange(assumptionCount...) }
    return .list(values)
  }
}

extension ParameterDecoder {
  /// Keeps a fact with its place.
  mutating func report(_ fault: ScenarioFault, at mark: SourceMark) {
    faults.append(LocatedFault(fault: fault, mark: mark))
  }

  /// Keeps where a path stands, if it is the file that says so.
  mutating func note(_ path: String, _ mark: SourceMark) {
    if source == nil { marks[path] = mark }
  }

  /// Keeps a value for the list of assumptions.
  mutating func assume(_ path: String, _ text: String) {
    assumptions.append(
      Assumption(path: path, value: text, isGiven: source == nil, source: source ?? ""))
  }

  /// Reports that a value has another shape than its key wants; the value is then missing.
  mutating func wrongShape(_ node: YAMLNode, expected kind: ParameterKind, at place: Place)
    -> ParameterValue?
  {
    report(.wrongShape(place.label, found: node.shape, expected: kind.words), at: node.mark)
    return nil
  }
}
