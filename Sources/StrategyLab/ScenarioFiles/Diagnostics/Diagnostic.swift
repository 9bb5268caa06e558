/// One finding in a file: what is wrong, where, and what to do about it.
public struct Diagnostic: Sendable, Hashable {
  /// How bad a finding is.
  public enum Severity: String, Sendable, Hashable {
    /// The file cannot be used.
    case error
    /// The file can be used, but probably does not mean what its author thinks.
    case warning
  }

  /// A remark beside a finding, with the place it speaks of, if it speaks of one.
  public struct Note: Sendable, Hashable {
    /// The remark.
    public let message: String
    /// A place in the same file.
    public let mark: SourceMark?

    /// A remark.
    public init(_ message: String, mark: SourceMark? = nil) {
      self.message = message
      self.mark = mark
    }
  }

  /// How bad it is.
  public let severity: Severity
  /// The kind of finding.
  public let code: DiagnosticCode
  /// The file, as it was named.
  public let file: String
  /// The place in the file.
  public let mark: SourceMark
  /// What was found and what was expected: lower-case start, no full stop.
  public let message: String
  /// Remarks beside it.
  public let notes: [Note]
  /// What to do; empty if the message says it all.
  public let hint: String
  /// The line with the place; nil if there is none to show.
  public let excerpt: SourceExcerpt?

  /// The line, from 1; 0 for the file as a whole.
  public var line: Int { mark.line }
  /// The column, from 1, in Unicode scalars; 0 for the file as a whole.
  public var column: Int { mark.column }
  /// How many scalars are meant, at least 1.
  public var length: Int { mark.length }
}

extension Diagnostic {
  /// The diagnostics of facts in one file, in the order of their places.
  static func diagnostics(of facts: [LocatedFault], file: String, bytes: [UInt8]) -> [Diagnostic] {
    var source = SourceText(bytes)
    // Facts at one place stay in the order in which they were found, so that the output is always the same.
    let sorted = facts.enumerated().sorted {
      ($0.element.mark, $0.offset) < ($1.element.mark, $1.offset)
    }
    return sorted.map { _, fact in
      Diagnostic(
        severity: .error, code: fact.fault.code, file: file, mark: fact.mark,
        message: fact.fault.message, notes: fact.fault.notes, hint: fact.fault.hint,
        excerpt: source.excerpt(at: fact.mark))
    }
  }
}

/// Why a scenario file cannot be used: everything that is wrong with it, at once.
public struct ScenarioFileError: Error, Sendable {
  /// The findings, in the order of their places; never empty.
  public let diagnostics: [Diagnostic]

  /// All findings as text for a terminal, at most a hundred of them in full.
  ///
  /// - Parameter color: Whether to use the escape sequences of a colour terminal.
  /// - Returns: lines, each with its end.
  public func rendered(color: Bool) -> String {
    let renderer = DiagnosticRenderer(color: color)
    var text = diagnostics.prefix(100).map(renderer.render).joined()
    if diagnostics.count > 100 { text += "... and \(diagnostics.count - 100) more errors\n" }
    return text
  }
}
