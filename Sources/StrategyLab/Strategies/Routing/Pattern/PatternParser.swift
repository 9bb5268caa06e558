/// Reads a regular expression by recursive descent into its pieces.
///
/// Sources: RE2's syntax page (github.com/google/re2/wiki/Syntax) with the errors of Go's
/// `regexp/syntax`; pcre2pattern(3) for what Perl's dialect has beyond it.
struct PatternParser {
  /// What `(?ims)` switches.
  struct Flags {
    var ignoresCase = false
    var isMultiline = false
    var dotIsAny = false
  }

  /// The longest pattern that is read.
  private static let longest = 10_000
  /// The deepest nesting of groups.
  private static let deepest = 200
  /// The largest number in `{m,n}`; RE2 has the same limit.
  private static let mostRepeats = 1_000

  let scalars: [Unicode.Scalar]
  let dialect: Pattern.Dialect
  var index = 0
  var flags = Flags()
  private var depth = 0

  /// The pieces of a pattern.
  static func parse(_ text: String, _ dialect: Pattern.Dialect) throws(PatternError) -> PatternNode
  {
    var parser = PatternParser(scalars: Array(text.unicodeScalars), dialect: dialect)
    if parser.scalars.count > longest {
      throw PatternError("the pattern is longer than \(longest) characters", at: longest)
    }
    let node = try parser.choice()
    if parser.index < parser.scalars.count {
      throw PatternError("a ')' closes nothing", at: parser.index)
    }
    return node
  }

  private init(scalars: [Unicode.Scalar], dialect: Pattern.Dialect) {
    self.scalars = scalars
    self.dialect = dialect
  }

  /// The next character; nil at the end.
  var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  /// Goes over a text if it stands here.
  mutating func skip(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard scalars[index...].starts(with: wanted) else { return false }
    index += wanted.count
    return true
  }

  private mutating func choice() throws(PatternError) -> PatternNode {
    let outer = flags
    // Flags set inside of a group end with it.
    defer { flags = outer }
    var branches = [try sequence()]
    while skip("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(PatternError) -> PatternNode {
    var items: [PatternNode] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      guard let piece = try atom() else { continue }
      items.append(try repeated(piece))
    }
    return items.count == 1 ? items[0] : .sequence(items)
  }

  /// A piece with the repetition behind it.
  private mutating func repeated(_ piece: PatternNode) throws(PatternError) -> PatternNode {
    let place = index
    guard let bounds = try quantifier() else { return piece }
    // Lazy or greedy makes no difference to whether something matches.
    let isLazy = skip("?")
    if dialect == .perl, !isLazy, next == "+" {
      throw PatternError("a possessive repetition", at: index, isUnsupported: true)
    }
    let second = index
    if try quantifier() != nil {
      throw PatternError("a repetition of a repetition", at: second)
    }
    if let most = bounds.most, most < bounds.least {
      throw PatternError("a repetition whose most is below its least", at: place)
    }
    return .repetition(piece, least: bounds.least, most: bounds.most)
  }

  private mutating func quantifier() throws(PatternError) -> (least: Int, most: Int?)? {
    switch next {
    case "*":
      index += 1
      return (0, nil)
    case "+":
      index += 1
      return (1, nil)
    case "?":
      index += 1
      return (0, 1)
    case "{": return try counted()
    default: return nil
    }
  }

  /// `{2}`, `{2,}` or `{2,5}`; anything else in braces is plain text.
  private mutating func counted() throws(PatternError) -> (least: Int, most: Int?)? {
    let start = index
    index += 1
    guard let least = number() else {
      index = start
      return nil
    }
    var most: Int? = least
    if skip(",") { most = next == "}" ? nil : number() ?? -1 }
    guard most != -1, skip("}") else {
      index = start
      return nil
    }
    if least > Self.mostRepeats || most ?? 0 > Self.mostRepeats {
      throw PatternError(
        "a repetition of more than \(Self.mostRepeats)", at: start, isUnsupported: dialect == .perl)
    }
    return (least, most)
  }

  private mutating func number() -> Int? {
    let start = index
    var value = 0
    while let scalar = next, PatternSet.digit.contains(scalar) {
      value = min(1_000_000, value * 10 + Int(scalar.value - 0x30))
      index += 1
    }
    return index > start ? value : nil
  }

  /// One piece; nil for what only changes how the rest is read.
  private mutating func atom() throws(PatternError) -> PatternNode? {
    guard let scalar = next else { return nil }
    switch scalar {
    case "*", "+", "?":
      throw PatternError("a repetition of nothing, '\(scalar)'", at: index)
    case "(":
      return try group()
    case "[":
      return .set(try bracket())
    case "\\":
      return try escape()
    case ".":
      index += 1
      return .set(flags.dotIsAny ? .any : .anyButNewline)
    case "^":
      index += 1
      return .assertion(flags.isMultiline ? .lineStart : .start)
    case "$":
      index += 1
      return .assertion(flags.isMultiline ? .lineEnd : .end)
    default:
      index += 1
      return .set(.one(scalar, ignoresCase: flags.ignoresCase))
    }
  }

  private mutating func group() throws(PatternError) -> PatternNode? {
    let start = index
    index += 1
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest {
      throw PatternError("groups deeper than \(Self.deepest)", at: start)
    }
    let outer = flags
    if skip("?") {
      guard try groupHead(start) else { return nil }
    }
    let node = try choice()
    flags = outer
    guard skip(")") else { throw PatternError("a '(' that nothing closes", at: start) }
    return node
  }

  /// What stands behind `(?`; false if the group only switches flags for what follows.
  private mutating func groupHead(_ start: Int) throws(PatternError) -> Bool {
    if skip(":") { return true }
    if skip("P<") || next == "<" && !isLookBehind && skip("<") {
      guard let end = scalars[index...].firstIndex(of: ">"), end > index,
        scalars[index..<end].allSatisfy({ PatternSet.word.contains($0) })
      else { throw PatternError("a group without a name", at: start) }
      index = end + 1
      return true
    }
    var isSet = true
    while let scalar = next {
      switch scalar {
      case "i": flags.ignoresCase = isSet
      case "m": flags.isMultiline = isSet
      case "s": flags.dotIsAny = isSet
      // Which of several matches is preferred does not matter here.
      case "U": break
      case "-" where isSet: isSet = false
      case ":":
        index += 1
        return true
      case ")":
        index += 1
        return false
      default:
        let what = "=!<>#|&+'CR(P0123456789x".unicodeScalars.contains(scalar)
        throw PatternError(
          what ? "a group that looks around, refers back or branches" : "an unknown kind of group",
          at: start, isUnsupported: dialect == .perl && what)
      }
      index += 1
    }
    throw PatternError("a '(' that nothing closes", at: start)
  }

  private var isLookBehind: Bool {
    index + 1 < scalars.count && (scalars[index + 1] == "=" || scalars[index + 1] == "!")
  }
}
