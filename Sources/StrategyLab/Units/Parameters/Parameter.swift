/// One key of a scenario file: what it is called, what may stand there, what it means, and where its default comes from.
///
/// Every section, strategy, defect and monitor lists its own parameters beside its code. The reader of
/// scenario files, `strategylab explain`, the reference page and the JSON Schema are all generated from
/// these lists, so none of them can drift from the others.
public struct Parameter: Sendable, Hashable {
  /// The key in lower camel case, as it stands in the file.
  public let key: String
  /// What may stand behind the key.
  public let kind: ParameterKind
  /// What happens when the key is left out.
  public let presence: Presence
  /// One or two sentences for a person who meets the key for the first time.
  public let meaning: String
  /// Where the default, or the idea, comes from; empty for a required key.
  public let source: String

  /// What a scenario means when it leaves a key out.
  public enum Presence: Sendable, Hashable {
    /// The key must be written.
    case required
    /// The thing the key describes is then not there.
    case optional
    /// This text is read as if it had been written.
    case standard(String)
  }

  /// A key that must be written.
  public static func required(_ key: String, _ kind: ParameterKind, _ meaning: String) -> Parameter
  {
    Parameter(key: key, kind: kind, presence: .required, meaning: meaning, source: "")
  }

  /// A key that may be left out, and then describes nothing.
  public static func optional(
    _ key: String, _ kind: ParameterKind, _ meaning: String, source: String = ""
  ) -> Parameter {
    Parameter(key: key, kind: kind, presence: .optional, meaning: meaning, source: source)
  }

  /// A key with a default, written as it would stand in the file, and the source of that default.
  public static func standard(
    _ key: String, _ kind: ParameterKind, _ text: String, _ meaning: String, source: String
  ) -> Parameter {
    Parameter(key: key, kind: kind, presence: .standard(text), meaning: meaning, source: source)
  }
}
