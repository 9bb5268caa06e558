/// A set of characters, as ranges of Unicode scalars.
struct PatternSet {
  /// The ranges, in any order.
  var ranges: [ClosedRange<UInt32>] = []
  /// Whether it is what is not in the ranges.
  var isNegated = false
  /// Whether upper and lower case are the same.
  var ignoresCase = false

  static let digit = PatternSet(ranges: [0x30...0x39])
  static let word = PatternSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  static let space = PatternSet(ranges: [0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
  static let any = PatternSet(ranges: [0...0x10FFFF])
  static let anyButNewline = PatternSet(ranges: [0...0x09, 0x0B...0x10FFFF])

  /// The set of one character.
  static func one(_ scalar: Unicode.Scalar, ignoresCase: Bool) -> PatternSet {
    PatternSet(ranges: [scalar.value...scalar.value], ignoresCase: ignoresCase)
  }

  /// The ASCII sets that POSIX names: `[:alpha:]`.
  static func posix(_ name: String) -> PatternSet? {
    switch name {
    case "alnum": PatternSet(ranges: [0x30...0x39, 0x41...0x5A, 0x61...0x7A])
    case "alpha": PatternSet(ranges: [0x41...0x5A, 0x61...0x7A])
    case "ascii": PatternSet(ranges: [0...0x7F])
    case "blank": PatternSet(ranges: [0x09...0x09, 0x20...0x20])
    case "cntrl": PatternSet(ranges: [0...0x1F, 0x7F...0x7F])
    case "digit": .digit
    case "graph": PatternSet(ranges: [0x21...0x7E])
    case "lower": PatternSet(ranges: [0x61...0x7A])
    case "print": PatternSet(ranges: [0x20...0x7E])
    case "punct": PatternSet(ranges: [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E])
    case "space": PatternSet(ranges: [0x09...0x0D, 0x20...0x20])
    case "upper": PatternSet(ranges: [0x41...0x5A])
    case "word": .word
    case "xdigit": PatternSet(ranges: [0x30...0x39, 0x41...0x46, 0x61...0x66])
    default: nil
    }
  }

  /// What is not in this set, as ranges.
  var complement: [ClosedRange<UInt32>] {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
      next = max(next, range.upperBound &+ 1)
    }
    if next <= 0x10FFFF { result.append(next...0x10FFFF) }
    return result
  }

  /// Whether a character is in the set.
  func contains(_ scalar: Unicode.Scalar) -> Bool {
    var isInside = holds(scalar)
    if !isInside, ignoresCase {
      let properties = scalar.properties
      isInside =
        [properties.lowercaseMapping, properties.uppercaseMapping].contains { text in
          text.unicodeScalars.count == 1 && text.unicodeScalars.first.map(holds) ?? false
        }
    }
    return isInside != isNegated
  }

  private func holds(_ scalar: Unicode.Scalar) -> Bool {
    ranges.contains { $0.contains(scalar.value) }
  }
}
