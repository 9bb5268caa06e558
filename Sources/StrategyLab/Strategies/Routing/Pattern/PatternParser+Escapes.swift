extension PatternParser {
  /// What a backslash begins, outside of brackets; nil if it stands for nothing.
  mutating func escape() throws(PatternError) -> PatternNode? {
    let start = index
    if skip("\\Q") {
      var items: [PatternNode] = []
      while let scalar = next, !skip("\\E") {
        index += 1
        items.append(.set(.one(scalar, ignoresCase: flags.ignoresCase)))
      }
      return .sequence(items)
    }
    if dialect == .perl, skip("\\E") { return nil }
    if skip("\\b") { return .assertion(.wordBoundary) }
    if skip("\\B") { return .assertion(.noWordBoundary) }
    if skip("\\A") { return .assertion(.start) }
    if skip("\\z") || dialect == .perl && skip("\\Z") { return .assertion(.end) }
    if let set = classEscape() { return .set(set) }
    let scalar = try characterEscape(start, isInBrackets: false)
    return .set(.one(scalar, ignoresCase: flags.ignoresCase))
  }

  /// `\d`, `\w`, `\s` and what they leave out.
  private mutating func classEscape() -> PatternSet? {
    let sets: [(String, PatternSet)] = [
      ("\\d", .digit), ("\\w", .word), ("\\s", .space),
    ]
    for (text, set) in sets {
      if skip(text) { return set }
      if skip(text.uppercased()) {
        var negated = set
        negated.isNegated = true
        return negated
      }
    }
    return nil
  }

  private mutating func characterEscape(_ start: Int, isInBrackets: Bool) throws(PatternError)
    -> Unicode.Scalar
  {
    index += 1
    guard let scalar = next else { throw PatternError("a '\\' at the end", at: start) }
    index += 1
    switch scalar {
    case "t": return "\t"
    case "n": return "\n"
    case "r": return "\r"
    case "f": return "\u{0C}"
    case "v": return "\u{0B}"
    case "a": return "\u{07}"
    case "b" where isInBrackets && dialect == .perl: return "\u{08}"
    case "e" where dialect == .perl: return "\u{1B}"
    case "x": return try hexadecimal(start)
    case "0": return octal()
    default: break
    }
    let isPunctuation =
      scalar.isASCII && !PatternSet.word.contains(scalar) || scalar == "_" || dialect == .perl
    let isLetterOrDigit = scalar.isASCII && PatternSet.word.contains(scalar) && scalar != "_"
    guard isPunctuation, !isLetterOrDigit else {
      let text = "'\\\(scalar)' has no meaning here"
      throw PatternError(text, at: start, isUnsupported: dialect == .perl)
    }
    return scalar
  }

  private mutating func octal() -> Unicode.Scalar {
    var value: UInt32 = 0
    var digits = 0
    while digits < 2, let scalar = next, (0x30...0x37).contains(scalar.value) {
      value = value * 8 + (scalar.value - 0x30)
      index += 1
      digits += 1
    }
    return Unicode.Scalar(value) ?? "\0"
  }

  /// `\x7F` or `\x{10FFFF}`.
  private mutating func hexadecimal(_ start: Int) throws(PatternError) -> Unicode.Scalar {
    let isBraced = skip("{")
    var digits = ""
    while let scalar = next, scalar.properties.isASCIIHexDigit, digits.count < (isBraced ? 8 : 2) {
      digits.unicodeScalars.append(scalar)
      index += 1
    }
    guard !isBraced || skip("}"), let value = UInt32(digits, radix: 16),
      let scalar = Unicode.Scalar(value)
    else { throw PatternError("'\\x' without a character's number", at: start) }
    return scalar
  }

  /// A set in brackets: `[^a-z\d]`.
  mutating func bracket() throws(PatternError) -> PatternSet {
    let start = index
    index += 1
    var set = PatternSet(ignoresCase: flags.ignoresCase)
    set.isNegated = skip("^")
    var isFirst = true
    while let scalar = next {
      // A bracket that stands first is a member.
      if scalar == "]", !isFirst {
        index += 1
        return set
      }
      isFirst = false
      if scalar == "[", let ranges = try posixSet() {
        set.ranges += ranges
        continue
      }
      if scalar == "\\", let members = classEscape() {
        set.ranges += members.isNegated ? members.complement : members.ranges
        continue
      }
      set.ranges.append(try range())
    }
    throw PatternError("a '[' that nothing closes", at: start)
  }

  private mutating func posixSet() throws(PatternError) -> [ClosedRange<UInt32>]? {
    let start = index
    guard skip("[:") else { return nil }
    let isNegated = skip("^")
    let name = scalars[index...].prefix { $0 != ":" && $0 != "]" }
    index += name.count
    guard skip(":]") else {
      index = start
      return nil
    }
    var text = ""
    text.unicodeScalars.append(contentsOf: name)
    guard let set = PatternSet.posix(text) else {
      throw PatternError("no set is called '[:\(text):]'", at: start)
    }
    return isNegated ? set.complement : set.ranges
  }

  private mutating func range() throws(PatternError) -> ClosedRange<UInt32> {
    let start = index
    let first = try member()
    guard next == "-", index + 1 < scalars.count, scalars[index + 1] != "]" else {
      return first.value...first.value
    }
    index += 1
    let last = try member()
    guard first.value <= last.value else {
      throw PatternError("a range of characters that goes down", at: start)
    }
    return first.value...last.value
  }

  private mutating func member() throws(PatternError) -> Unicode.Scalar {
    let start = index
    guard let scalar = next else { throw PatternError("a '[' that nothing closes", at: start) }
    if scalar == "\\" { return try characterEscape(start, isInBrackets: true) }
    index += 1
    return scalar
  }
}
