import LabUnits
import StrategyLab

/// What every key of a scenario file means, generated from the lists that the reader itself walks.
public enum KeyReference {
  /// What is known about a key, a section, or a form.
  ///
  ///     KeyReference.explain("service.readiness.period")
  ///     KeyReference.explain("strategies.canary.steps")
  ///     KeyReference.explain("maxSurge")                 // every place where such a key stands
  ///
  /// - Parameter path: Keys with points between them, with or without the names of forms and positions
  ///   in lists; or the last of them alone.
  /// - Returns: all places that the path can mean, nil if there is none.
  public static func explain(_ path: String) -> Explanation? {
    KeyCatalogue(Scenario.parameters).explain(path)
  }

  /// The paths that are spelled nearly like the given one, the nearest first, at most five.
  public static func suggestions(for path: String) -> [String] {
    KeyCatalogue(Scenario.parameters).suggestions(for: path)
  }

  /// Every key by its path, a line each with its default, for a terminal.
  public static func overview() -> String {
    let entries = KeyIndex(Scenario.parameters).entries
    let width = entries.map(\.path.count).max() ?? 0
    return entries.map { entry in
      let padding = String(repeating: " ", count: width - entry.path.count + 2)
      switch entry.parameter.presence {
      case .required: return "\(entry.path)\(padding)required"
      case .optional: return "\(entry.path)\(padding)optional"
      case .standard(let text): return "\(entry.path)\(padding)\(text)"
      }
    }.joined(separator: "\n") + "\n"
  }

  /// The reference page of all keys, kinds and diagnostic codes, in Markdown.
  public static func markdown() -> String {
    ReferencePage(Scenario.parameters).text
  }

  /// A JSON Schema (draft 2020-12) of scenario files, for editors.
  ///
  /// It refuses unknown keys and wrong shapes; what a pattern cannot say (ranges of quantities with units,
  /// contradictions between keys) only the reader itself finds.
  public static func jsonSchema() -> String {
    ScenarioSchema(Scenario.parameters).text
  }
}

/// What is known about a path: one topic, or several where the path is ambiguous.
public struct Explanation: Sendable, Hashable {
  /// One key, section or form.
  public struct Topic: Sendable, Hashable {
    /// The whole path: `strategies.canary.steps`.
    public let path: String
    /// What it means.
    public let meaning: String
    /// What may stand there, with an example; empty for a form.
    public let expected: String
    /// The range; empty if there is none.
    public let range: String
    /// The default as it would be written; nil if the key is required or optional.
    public let standard: String?
    /// Whether the key must be written.
    public let isRequired: Bool
    /// Where the default comes from; empty if nothing is to be said.
    public let source: String
    /// The keys, or the kinds, that may stand below.
    public let below: [String]
  }

  /// The topics, in the order of the catalogue; never empty.
  public let topics: [Topic]

  /// The explanation as lines for a terminal.
  public var text: String {
    let head = topics.count > 1 ? "\(topics.count) places:\n\n" : ""
    return head + topics.map { $0.text }.joined(separator: "\n")
  }
}

extension Explanation.Topic {
  /// The topic as lines for a terminal.
  var text: String {
    var lines = [path, "  \(meaning)"]
    if !expected.isEmpty { lines.append("  write:    \(expected)") }
    if !range.isEmpty { lines.append("  range:    \(range)") }
    if isRequired { lines.append("  required") }
    if let standard { lines.append("  default:  \(standard)") }
    if !source.isEmpty { lines.append("  source:   \(source)") }
    if !below.isEmpty { lines.append("  below:    \(below.joined(separator: ", "))") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What is known about a key.
  init(path: String, _ parameter: Parameter) {
    self.path = path
    meaning = parameter.meaning
    expected = parameter.kind.expectation
    range = parameter.kind.range
    if case .standard(let text) = parameter.presence { standard = text } else { standard = nil }
    isRequired = parameter.presence == .required
    source = parameter.source
    below = parameter.kind.below
  }

  /// What is known about a form.
  init(path: String, _ family: VariantFamily, _ form: VariantForm) {
    self.path = path
    meaning = form.summary
    expected = "\(family.discriminator): \(form.name)"
    range = ""
    standard = nil
    isRequired = false
    source = ""
    below = (family.commonParameters + form.parameters).map { $0.key }
  }

  /// What is known about the key that names the form.
  init(path: String, discriminatorOf family: VariantFamily) {
    self.path = path
    meaning = "Which kind of \(family.name) this is."
    expected = "one of \(family.forms.map { $0.name }.joined(separator: ", "))"
    range = ""
    standard = family.standardForm
    isRequired = family.standardForm == nil
    source = ""
    below = []
  }
}
