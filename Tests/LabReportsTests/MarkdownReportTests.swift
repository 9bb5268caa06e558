import Testing

@testable import LabReports

@Suite struct MarkdownReportTests {
  @Test func reportMatchesGolden() throws {
    let fixture = Fixture.small()
    try Golden.expect(
      MarkdownReport.report(record: fixture.record, comparison: fixture.comparison),
      matches: "report.md")
  }

  @Test func tableMatchesGolden() throws {
    let fixture = Fixture.realistic()
    try Golden.expect(
      MarkdownReport.comparisonTable(record: fixture.record, comparison: fixture.comparison),
      matches: "comparison-table.md")
  }

  @Test func everyRowOfATableHasTheSameCells() {
    let fixture = Fixture.hostile()
    let report = MarkdownReport.report(record: fixture.record, comparison: fixture.comparison)
    var columns: Int?
    for line in report.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        columns = nil
        continue
      }
      var count = 0
      var isEscaped = false
      for character in line {
        if character == "|", !isEscaped { count += 1 }
        isEscaped = character == "\\" && !isEscaped
      }
      #expect(columns == nil || columns == count, "\(line)")
      columns = count
    }
    // In a block of code, which begins with four spaces, everything is shown as it is.
    #expect(
      !report.split(separator: "\n").contains { !$0.hasPrefix("    ") && $0.contains("<script") })
    #expect(!report.contains("\n# heading"))
  }

  @Test func theCommandIsQuotedForTheShell() {
    var fixture = Fixture.small()
    fixture.record.header.scenarioName = "it's; rm -rf"
    let report = MarkdownReport.report(record: fixture.record, comparison: fixture.comparison)
    #expect(report.contains("    strategylab compare 'it'\\''s; rm -rf.yaml' --seed 42"))
  }

  @Test func precisionIsPartOfTheCommand() {
    var fixture = Fixture.small()
    fixture.record.header.precisionMillionths = 25_000
    let report = MarkdownReport.report(record: fixture.record, comparison: fixture.comparison)
    #expect(report.contains("--replications 6 --precision 2.5%"))
  }
}
