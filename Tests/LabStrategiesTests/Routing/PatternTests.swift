import LabStrategies
import Testing

/// Source: RE2's syntax page, github.com/google/re2/wiki/Syntax; pcre2pattern(3).
@Suite struct PatternTests {
  @Test(arguments: [
    ("a.c", "abc", true), ("a.c", "a\nc", false), ("(?s)a.c", "a\nc", true),
    ("\\d+$", "123", true), ("\\d+$", "a123", false), ("\\d+", "123a", false),
    ("[a-c]{2,3}", "abca", false), ("[a-c]{2,3}", "abc", true), ("[^a]", "b", true),
    ("(?i)FireFox", "fireFOX", true), ("(?i:f)ox", "FOX", false), ("a|bc|", "", true),
    ("(a|b)*?c", "ababc", true), ("\\bfoo\\b", "foo", true), ("x{,2}", "x{,2}", true),
    ("[]a]+", "]a", true), ("[[:digit:]]+", "42", true), ("\\Qa.b\\E", "a.b", true),
    ("[\\w-]+", "a-b_c", true), ("\\x41\\x{42}", "AB", true), ("(?P<name>a)(?:b)", "ab", true),
    ("^(.*?;)?(type=insider)(;.*)?$", "type=insider", true),
    // The blank before the second cookie is what the much copied pattern forgets.
    ("^(.*?;)?(type=insider)(;.*)?$", "a=1; type=insider", false),
    ("^(.*?; )?(type=insider)(;.*)?$", "a=1; type=insider", true),
  ])
  func matchesTheWholeValue(_ text: String, _ value: String, _ isMatch: Bool) throws {
    #expect(try Pattern(text, .re2).matchesWhole(value) == isMatch)
  }

  @Test(arguments: [
    ("bet", "alphabeta", true), ("^beta$", "always", false), ("^Do[A-Z][a-z]+y$", "DoCanary", true),
  ])
  func isFoundAnywhere(_ text: String, _ value: String, _ isMatch: Bool) throws {
    #expect(try Pattern(text, .perl).isFound(in: value) == isMatch)
  }

  @Test(arguments: [
    ("*", 0, false), ("a**", 2, false), ("(a", 0, false), ("a)", 1, false), ("[a", 0, false),
    ("[z-a]", 1, false), ("a{3,2}", 1, false), ("a\\", 1, false), ("[][**da?$&*", 0, false),
    ("(?=a)", 0, true), ("(?<!a)b", 0, true), ("(a)\\1", 3, true), ("a++", 2, true),
  ])
  func namesThePlaceOfWhatItCannotRead(_ text: String, _ position: Int, _ isPerls: Bool) {
    let error = #expect(throws: PatternError.self) { _ = try Pattern(text, .perl) }
    #expect(error?.position == position)
    #expect(error?.isUnsupported == isPerls)
    #expect(throws: PatternError.self) { _ = try Pattern(text, .re2) }
  }

  /// Patterns that take a backtracking matcher for ever, or would fill the memory.
  @Test(.timeLimit(.minutes(1)))
  func noPatternHangs() throws {
    let value = String(repeating: "a", count: 2_000)
    #expect(try !Pattern("(a*)*b", .re2).matchesWhole(value))
    #expect(try !Pattern("(a|a)*b", .perl).isFound(in: value))
    #expect(throws: PatternError.self) { _ = try Pattern("((a{1000}){1000}){1000}", .re2) }
    #expect(try Pattern("((){1000}){1000}", .re2).matchesWhole(""))
    let deep = String(repeating: "(", count: 5_000)
    #expect(throws: PatternError.self) { _ = try Pattern(deep, .re2) }
  }
}
