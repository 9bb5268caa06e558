/// Reads the comparisons of a condition by descent.
///
/// What it does not know it refuses, so that nothing is taken for something else.
struct AnalysisConditionParser {
  /// What a side of a comparison is.
  private enum Term: Equatable {
    case value, count, nothing
    case number(Double)
  }

  private let tokens: [String]
  private var index = 0
  private var depth = 0
  /// How many times a part was begun: parentheses are tried both ways, which is held within bounds.
  private var attempts = 0

  /// A parser at the start of a text; nil if the text holds a sign that no comparison has.
  init?(_ text: String) {
    var tokens: [String] = []
    let characters = Array(text)
    guard characters.count <= 2000 else { return nil }
    var at = 0
    while at < characters.count {
      let character = characters[at]
      if character.isWhitespace {
        at += 1
        continue
      }
      var word = String(character)
      at += 1
      if character.isLetter || character.isNumber || character == "_" {
        while at < characters.count,
          characters[at].isLetter || characters[at].isNumber || characters[at] == "_"
            || (characters[at] == "." && character.isNumber)
        {
          word.append(characters[at])
          at += 1
        }
      } else if at < characters.count {
        let pair = word + String(characters[at])
        if ["<=", ">=", "==", "!=", "&&", "||"].contains(pair) {
          word = pair
          at += 1
        }
      }
      tokens.append(word)
    }
    self.tokens = tokens
  }

  /// The meaning of the whole text; nil if it is not understood.
  mutating func condition() -> AnalysisCondition? {
    guard let result = disjunction(), index == tokens.count else { return nil }
    return result
  }

  private var next: String? { index < tokens.count ? tokens[index] : nil }

  private mutating func take(_ words: String...) -> Bool {
    guard let next, words.contains(next) else { return false }
    index += 1
    return true
  }

  /// Begins a part, unless there are too many or they are too deep; a false is not to be left again.
  private mutating func enter() -> Bool {
    guard depth < 50, attempts < 10_000 else { return false }
    depth += 1
    attempts += 1
    return true
  }

  private mutating func disjunction() -> AnalysisCondition? {
    guard var left = conjunction() else { return nil }
    while take("||", "or") {
      guard let right = conjunction(), let both = left.or(right) else { return nil }
      left = both
    }
    return left
  }

  private mutating func conjunction() -> AnalysisCondition? {
    guard var left = factor() else { return nil }
    while take("&&", "and") {
      guard let right = factor(), let both = left.and(right) else { return nil }
      left = both
    }
    return left
  }

  private mutating func factor() -> AnalysisCondition? {
    guard enter() else { return nil }
    defer { depth -= 1 }
    if take("!", "not") { return factor()?.negated }
    let start = index
    if take("("), let inner = disjunction(), take(")") { return inner }
    index = start
    if take("isNaN", "isInf", "isNil") {
      guard take("("), term() == .value, take(")") else { return nil }
      return AnalysisCondition(acceptsNothing: true)
    }
    return comparison()
  }

  private mutating func comparison() -> AnalysisCondition? {
    guard let left = term(), let sign = next, ["<", "<=", ">", ">=", "==", "!="].contains(sign)
    else { return nil }
    index += 1
    guard let right = term() else { return nil }
    switch (left, right) {
    case (.value, .number(let number)): return bound(sign, number)
    case (.number(let number), .value): return bound(mirrored(sign), number)
    case (.value, .nothing), (.nothing, .value):
      guard sign == "==" || sign == "!=" else { return nil }
      return AnalysisCondition(acceptsNothing: sign == "==")
    case (.count, .number(let number)): return presence(sign, number)
    case (.number(let number), .count): return presence(mirrored(sign), number)
    default: return nil
    }
  }

  private func mirrored(_ sign: String) -> String {
    ["<": ">", "<=": ">=", ">": "<", ">=": "<="][sign] ?? sign
  }

  private func bound(_ sign: String, _ number: Double) -> AnalysisCondition? {
    switch sign {
    case "<", "<=": AnalysisCondition(greatest: number)
    case ">", ">=": AnalysisCondition(least: number)
    case "==": AnalysisCondition(least: number, greatest: number)
    default: nil
    }
  }

  /// A comparison of how many values the query has answered with.
  private func presence(_ sign: String, _ number: Double) -> AnalysisCondition? {
    switch (sign, number) {
    case ("==", 0), ("<", 1), ("<=", 0): AnalysisCondition(acceptsNothing: true)
    case ("!=", 0), (">", 0), (">=", 1), ("==", 1): AnalysisCondition(acceptsNothing: false)
    default: nil
    }
  }

  private mutating func term() -> Term? {
    guard enter() else { return nil }
    defer { depth -= 1 }
    guard let word = next else { return nil }
    index += 1
    switch word {
    case "(":
      guard let inner = term(), take(")") else { return nil }
      return inner
    case "-":
      guard case .number(let number)? = term() else { return nil }
      return .number(-number)
    case "nil": return .nothing
    case "result":
      // `result[0]` and `result` are the value; a field of it is something that nobody knows here.
      if take("[") {
        guard let position = next, Int(position) != nil else { return nil }
        index += 1
        guard take("]") else { return nil }
      }
      return next == "." || next == "[" ? nil : .value
    case "len":
      guard take("("), take("result"), take(")") else { return nil }
      return .count
    case "asFloat", "asInt", "float", "int", "default":
      guard take("("), let inner = term() else { return nil }
      if word == "default" {
        guard take(","), case .number? = term() else { return nil }
      }
      return take(")") ? inner : nil
    default:
      guard let number = Double(word), number.isFinite else { return nil }
      return .number(number)
    }
  }
}
