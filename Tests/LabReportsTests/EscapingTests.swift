import Testing

@testable import LabReports

@Suite struct EscapingTests {
  @Test(arguments: [
    ("canary-5", 8), ("ロケット", 8), ("🚀", 2), ("e\u{301}", 1), ("", 0), ("±×–→…", 5), ("👩‍🚀", 2),
    ("☀️", 2),
  ])
  func widthCountsColumns(text: String, columns: Int) {
    #expect(PlainText.width(text) == columns)
  }

  @Test func truncationKeepsWithinTheColumns() {
    #expect(PlainText.truncated("canary", to: 6) == "canary")
    #expect(PlainText.truncated("canary", to: 5) == "cana…")
    #expect(PlainText.truncated("ロケット", to: 6) == "ロケ…")
    #expect(PlainText.truncated("canary", to: 0) == "")
  }

  @Test(arguments: [
    ("a\nb", "a b"), ("a\r\n\tb", "a b"), ("\u{1B}[31mred", "\u{FFFD}[31mred"),
    ("\u{9B}2J", "\u{FFFD}2J"), ("a\u{202E}b\u{200B}c", "abc"), ("\u{0}", "\u{FFFD}"),
  ])
  func oneLineHasNoControlBytes(text: String, line: String) {
    #expect(PlainText.oneLine(text) == line)
  }

  @Test(arguments: [
    ("a|b", "a\\|b"), ("<b>&", "&lt;b&gt;&amp;"), ("*x* _y_ a_b", "\\*x\\* \\_y\\_ a_b"),
    ("[a](b)", "\\[a\\](b)"), ("`", "\\`"), ("$5 $x$", "$5 \\$x\\$"), ("a\n# b", "a \\# b"),
  ])
  func markdownFormatsNothing(text: String, escaped: String) {
    #expect(MarkdownText.escaped(text) == escaped)
  }

  @Test(arguments: [
    ("plain", "plain"), ("=cmd()", "'=cmd()"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"),
    ("  =x", "'  =x"), ("\t=x", "' =x"), ("\r=x", "' =x"), ("a,b", "\"a,b\""),
    ("say \"hi\"", "\"say \"\"hi\"\"\""), ("=a,b", "\"'=a,b\""), ("a-b", "a-b"), ("", ""),
  ])
  func cellsStartNoFormula(text: String, cell: String) {
    #expect(CSVText.cell(text) == cell)
  }

  @Test func xmlHasItsFiveMarksReplaced() {
    #expect(XMLText.escaped("<a b='c' d=\"e\">&") == "&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;")
  }

  @Test func jsonStringsHoldNoControlBytes() {
    #expect(
      JSONValue.string("a\u{1B}\n\"\\\u{7F}\u{2028}é").text
        == "\"a\\u001b\\n\\\"\\\\\\u007f\\u2028é\"\n")
  }

  @Test func fileNamesAreSafeAndDifferent() {
    #expect(
      FileName.slugs(["Blue/Green", "blue green", "../../etc", "🚀", "ロケット", "blue-green-2"])
        == ["blue-green", "blue-green-2", "etc", "strategy", "strategy-2", "blue-green-2-2"])
    #expect(FileName.slugs([String(repeating: "x", count: 500)])[0].count <= 48)
  }
}
