import FoundationEssentials

/// One case of a controller's own tests: a rule, what goes in, and what has to come out.
struct ConformanceCase: Decodable, Sendable {
  var id: String
  var group: String
  var input: CaseValue
  var expect: CaseValue
  var note: String?
  /// The case's name in the tests it comes from; empty if it has none.
  var wording = ""
  /// What the case is about, in the words of the values from theory.
  var formula: String?
  var tolerance: CaseTolerance

  private enum CodingKeys: String, CodingKey {
    case id, group, input, inputs, expect, expected, tolerance, note, formula
    case wording = "upstream_case"
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    group = try container.decode(String.self, forKey: .group)
    // The values from theory spell the two in another way than the cases of the controllers.
    input =
      try container.decodeIfPresent(CaseValue.self, forKey: .input)
      ?? container.decode(CaseValue.self, forKey: .inputs)
    expect =
      try container.decodeIfPresent(CaseValue.self, forKey: .expect)
      ?? container.decode(CaseValue.self, forKey: .expected)
    note = try container.decodeIfPresent(String.self, forKey: .note)
    wording = try container.decodeIfPresent(String.self, forKey: .wording) ?? ""
    formula = try container.decodeIfPresent(String.self, forKey: .formula)
    tolerance = CaseTolerance(
      try container.decodeIfPresent(CaseValue.self, forKey: .tolerance) ?? .null)
  }
}

/// Why a case says nothing about this program.
struct NotApplicable: Error {
  var reason: String

  init(_ reason: String) { self.reason = reason }
}

/// An answer to a part of what a case asks, and why the program has none to the rest.
struct PartialAnswer: Error {
  var answer: CaseValue
  var reason: String

  init(_ answer: CaseValue, without reason: String) {
    self.answer = answer
    self.reason = reason
  }
}

/// Plays the input of a case by a rule of the program; the answer is held against what is expected.
///
/// The whole case is handed over only for its wording (`note`); a rule that reads `expect` would test nothing.
typealias CaseRule = @Sendable (ConformanceCase) throws -> CaseValue
