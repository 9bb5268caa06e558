import StrategyLab
import Testing

@testable import LabReports

@Suite struct CSVReportTests {
  @Test func filesMatchGoldens() throws {
    let fixture = Fixture.small()
    try Golden.expect(
      CSVReport.comparison(record: fixture.record, comparison: fixture.comparison),
      matches: "comparison.csv")
    try Golden.expect(CSVReport.runs(record: fixture.record), matches: "runs.csv")
    try Golden.expect(CSVReport.timeline(record: fixture.record), matches: "timeline.csv")
  }

  @Test func everyRowHasTheSameCells() {
    let fixture = Fixture.hostile()
    for text in [
      CSVReport.comparison(record: fixture.record, comparison: fixture.comparison),
      CSVReport.runs(record: fixture.record), CSVReport.timeline(record: fixture.record),
    ] {
      let rows = Self.parse(text)
      #expect(rows.count > 1)
      for row in rows {
        #expect(row.count == rows[0].count)
        for cell in row {
          let isNumber = Double(cell) != nil
          #expect(isNumber || !["=", "+", "-", "@"].contains(cell.prefix(1)), "\(cell)")
        }
      }
    }
  }

  @Test func numbersSurviveTheRoundTrip() throws {
    let fixture = Fixture.realistic()
    let rows = Self.parse(CSVReport.runs(record: fixture.record))
    let column = try #require(rows[0].firstIndex(of: "total_cost_usd"))
    for (row, run) in zip(rows.dropFirst(), fixture.record.runs) {
      #expect(Double(row[column]) == run.metrics[.totalCost])
    }
  }

  /// A plain reader of RFC 4180.
  private static func parse(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    for character in text {
      switch character {
      case "\"":
        isQuoted.toggle()
        if isQuoted, !cell.isEmpty { cell.append("\"") }
      case "," where !isQuoted:
        row.append(cell)
        cell = ""
      case "\r\n" where !isQuoted:
        rows.append(row + [cell])
        row = []
        cell = ""
      default: cell.append(character)
      }
    }
    return rows
  }
}
