/// The rules of `analytic.json`: values from theory, held against the functions that the model is made of.
///
/// A case says which formula it is of; a formula that no part of the program has is not applicable.
enum AnalyticCases {
  static let rules: [String: CaseRule] = [
    "autoscale": { try play($0, autoscaling) },
    "queue": { try play($0, queues) },
    "stats": { try play($0, statistics) },
    "alert": { try play($0, alerts) },
    "arrivals": { try play($0, arrivals) },
    "release": { try play($0, releases) },
    "cost": { try play($0, costs) },
    "dns": { try play($0, names) },
  ]

  /// Formulas by how their names begin, the longer beginning first; each with the rule, or why there is none.
  typealias Formulas = [(name: String, rule: Rule)]

  enum Rule: Sendable {
    case plays(@Sendable (CaseValue) throws -> CaseValue)
    case lacks(String)
  }

  private static func play(_ one: ConformanceCase, _ formulas: Formulas) throws -> CaseValue {
    let formula = one.formula ?? ""
    guard let known = formulas.first(where: { formula.hasPrefix($0.name) }) else {
      throw NotApplicable("the program has no '\(formula)'")
    }
    switch known.rule {
    case .plays(let rule): return try rule(one.input)
    case .lacks(let reason): throw NotApplicable(reason)
    }
  }

  /// A number of an input.
  static func number(_ input: CaseValue, _ key: String) throws -> Double {
    guard let number = input[key].number else { throw NotApplicable("no number '\(key)'") }
    return number
  }

  /// A whole number of an input.
  static func integer(_ input: CaseValue, _ key: String) throws -> Int {
    guard let number = input[key].integer else { throw NotApplicable("no whole '\(key)'") }
    return number
  }

  /// A number of an input that is not negative: a rate, or a time.
  static func rate(_ input: CaseValue, _ key: String) throws -> Double {
    let value = try number(input, key)
    guard value >= 0 else { throw NotApplicable("'\(key)' is negative") }
    return value
  }

  /// A number of an input above 0.
  static func positive(_ input: CaseValue, _ key: String) throws -> Double {
    let value = try number(input, key)
    guard value > 0 else { throw NotApplicable("'\(key)' is not above 0") }
    return value
  }

  /// A whole number of an input above 0; 1 if the input leaves it out and may.
  static func count(_ input: CaseValue, _ key: String, isOptional: Bool = false) throws -> Int {
    if isOptional, !input.has(key) { return 1 }
    let value = try integer(input, key)
    guard value > 0 else { throw NotApplicable("'\(key)' is not above 0") }
    return value
  }

  /// The numbers of a list.
  static func numbers(_ input: CaseValue, _ key: String) throws -> [Double] {
    guard let list = input[key].list else { throw NotApplicable("no list '\(key)'") }
    return list.compactMap(\.number)
  }

  /// A number as an answer; what is infinite or undefined has no number in JSON.
  static func figure(_ value: Double?) -> CaseValue {
    guard let value, value.isFinite else { return .null }
    return .number(value)
  }
}
