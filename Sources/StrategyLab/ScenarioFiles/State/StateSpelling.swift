/// What a state may be spelled like besides the one way of its keys: other names, numbers without a unit, JSON's null.
struct StateSpelling {
  /// What no spelling can mean.
  private(set) var faults: [LocatedFault] = []

  private static let otherNames = ["old": "stable", "new": "candidate"]
  /// The keys whose bare numbers have a unit that everybody means.
  private static let units = ["weight": "%", "elapsed": "s"]
  /// The keys behind which a bare word stands, which no number is.
  private static let words = ["phase", "analysis"]
  private static let numbers = [
    "replicas", "step", "failedChecks", "iterations", "desired", "ready", "available", "starting",
    "pending", "terminating",
  ]

  /// The entries in the one way of the keys; what is null is left out.
  mutating func standard(_ entries: [YAMLEntry]) -> [YAMLEntry] {
    var result: [YAMLEntry] = []
    for entry in entries where !entry.value.isNull {
      let key = Self.otherNames[entry.key] ?? entry.key
      if result.contains(where: { $0.key == key }) {
        report(.otherName(entry.key), at: entry.keyMark)
        continue
      }
      result.append(YAMLEntry(key: key, keyMark: entry.keyMark, value: value(entry.value, of: key)))
    }
    return result
  }

  private mutating func value(_ node: YAMLNode, of key: String) -> YAMLNode {
    switch node.content {
    case .mapping(let entries, let hasMerge):
      return YAMLNode(.mapping(standard(entries), hasMerge: hasMerge), mark: node.mark)
    case .sequence: return node
    case .scalar(let text, let isPlain):
      if isPlain, ScalarReader.isNumber(text), let unit = Self.units[key] {
        return YAMLNode(.scalar(text + unit, isPlain: true), mark: node.mark)
      }
      let isNoWord = isPlain && (ScalarReader.isNumber(text) || ["true", "false"].contains(text))
      if Self.words.contains(key), isNoWord {
        report(.notAWord(key, text: text), at: node.mark)
      }
      if !isPlain, Self.numbers.contains(key) {
        report(.notAnInteger(key, text: "\"\(text)\""), at: node.mark)
      } else if !isPlain, key == "aborted" {
        report(.notAFlag(key, text: "\"\(text)\""), at: node.mark)
      }
      return node
    }
  }

  private mutating func report(_ fault: ScenarioFault, at mark: SourceMark) {
    // What a text in quotes means is read all the same, so that nothing else is reported of it.
    faults.append(LocatedFault(fault: fault, mark: mark))
  }
}

extension ScenarioFault {
  /// A number or a truth value stands where a word is expected.
  fileprivate static func notAWord(_ key: String, text: String) -> ScenarioFault {
    .contradiction(
      ScenarioContradiction(
        code: .wrongShape, message: "'\(key)' is \(text), expected a word of the controller",
        hint: "write it as the controller does, such as \"Running\""))
  }

  /// Two names of one thing are both written.
  fileprivate static func otherName(_ name: String) -> ScenarioFault {
    .contradiction(
      ScenarioContradiction(
        code: .duplicateKey, message: "'\(name)' says again what was said before",
        hint: "'old' is another name of 'stable', 'new' of 'candidate'; write one of them"))
  }
}
