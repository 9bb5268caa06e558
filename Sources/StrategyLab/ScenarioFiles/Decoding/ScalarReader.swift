import LabUnits

/// Turns the text behind a key into a value of the key's kind.
enum ScalarReader {
  /// The value that a text means.
  ///
  /// - Parameters:
  ///   - text: The text as it stands in the file.
  ///   - kind: What may stand there; not a section, a list or a variant.
  ///   - key: The key, for messages.
  /// - Returns: the value, within its range.
  /// - Throws: what is wrong with the text.
  static func value(_ text: String, as kind: ParameterKind, key: String) throws(ScenarioFault)
    -> ParameterValue
  {
    switch kind {
    case .integer(let range): return .integer(try integer(text, within: range, key: key))
    case .number(let range): return .number(try number(text, within: range, key: key))
    case .flag:
      guard text == "true" || text == "false" else { throw .notAFlag(key, text: text) }
      return .flag(text == "true")
    case .text, .file:
      if text.isEmpty { throw .emptyText(key) }
      return .text(text)
    case .choice(let choices):
      guard choices.contains(text) else {
        throw .notAChoice(
          key, text: text, choices: choices, similar: EditDistance.nearest(to: text, in: choices))
      }
      return .text(text)
    case .span(let range):
      let span = try quantity(key) { () throws(QuantityError) in try Span(text: text) }
      try check(span, within: range, text: text, key: key) { $0.text }
      return .span(span)
    case .share(let range):
      let share = try quantity(key) { () throws(QuantityError) in try Share(text: text) }
      try check(share, within: range, text: text, key: key) { $0.text }
      return .share(share)
    case .replicas:
      return .replicas(
        try quantity(key) { () throws(QuantityError) in try ReplicaQuantity(text: text) })
    case .milliCores:
      return .whole(
        try quantity(key) { () throws(QuantityError) in
          try ComputeResources.milliCores(text: text)
        })
    case .bytes:
      return .whole(
        try quantity(key) { () throws(QuantityError) in
          try ComputeResources.memoryBytes(text: text)
        })
    case .rate:
      return .number(
        try quantity(key) { () throws(QuantityError) in try RateText.perSecond(text: text) })
    case .dollars:
      return .number(
        try quantity(key) { () throws(QuantityError) in try RateText.dollars(text: text) })
    case .dollarsPerHour:
      return .number(
        try quantity(key) { () throws(QuantityError) in try RateText.dollarsPerHour(text: text) })
    case .section, .list, .variant:
      preconditionFailure("a section, a list or a variant is no single value")
    }
  }

  private static func quantity<Value>(_ key: String, _ read: () throws(QuantityError) -> Value)
    throws(ScenarioFault) -> Value
  {
    do throws(QuantityError) { return try read() } catch { throw .quantity(key, error) }
  }

  private static func check<Value: Comparable>(
    _ value: Value, within range: ClosedRange<Value>, text: String, key: String,
    _ words: (Value) -> String
  ) throws(ScenarioFault) {
    if value < range.lowerBound { throw .below(key, text: text, least: words(range.lowerBound)) }
    if value > range.upperBound { throw .above(key, text: text, most: words(range.upperBound)) }
  }

  private static func integer(_ text: String, within range: ClosedRange<Int>, key: String)
    throws(ScenarioFault) -> Int
  {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let isDecimal = !digits.isEmpty && digits.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    // 010 is 8 to some readers of YAML and 10 to others: neither is guessed.
    guard isDecimal, digits == "0" || !digits.hasPrefix("0") else {
      throw namesNoNumber(text) ? .notFinite(key, text: text) : .notAnInteger(key, text: text)
    }
    guard let value = Int(text) else {
      throw text.hasPrefix("-")
        ? .below(key, text: text, least: "\(range.lowerBound)")
        : .above(key, text: text, most: "\(range.upperBound)")
    }
    try check(value, within: range, text: text, key: key) { "\($0)" }
    return value
  }

  private static func number(_ text: String, within range: ClosedRange<Double>, key: String)
    throws(ScenarioFault) -> Double
  {
    if namesNoNumber(text) { throw .notFinite(key, text: text) }
    guard isNumber(text), let value = Double(text) else { throw .notANumber(key, text: text) }
    try check(value, within: range, text: text, key: key, NumberText.text)
    return value
  }

  private static func namesNoNumber(_ text: String) -> Bool {
    var word = text.lowercased()[...]
    if word.hasPrefix("-") || word.hasPrefix("+") { word.removeFirst() }
    if word.hasPrefix(".") { word.removeFirst() }
    return ["nan", "inf", "infinity"].contains(word)
  }

  /// Whether a text is a number as JSON writes it: what `Double` reads besides (hexadecimal, `nan`) is not.
  static func isNumber(_ text: String) -> Bool {
    var rest = text.utf8[...]
    func digits() -> Bool {
      let count = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
      rest = rest.dropFirst(count)
      return count > 0
    }
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    guard digits() else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      guard digits() else { return false }
    }
    if let byte = rest.first, byte | 0x20 == UInt8(ascii: "e") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
      guard digits() else { return false }
    }
    return rest.isEmpty
  }
}

/// Numbers without a unit as people write them.
enum NumberText {
  /// The number without a point where it has no decimals.
  static func text(_ number: Double) -> String {
    number.magnitude < 1e15 && number == number.rounded() ? "\(Int64(number))" : "\(number)"
  }
}
