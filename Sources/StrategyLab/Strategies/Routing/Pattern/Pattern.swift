/// A regular expression that is matched in linear time, whatever it says.
///
/// The text becomes an automaton whose states are followed side by side (Thompson 1968, "Regular
/// Expression Search Algorithm", doi:10.1145/363347.363387), so that no pattern can hang. What cannot be
/// had in that way (references back to a group, looking ahead or behind) is an error with its place,
/// as it is in RE2.
///
///     let pattern = try Pattern("^(.*?; )?type=insider(;.*)?$", .re2)
///     pattern.matchesWhole("a=1; type=insider")  // true
public struct Pattern: Sendable {
  /// Whose regular expressions these are.
  public enum Dialect: Sendable, Hashable {
    /// RE2, as Envoy and Istio use it; read as Go's `regexp/syntax` reads it, which is what Istio validates with.
    case re2
    /// PCRE, as NGINX uses it.
    case perl
  }

  /// The pattern as it was written.
  public let text: String
  /// Whose it is.
  public let dialect: Dialect

  private let program: PatternProgram

  /// The automaton of a pattern.
  ///
  /// - Throws: ``PatternError`` for what is no pattern of the dialect, or is one that cannot be played.
  public init(_ text: String, _ dialect: Dialect) throws(PatternError) {
    self.text = text
    self.dialect = dialect
    program = try PatternProgram(try PatternParser.parse(text, dialect))
  }

  /// Whether the pattern describes the value from its first to its last character.
  public func matchesWhole(_ value: String) -> Bool { program.run(value, isWhole: true) }

  /// Whether the pattern describes some part of the value.
  public func isFound(in value: String) -> Bool { program.run(value, isWhole: false) }
}

extension Pattern: Hashable {
  /// Compares patterns by what was written.
  public static func == (left: Pattern, right: Pattern) -> Bool {
    left.text == right.text && left.dialect == right.dialect
  }

  /// Hashes what was written.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(text)
    hasher.combine(dialect)
  }
}
