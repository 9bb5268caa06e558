/// A value of a YAML file with its place: text, a list, or keys with values.
///
/// Plain scalars stay text: what `40`, `yes` or `1h30m` means is decided by the key they stand behind,
/// so the traps of YAML 1.1 (`010` is 8, `no` is false, `10:30` is 630) cannot happen.
struct YAMLNode {
  /// What stands there.
  let content: Content
  /// Where it stands.
  let mark: SourceMark
  /// How many values it holds, itself and written-out aliases included.
  let weight: Int
  /// How many levels it has: 1 for a text.
  let height: Int

  /// What can stand somewhere.
  enum Content {
    /// A text, and whether it was written without quotes.
    case scalar(String, isPlain: Bool)
    /// A list.
    case sequence([YAMLNode])
    /// Keys and values in the order of the file; `hasMerge` if a `<<` brought some of them.
    case mapping([YAMLEntry], hasMerge: Bool)
  }

  /// A value; its weight and height follow from what it holds.
  init(_ content: Content, mark: SourceMark) {
    self.content = content
    self.mark = mark
    var weight = 1
    var height = 0
    switch content {
    case .scalar: break
    case .sequence(let items):
      for item in items { (weight, height) = (weight + item.weight, max(height, item.height)) }
    case .mapping(let entries, _):
      for entry in entries {
        (weight, height) = (weight + 1 + entry.value.weight, max(height, entry.value.height))
      }
    }
    self.weight = weight
    self.height = height + 1
  }

  private init(_ node: YAMLNode, mark: SourceMark) {
    content = node.content
    weight = node.weight
    height = node.height
    self.mark = mark
  }

  /// The same value at another place: what an alias stands for.
  func moved(to mark: SourceMark) -> YAMLNode { YAMLNode(self, mark: mark) }

  /// Whether nothing was written, or one of the words that YAML has for nothing.
  var isNull: Bool {
    guard case .scalar(let text, true) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// The truth value that a word has in YAML 1.1, which clusters read; nil if it has none.
  ///
  /// Source: gopkg.in/yaml.v2, resolve.go, on which sigs.k8s.io/yaml is built.
  static func flag(_ word: String) -> Bool? {
    switch word {
    case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y": true
    case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N": false
    default: nil
    }
  }

  /// What a plain text is to a cluster, if not a text: `a number` or `a flag`.
  var otherTypeOfPlainText: String? {
    guard case .scalar(let text, true) = content else { return nil }
    if YAMLNode.flag(text) != nil { return "a flag" }
    return ScalarReader.isNumber(text) ? "a number" : nil
  }

  /// The value's shape, for messages.
  var shape: ScenarioFault.Shape {
    switch content {
    case .scalar: .value
    case .sequence: .list
    case .mapping: .mapping
    }
  }

  /// The value on one line, as YAML flow text.
  var flowText: String {
    switch content {
    case .scalar(let text, _): text
    case .sequence(let items): "[" + items.map { $0.flowText }.joined(separator: ", ") + "]"
    case .mapping(let entries, _):
      "{" + entries.map { "\($0.key): \($0.value.flowText)" }.joined(separator: ", ") + "}"
    }
  }
}

/// A key with its value and its place.
struct YAMLEntry {
  /// The key's text.
  let key: String
  /// Where the key stands.
  let keyMark: SourceMark
  /// What stands behind it.
  let value: YAMLNode
}
