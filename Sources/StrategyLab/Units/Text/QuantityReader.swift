/// What the readers of all quantities share: the checks that come before a number and the facts behind it.
struct QuantityReader {
  let text: String
  let quantity: Quantity
  private(set) var rest: Substring.UTF8View

  /// A reader at the start of a text that is neither empty, negative, infinite nor broken by a space.
  init(_ text: String, as quantity: Quantity) throws(QuantityError) {
    self.text = text
    self.quantity = quantity
    rest = text[...].utf8
    if text.isEmpty { throw fault(.empty) }
    if QuantityReader.namesNoNumber(text) { throw fault(.notFinite) }
    if let sign = text.utf8.firstIndex(of: UInt8(ascii: "-")),
      sign == text.startIndex || text.hasPrefix("$-")
    {
      throw fault(text.utf8.contains { $0 >= 0x30 && $0 <= 0x39 } ? .negative : .malformed)
    }
    let spaces = text.utf8.filter { $0 == 0x20 || $0 == 0x09 }
    if !spaces.isEmpty {
      let isNumberAndUnit = text.utf8.first.map { $0 >= 0x30 && $0 <= 0x39 || $0 == 0x24 } ?? false
      throw fault(isNumberAndUnit ? .spaced : .malformed)
    }
  }

  /// The error that a fact makes of the text.
  func fault(_ fact: QuantityError.Fact) -> QuantityError {
    QuantityError(text: text, quantity: quantity, fact: fact)
  }

  /// Whether the whole text was taken.
  var isAtEnd: Bool { rest.isEmpty }

  /// Takes one character if it comes next.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  /// Takes an exact number.
  mutating func number() throws(QuantityError) -> ExactDecimal {
    switch ExactDecimal.scan(&rest) {
    case .absent: throw fault(.malformed)
    case .tooLarge: throw fault(.tooLarge)
    case .tooFine: throw fault(.tooFine)
    case .number(let number): return number
    }
  }

  /// Takes a number of any size as the nearest one that a `Double` holds.
  mutating func floatingNumber() throws(QuantityError) -> Double {
    let start = rest.startIndex
    if case .absent = ExactDecimal.scan(&rest) { throw fault(.malformed) }
    guard let value = Double(text[start..<rest.startIndex]) else { throw fault(.malformed) }
    return value
  }

  /// Takes letters, the percent sign, and the micro sign: what a unit can be made of.
  mutating func unit() -> String {
    let start = rest.startIndex
    while let byte = rest.first,
      byte >= 0x80 || byte == 0x25 || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
    {
      rest.removeFirst()
    }
    return String(text[start..<rest.startIndex])
  }

  /// A number of units in whole small units, none of them left over, at most the given limit.
  func whole(_ number: ExactDecimal, times unit: UInt64, limit: Int64 = .max) throws(QuantityError)
    -> Int64
  {
    switch number.times(unit) {
    case .tooFine: throw fault(.tooFine)
    case .tooLarge: throw fault(.tooLarge)
    case .exactly(let value):
      if value > limit { throw fault(.tooLarge) }
      return value
    }
  }

  /// The fact behind what stands where the text should end: an exponent, a foreign unit, or anything else.
  func trailing(_ unit: String) -> QuantityError {
    if (unit == "e" || unit == "E"), let next = rest.first,
      next >= 0x30 && next <= 0x39 || next == UInt8(ascii: "-") || next == UInt8(ascii: "+")
    {
      return fault(.exponent)
    }
    return rest.isEmpty && !unit.isEmpty ? fault(.unknownUnit(unit)) : fault(.malformed)
  }

  private static func namesNoNumber(_ text: String) -> Bool {
    var word = text.lowercased()[...]
    if word.hasPrefix("$") { word.removeFirst() }
    if word.hasPrefix("-") || word.hasPrefix("+") { word.removeFirst() }
    if word.hasPrefix(".") { word.removeFirst() }
    return word == "nan"
      || word.hasPrefix("inf") && word.allSatisfy { $0.isLetter || $0 == "/" || $0 == "%" }
  }
}
