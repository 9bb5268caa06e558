/// A piece of a regular expression.
indirect enum PatternNode {
  /// Nothing: it matches between any two characters.
  case empty
  /// One character of a set.
  case set(PatternSet)
  /// A condition on the place between two characters.
  case assertion(PatternAssertion)
  /// Pieces one after the other.
  case sequence([PatternNode])
  /// One of several pieces.
  case choice([PatternNode])
  /// A piece repeated; without a most there is no end.
  case repetition(PatternNode, least: Int, most: Int?)
}

/// A condition on the place between two characters.
enum PatternAssertion {
  /// Before the first character.
  case start
  /// Behind the last character.
  case end
  /// At the start, or behind a line's end.
  case lineStart
  /// At the end, or before a line's end.
  case lineEnd
  /// Between a word and what is none.
  case wordBoundary
  /// Anywhere else.
  case noWordBoundary

  /// Whether the condition holds between two characters; nil stands for the end of the text.
  func holds(before: Unicode.Scalar?, after: Unicode.Scalar?) -> Bool {
    switch self {
    case .start: before == nil
    case .end: after == nil
    case .lineStart: before == nil || before == "\n"
    case .lineEnd: after == nil || after == "\n"
    case .wordBoundary: Self.isWord(before) != Self.isWord(after)
    case .noWordBoundary: Self.isWord(before) == Self.isWord(after)
    }
  }

  private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { PatternSet.word.contains($0) } ?? false
  }
}
