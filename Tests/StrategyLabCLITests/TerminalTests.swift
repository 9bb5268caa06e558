import Testing

@testable import StrategyLabCLI

@Suite struct TerminalTests {
  @Test(
    arguments: [
      (true, nil, "xterm", true),
      (true, "", "xterm", true),
      (true, "1", "xterm", false),
      (true, nil, "dumb", false),
      (true, nil, nil, true),
      (false, nil, "xterm", false),
    ] as [(Bool, String?, String?, Bool)])
  func colour(_ isTerminal: Bool, _ noColor: String?, _ term: String?, _ isAllowed: Bool) {
    #expect(
      Terminal.allowsColor(isTerminal: isTerminal, noColor: noColor, term: term) == isAllowed)
  }

  @Test(
    arguments: [
      (nil, nil, 100), (nil, 132, 132), ("90", 132, 90), ("wide", 132, 132), ("0", 0, 100),
      ("7", nil, 40), (nil, 5, 40),
    ] as [(String?, Int?, Int)])
  func width(_ columns: String?, _ window: Int?, _ width: Int) {
    #expect(Terminal.width(columns: columns, window: window) == width)
  }

  @Test func controlCharactersAreReplaced() {
    #expect(
      Console.printable("a\u{1B}[2Jb\u{7}c\u{202E}d\te\n") == "a\u{FFFD}[2Jb\u{FFFD}c\u{FFFD}d\te\n"
    )
    #expect(Console.printable("Größe 😀") == "Größe 😀")
  }
}

@Suite struct LineTests {
  @Test func jsonFitsOnOneLine() {
    #expect(
      JSONLine.compact("{\n  \"a b\" : [1, 2],\n  \"c\" : \"x \\\" : y\"\n}\n")
        == "{\"a b\":[1,2],\"c\":\"x \\\" : y\"}\n")
  }

  @Test(arguments: [
    ("lab.sqlite", "lab.sqlite"), ("/a/b-c_d.e", "/a/b-c_d.e"), ("my lab", "'my lab'"),
    ("it's", "'it'\\''s'"), ("", "''"), ("-x", "'-x'"), ("a;b", "'a;b'"), ("ä", "'ä'"),
  ])
  func wordsForAShell(_ word: String, _ quoted: String) {
    #expect(ShellWord.quoted(word) == quoted)
  }

  @Test func columnsAreAligned() {
    #expect(
      ExperimentTable.lines([["id", "name"], ["10", "a"], ["9", "long"]], alignedRight: [0])
        == ["id  name", "10  a", " 9  long"])
  }
}
