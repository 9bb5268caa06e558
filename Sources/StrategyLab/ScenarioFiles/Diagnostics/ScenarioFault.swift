import LabUnits

/// Everything that can be wrong with a scenario file and its trace, as facts.
///
/// `ScenarioFault+English.swift` turns a fact into sentences; nothing else does.
enum ScenarioFault: Error, Hashable {
  // The file.
  case file(FileProblem)
  case notText(TextCheck.Problem.Fact)
  case emptyFile

  // The YAML.
  case syntax(problem: String, context: String, contextMark: SourceMark?)
  case tabIndentation
  case cannotStart(String)
  case tooManyValues(limit: Int)
  case tooDeep(limit: Int)
  case unknownAlias(String)
  case recursiveAlias(String)
  case secondDocument
  case duplicateKey(String, first: SourceMark)
  case keyNotText
  case tag(String)
  case mergeOfNoMapping
  case mergeOfMerge

  // Keys.
  case unknownKey(String, expected: [String], advice: KeyAdvice?)
  case missingKey(String, owner: String, example: String)
  case emptyValue(String, isRequired: Bool, isSection: Bool)
  case wrongShape(String, found: Shape, expected: String)
  case tooFewItems(String, count: Int, least: Int)
  case unknownForm(String, family: String, forms: [String], similar: String?)
  case missingForm(family: String, discriminator: String, forms: [String], candidate: String?)
  case brokenDefault(String, text: String, reason: String)

  // Values.
  case quantity(String, QuantityError)
  case below(String, text: String, least: String)
  case above(String, text: String, most: String)
  case notAnInteger(String, text: String)
  case notANumber(String, text: String)
  case notFinite(String, text: String)
  case notAFlag(String, text: String)
  case notAChoice(String, text: String, choices: [String], similar: String?)
  case emptyText(String)

  // Values that are each well written.
  case contradiction(ScenarioContradiction)

  // The trace.
  case trace(TraceFault)

  /// What kind of YAML value stands somewhere.
  enum Shape: Sendable, Hashable {
    case value, list, mapping
  }

  /// What an unknown key was probably meant to be.
  enum KeyAdvice: Sendable, Hashable {
    /// A key that may stand here is spelled almost so.
    case similar(String)
    /// The key is known, elsewhere.
    case elsewhere(String, places: [String])
    /// A key known elsewhere is spelled almost so.
    case similarElsewhere(String, place: String)
  }
}

/// Values that contradict each other although each is well written.
struct ScenarioContradiction: Hashable {
  /// The kind of contradiction.
  let code: DiagnosticCode
  /// What was found and what was expected.
  let message: String
  /// How to mend it.
  let hint: String
}

/// A fact and its place.
struct LocatedFault: Error, Hashable {
  /// What is wrong.
  let fault: ScenarioFault
  /// Where.
  let mark: SourceMark
}
