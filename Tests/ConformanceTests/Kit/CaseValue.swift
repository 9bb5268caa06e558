import FoundationEssentials

/// A JSON value of a case: what goes into a rule, and what is expected to come out.
indirect enum CaseValue: Decodable, Sendable, Equatable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([CaseValue])
  case object([String: CaseValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([CaseValue].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: CaseValue].self))
    }
  }

  /// The value behind a key; `null` if there is none.
  subscript(key: String) -> CaseValue {
    guard case .object(let values) = self else { return .null }
    return values[key] ?? .null
  }

  /// The item at an index; `null` if there is none.
  subscript(index: Int) -> CaseValue {
    guard case .list(let items) = self, items.indices.contains(index) else { return .null }
    return items[index]
  }

  var isNull: Bool { self == .null }
  var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
  var number: Double? { if case .number(let number) = self { number } else { nil } }
  var text: String? { if case .text(let text) = self { text } else { nil } }
  var list: [CaseValue]? { if case .list(let list) = self { list } else { nil } }
  var object: [String: CaseValue]? { if case .object(let object) = self { object } else { nil } }

  /// The whole number; nil if it is none.
  var integer: Int? { number.flatMap { Int(exactly: $0) } }

  /// Whether a key stands in the object, also if its value is null.
  func has(_ key: String) -> Bool { object?[key] != nil }

  /// The value as JSON text, keys in alphabetical order.
  var jsonText: String {
    switch self {
    case .null: return "null"
    case .flag(let flag): return flag ? "true" : "false"
    case .number(let number):
      return Int(exactly: number).map { String($0) } ?? String(number)
    case .text(let text):
      var escaped = ""
      for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": escaped += "\\\""
        case "\\": escaped += "\\\\"
        case "\n": escaped += "\\n"
        case "\t": escaped += "\\t"
        case "\r": escaped += "\\r"
        default: escaped.unicodeScalars.append(scalar)
        }
      }
      return "\"\(escaped)\""
    case .list(let items): return "[" + items.map(\.jsonText).joined(separator: ", ") + "]"
    case .object(let values):
      return "{"
        + values.sorted { $0.key < $1.key }.map {
          "\(CaseValue.text($0.key).jsonText): \($0.value.jsonText)"
        }
        .joined(separator: ", ") + "}"
    }
  }
}

extension CaseValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByNilLiteral
{
  init(booleanLiteral value: Bool) { self = .flag(value) }
  init(integerLiteral value: Int) { self = .number(Double(value)) }
  init(stringLiteral value: String) { self = .text(value) }
  init(arrayLiteral elements: CaseValue...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, CaseValue)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { _, last in last }))
  }
  init(nilLiteral: ()) { self = .null }

  /// A whole number, or null.
  static func integer(_ value: Int?) -> CaseValue { value.map { .number(Double($0)) } ?? .null }
}

extension CaseValue {
  /// Where an answer differs from what a case expects; nil if it does not.
  ///
  /// What is expected is a subset: keys that it does not name are not asserted.
  ///
  /// - Parameters:
  ///   - expected: What the case expects.
  ///   - path: Where in the answer this value stands.
  ///   - tolerance: How far numbers may differ.
  ///   - isPartial: Whether keys at the top that the answer lacks are passed over.
  /// - Returns: the first difference, with its place.
  func difference(
    from expected: CaseValue, at path: String = "", within tolerance: CaseTolerance,
    isPartial: Bool = false
  ) -> String? {
    switch (expected, self) {
    case (.object(let wanted), .object(let got)):
      for (key, value) in wanted.sorted(by: { $0.key < $1.key }) {
        let place = path.isEmpty ? key : "\(path).\(key)"
        guard let found = got[key] else {
          if isPartial { continue }
          return "\(place): no answer, expected \(value.jsonText)"
        }
        if let difference = found.difference(from: value, at: place, within: tolerance) {
          return difference
        }
      }
      return nil
    case (.list(let wanted), .list(let got)):
      guard wanted.count == got.count else {
        return "\(path): \(jsonText), expected \(expected.jsonText)"
      }
      for (index, pair) in zip(wanted, got).enumerated() {
        if let difference = pair.1.difference(
          from: pair.0, at: "\(path)[\(index)]", within: tolerance)
        {
          return difference
        }
      }
      return nil
    case (.number(let wanted), .number(let got)):
      let key = String(path.prefix { $0 != "." && $0 != "[" })
      return tolerance.allows(got, for: wanted, at: key)
        ? nil : "\(path): \(jsonText), expected \(expected.jsonText)"
    default:
      return self == expected ? nil : "\(path): \(jsonText), expected \(expected.jsonText)"
    }
  }
}
