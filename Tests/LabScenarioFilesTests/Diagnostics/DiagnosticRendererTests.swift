import Testing

@testable import LabScenarioFiles

@Suite struct DiagnosticRendererTests {
  private func rendered(_ text: String, color: Bool = false, width: Int = 96) -> String {
    let renderer = DiagnosticRenderer(color: color, width: width)
    return Reading(text).diagnostics.map(renderer.render).joined()
  }

  @Test func placeMessageLineCaretAndHint() {
    #expect(
      rendered("title: t\nshare: 120%\n") == """
        t.yaml:2:8: error: share 120% is above 100% [SL065]
            2 | share: 120%
              |        ^~~~  hint: write at most 100%

        """)
  }

  @Test func notesFollow() {
    #expect(
      rendered("title: t\nwait: 5s\nwait: 6s\nprobe: {perod: 1s}\n") == """
        t.yaml:3:1: error: the key 'wait' is written twice [SL026]
            3 | wait: 6s
              | ^~~~  hint: keep one of them
        t.yaml:2:1: note: it is written here first
        t.yaml:4:9: error: unknown key 'perod' [SL040]
            4 | probe: {perod: 1s}
              |         ^~~~~  hint: did you mean period?
          note: expected one of period, successes

        """)
  }

  @Test func colourIsAParameter() {
    #expect(
      rendered("title: t\nshare: 120%\n", color: true) == """
        \u{1B}[1mt.yaml:2:8:\u{1B}[0m \u{1B}[1;31merror:\u{1B}[0m \u{1B}[1mshare 120% is above 100%\u{1B}[0m [SL065]
            2 | share: 120%
              |        \u{1B}[1;31m^~~~\u{1B}[0m  \u{1B}[36mhint:\u{1B}[0m write at most 100%

        """)
  }

  @Test func longLinesAreCutAroundTheCaret() {
    let long =
      "title: t\nlengths: [" + String(repeating: "1s, ", count: 100) + "5x, "
      + String(repeating: "2s, ", count: 100) + "3s]\n"
    #expect(
      rendered(long, width: 20) == """
        t.yaml:2:411: error: lengths[100]: '5x' has the unknown unit 'x' [SL060]
            2 | ..., 1s, 1s, 5x, 2s, 2s...
              |              ^~  hint: write one of the units d, h, m, s, ms, us, ns

        """)
  }

  @Test func whatSteersATerminalIsEscaped() {
    let text = rendered("title: t\ncolor: \"\\e[31m\\u202Ered\"\n")
    #expect(text.contains(#"color: '\u{1B}[31m\u{202E}red' is not one of red, green, blue"#))
    #expect(!text.unicodeScalars.contains("\u{1B}"))
    // A mark that turns the direction of writing may stand in a file; it is not printed as such.
    #expect(
      rendered("title: t\ncolor: \u{202E}red\n").hasSuffix(
        """
            2 | color: \\u{202E}red
              |        ^~~~~~~~~~~  hint: write one of red, green, blue

        """))
    let name = Diagnostic.diagnostics(
      of: [LocatedFault(fault: .emptyFile, mark: .wholeFile)], file: "a\u{1B}[2Jb\n", bytes: [])
    #expect(
      DiagnosticRenderer(color: false).render(name[0]) == """
        a\\u{1B}[2Jb\\u{A}: error: the file is empty [SL008]
          hint: write at least `service` and `traffic`

        """)
  }

  @Test func tabsAndWideLinesKeepTheCaretInPlace() {
    #expect(
      rendered("title: t\nprobe: {\tperiod:\t5}\n").hasSuffix(
        """
            2 | probe: { period: 5}
              |                  ^  hint: write 5s, 5m or 5h

        """))
  }

  @Test func manyErrorsAreCounted() {
    let text = "title: t\n" + (0..<250).map { "key\($0): 1\n" }.joined()
    let error = ScenarioFileError(diagnostics: Reading(text).diagnostics)
    #expect(error.rendered(color: false).hasSuffix("... and 150 more errors\n"))
  }

  @Test func everyCodeHasItsOwnNumberAndMeaning() {
    let codes = DiagnosticCode.allCases.map { $0.rawValue }
    #expect(codes == codes.sorted())
    #expect(Set(DiagnosticCode.allCases.map { $0.meaning }).count == codes.count)
  }
}
