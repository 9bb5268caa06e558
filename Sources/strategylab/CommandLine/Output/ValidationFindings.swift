import FoundationEssentials
import LabScenarioFiles

/// What `validate --format json` prints: every file with its diagnostics.
struct ValidationFindings: Encodable {
  /// The version of this form.
  let schemaVersion = 1
  /// The files in the order of the command line.
  let files: [File]

  /// One file.
  struct File: Encodable {
    /// The path as it was given.
    let file: String
    /// Whether it can be played.
    let valid: Bool
    /// How many strategies it compares; nil if it cannot be read.
    let strategies: Int?
    /// What is wrong with it.
    let diagnostics: [Finding]
    /// What to know about a release that manifests describe; empty for a scenario file.
    let notes: [String]
    /// What of manifests is read and not modelled; empty for a scenario file.
    let leftOut: [String]

    /// Writes every key, so that a file that cannot be read has the strategies `null`.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(file, forKey: .file)
      try container.encode(valid, forKey: .valid)
      try container.encode(strategies, forKey: .strategies)
      try container.encode(diagnostics, forKey: .diagnostics)
      try container.encode(notes, forKey: .notes)
      try container.encode(leftOut, forKey: .leftOut)
    }

    private enum CodingKeys: String, CodingKey {
      case file, valid, strategies, diagnostics, notes, leftOut
    }

    /// A file that can be played.
    init(_ file: String, strategies: Int, notes: [String], leftOut: [String]) {
      (self.file, valid, self.strategies, diagnostics) = (file, true, strategies, [])
      (self.notes, self.leftOut) = (notes, leftOut)
    }

    /// A file that cannot.
    init(_ file: String, diagnostics: [Diagnostic]) {
      (self.file, valid, strategies) = (file, false, nil)
      self.diagnostics = diagnostics.map { Finding($0) }
      (notes, leftOut) = ([], [])
    }
  }

  /// One diagnostic.
  struct Finding: Encodable {
    let severity: String
    let code: String
    let file: String
    let line: Int
    let column: Int
    let message: String
    let notes: [String]
    let hint: String

    init(_ diagnostic: Diagnostic) {
      severity = diagnostic.severity.rawValue
      code = diagnostic.code.rawValue
      file = diagnostic.file
      line = diagnostic.line
      column = diagnostic.column
      message = diagnostic.message
      notes = diagnostic.notes.map(\.message)
      hint = diagnostic.hint
    }
  }

  /// The findings as one object, keys in alphabetical order.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
