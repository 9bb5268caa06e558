import LabUnits

/// The keys of one mapping of a manifest, read one by one; ``close()`` reports what nobody asked for.
///
///     var strategy = spec.section("strategy")
///     let kind = strategy?.text("type")
///     strategy?.leaveOut(["paused"], "a paused roll-out is played as if it were resumed")
///     strategy?.close()
///
/// A key whose spelling is near one that may stand here is an error, since the cluster would drop it
/// in silence; any other unknown key is kept in the list of what is not modelled.
struct ManifestFields {
  /// The object that the keys belong to: `Deployment web`.
  private(set) var object: String
  /// The path of the mapping below the object; empty for the object itself.
  let path: String
  /// Where the mapping stands.
  let place: ManifestPlace
  /// Where everything is reported to.
  let findings: ManifestFindings

  private let entries: [YAMLEntry]
  // Most mappings have a handful of keys, among which looking is quicker than hashing.
  private let positions: [String: Int]
  private static let fewKeys = 16
  private var known: [String] = []

  /// The keys of a mapping.
  init(
    _ entries: [YAMLEntry], object: String, path: String, place: ManifestPlace,
    findings: ManifestFindings
  ) {
    self.object = object
    self.path = path
    self.place = place
    self.findings = findings
    self.entries = entries
    positions =
      entries.count <= ManifestFields.fewKeys
      ? [:]
      : Dictionary(
        entries.enumerated().map { ($0.element.key, $0.offset) },
        uniquingKeysWith: { first, _ in first })
  }

  private func entry(_ key: String) -> YAMLEntry? {
    positions.isEmpty ? entries.first { $0.key == key } : positions[key].map { entries[$0] }
  }

  /// The same keys under another name of their object.
  func renamed(_ object: String) -> ManifestFields {
    var renamed = self
    renamed.object = object
    return renamed
  }

  /// The same keys, with reports that nobody hears.
  var silent: ManifestFields {
    ManifestFields(
      entries, object: object, path: path, place: place, findings: ManifestFindings())
  }

  /// The keys in the order of the file.
  var keys: [String] { entries.map { $0.key } }

  /// Whether a key stands here with a value other than null.
  func has(_ key: String) -> Bool { entry(key).map { !$0.value.isNull } ?? false }

  /// Whether a key stands here, also if its value is null.
  func hasKey(_ key: String) -> Bool { entry(key) != nil }

  /// Where a key stands; the mapping itself if it does not.
  func place(of key: String) -> ManifestPlace {
    entry(key).map { ManifestPlace(file: place.file, mark: $0.keyMark) } ?? place
  }

  /// The path of a key below the object.
  func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  /// The value behind a key, whatever it is; nil if it is absent or null.
  mutating func node(_ key: String) -> YAMLNode? {
    known.append(key)
    guard let entry = entry(key), !entry.value.isNull else { return nil }
    return entry.value
  }

  /// The value behind a key as a text; numbers and flags are texts too.
  mutating func text(_ key: String) -> Given<String>? {
    guard let node = node(key) else { return nil }
    guard case .scalar(let text, _) = node.content else {
      report(.wrongShape(key, found: node.shape, expected: "a text"), node)
      return nil
    }
    return given(text, key, node)
  }

  /// One of a few words.
  mutating func choice(_ key: String, _ words: [String]) -> Given<String>? {
    guard let text = text(key) else { return nil }
    if words.contains(text.value) { return text }
    findings.report(
      .notAChoice(
        key, text: text.value, choices: words,
        similar: EditDistance.nearest(to: text.value, in: words)), at: text.place)
    return nil
  }

  /// A whole number within a range.
  mutating func integer(_ key: String, _ range: ClosedRange<Int> = 0...Int(Int32.max)) -> Given<
    Int
  >? {
    guard let text = bare(key) else { return nil }
    guard let value = ManifestFields.whole(text.value) else {
      findings.report(.notAnInteger(key, text: text.value), at: text.place)
      return nil
    }
    if value < range.lowerBound {
      findings.report(
        .below(key, text: text.value, least: String(range.lowerBound)), at: text.place)
      return nil
    }
    if value > range.upperBound {
      findings.report(.above(key, text: text.value, most: String(range.upperBound)), at: text.place)
      return nil
    }
    return text.map { _ in value }
  }

  /// A number, with or without a fraction.
  mutating func number(_ key: String) -> Given<Double>? {
    guard let text = bare(key) else { return nil }
    guard ScalarReader.isNumber(text.value), let value = Double(text.value), value.isFinite else {
      findings.report(.notANumber(key, text: text.value), at: text.place)
      return nil
    }
    return text.map { _ in value }
  }

  /// `true` or `false`, or one of the words that YAML 1.1 has for them, as clusters read YAML.
  mutating func flag(_ key: String) -> Given<Bool>? {
    guard let text = bare(key) else { return nil }
    guard let value = YAMLNode.flag(text.value) else {
      findings.report(.notAFlag(key, text: text.value), at: text.place)
      return nil
    }
    return text.map { _ in value }
  }

  /// The value behind a key as a text that is written without quotes; with quotes, the cluster takes it for a text.
  private mutating func bare(_ key: String) -> Given<String>? {
    guard let node = node(key), let text = text(key) else { return nil }
    if case .scalar(_, isPlain: false) = node.content {
      findings.refuse(
        "\(key): the text \"\(text.value)\" stands where a number or a flag is expected",
        hint: "write it without quotes", at: text.place)
      return nil
    }
    return text
  }

  /// A whole number of decimal digits; a leading zero would mean octal digits to a cluster.
  private static func whole(_ text: String) -> Int? {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
      digits == "0" || !digits.hasPrefix("0")
    else { return nil }
    // A number too large for any range is out of it and still a number.
    return Int(text) ?? (text.hasPrefix("-") ? .min : .max)
  }

  /// The mapping behind a key.
  mutating func section(_ key: String) -> ManifestFields? {
    guard let node = node(key) else { return nil }
    return fields(node, path: path(of: key), label: key)
  }

  /// The items of the list behind a key, whatever they are; empty if it is absent.
  mutating func items(_ key: String) -> [YAMLNode] {
    guard let node = node(key) else { return [] }
    guard case .sequence(let items) = node.content else {
      report(.wrongShape(key, found: node.shape, expected: "a list"), node)
      return []
    }
    return items
  }

  /// The mappings of the list behind a key.
  mutating func sections(_ key: String) -> [ManifestFields] {
    items(key).enumerated().compactMap { index, node in
      fields(node, path: "\(path(of: key))[\(index)]", label: "\(key)[\(index)]")
    }
  }

  /// The texts of the list behind a key.
  mutating func texts(_ key: String) -> [Given<String>] {
    items(key).enumerated().compactMap { index, node in
      guard case .scalar(let text, _) = node.content else {
        report(.wrongShape("\(key)[\(index)]", found: node.shape, expected: "a text"), node)
        return nil
      }
      return Given(
        value: text, place: ManifestPlace(file: place.file, mark: node.mark),
        path: "\(path(of: key))[\(index)]")
    }
  }

  /// The texts behind the keys of the mapping behind a key, as labels and annotations are written.
  ///
  /// A number or a flag without quotes is refused, as the cluster refuses it: labels are texts.
  mutating func labels(_ key: String) -> [(key: String, value: Given<String>)] {
    guard var inner = section(key) else { return [] }
    return inner.keys.compactMap { name in
      guard let node = inner.node(name), let text = inner.text(name) else { return nil }
      if let word = node.otherTypeOfPlainText {
        findings.refuse(
          "\(name): \(text.value) is \(word), and \(key) are texts",
          hint: "write \"\(text.value)\" in quotes", at: text.place)
      }
      return (name, text)
    }
  }

  /// The mapping that a node is; reports it if it is none.
  func fields(_ node: YAMLNode, path: String, label: String) -> ManifestFields? {
    guard case .mapping(let entries, _) = node.content else {
      report(.wrongShape(label, found: node.shape, expected: "a mapping of keys"), node)
      return nil
    }
    return ManifestFields(
      entries, object: object, path: path,
      place: ManifestPlace(file: place.file, mark: node.mark), findings: findings)
  }

  /// Names keys that may stand here and are not modelled; those that stand here are listed as left out.
  mutating func leaveOut(_ keys: [String], _ reason: String = "") {
    for key in keys {
      known.append(key)
      guard has(key) else { continue }
      findings.leaveOut(
        LeftOutField(object: object, path: path(of: key), reason: reason, place: place(of: key)))
    }
  }

  /// Names keys that may stand here and say nothing about a release; they are not listed.
  mutating func pass(_ keys: [String]) { known += keys }

  /// Reports every key that nobody asked for.
  func close() {
    let unknown = unknownKeys
    guard !unknown.isEmpty else { return }
    let expected = Set(known).sorted()
    for key in unknown {
      if findings.mayAdvise(), let similar = EditDistance.nearest(to: key, in: expected) {
        findings.report(
          .unknownKey(key, expected: expected, advice: .similar(similar)), at: place(of: key))
      } else {
        findings.leaveOut(
          LeftOutField(
            object: object, path: path(of: key), reason: "the key is not known here",
            place: place(of: key)))
      }
    }
  }

  private var unknownKeys: [String] {
    if entries.count <= ManifestFields.fewKeys { return keys.filter { !known.contains($0) } }
    let asked = Set(known)
    return keys.filter { !asked.contains($0) }
  }

  /// Reports a fact about a value.
  func report(_ fault: ScenarioFault, _ node: YAMLNode) {
    findings.report(fault, at: ManifestPlace(file: place.file, mark: node.mark))
  }

  private func given<Value>(_ value: Value, _ key: String, _ node: YAMLNode) -> Given<Value> {
    Given(
      value: value, place: ManifestPlace(file: place.file, mark: node.mark), path: path(of: key))
  }
}
