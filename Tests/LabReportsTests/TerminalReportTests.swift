import StrategyLab
import Testing

@testable import LabReports

@Suite struct TerminalReportTests {
  @Test(arguments: [80, 120, 200]) func comparisonMatchesGolden(width: Int) throws {
    let fixture = Fixture.realistic()
    let text = TerminalReport.comparison(
      record: fixture.record, comparison: fixture.comparison, color: false, width: width)
    try Golden.expect(text, matches: "terminal-\(width).txt")
  }

  @Test func simulationMatchesGolden() throws {
    let fixture = Fixture.small()
    let timeline = try #require(fixture.record.timelines.last)
    let run = try #require(
      fixture.record.runs.first {
        $0.strategyIndex == timeline.strategyIndex && $0.replication == timeline.replication
      })
    let text = TerminalReport.simulation(
      header: fixture.record.header, run: run, timeline: timeline, color: false, width: 80)
    try Golden.expect(text, matches: "simulation.txt")
  }

  @Test(arguments: [0, 40, 60, 79, 100, 133, 200, 400]) func linesFitTheWidth(width: Int) {
    for fixture in [Fixture.realistic(), .hostile(), .many(), .one()] {
      let text = TerminalReport.comparison(
        record: fixture.record, comparison: fixture.comparison, color: false, width: width)
      for line in text.split(separator: "\n") {
        #expect(PlainText.width(String(line)) <= max(width, 40), "\(line)")
      }
    }
  }

  @Test(arguments: [40, 60, 100]) func simulationsFitTheWidth(width: Int) {
    for fixture in [Fixture.realistic(), .hostile()] {
      for timeline in fixture.record.timelines {
        let text = TerminalReport.simulation(
          header: fixture.record.header, run: fixture.record.runs[timeline.replication],
          timeline: timeline, color: false, width: width)
        for line in text.split(separator: "\n") {
          #expect(PlainText.width(String(line)) <= width, "\(line)")
        }
      }
    }
  }

  @Test func everyColumnIsShownOrNamed() {
    let fixture = Fixture.realistic()
    let table = ComparisonTable.make(fixture.record, fixture.comparison)
    for width in stride(from: 40, through: 200, by: 7) {
      let drawn = TerminalTable(table, style: TerminalStyle(color: false), width: width)
      let shown = table.columns.filter { !drawn.omitted.contains($0) }
      #expect(shown.count + drawn.omitted.count == table.columns.count)
      #expect(shown.first?.name == "strategy")
      #expect(shown.contains { $0.name == "total cost" })
    }
  }

  @Test func theRecommendedNameIsBoldOnlyInColour() {
    let fixture = Fixture.realistic()
    func text(_ color: Bool) -> String {
      TerminalReport.comparison(
        record: fixture.record, comparison: fixture.comparison, color: color, width: 100)
    }
    #expect(text(true).hasPrefix("Choose \u{1B}[1mrolling-update\u{1B}[0m: "))
    #expect(!text(false).unicodeScalars.contains("\u{1B}"))
  }

  @Test func aNameIsFoundOnlyAsAWholeWord() {
    #expect(
      TerminalReport.split("canary-fast and canary", around: "canary")?.before == "canary-fast and "
    )
    #expect(TerminalReport.split("canary-fast", around: "canary") == nil)
    #expect(TerminalReport.split("x", around: "") == nil)
  }

  @Test func hostileTextsBringNoControlBytes() {
    let fixture = Fixture.hostile()
    let texts = [
      TerminalReport.comparison(
        record: fixture.record, comparison: fixture.comparison, color: false, width: 100),
      TerminalReport.simulation(
        header: fixture.record.header, run: fixture.record.runs[30],
        timeline: fixture.record.timelines[1], color: false, width: 100),
      MarkdownReport.report(record: fixture.record, comparison: fixture.comparison),
      JSONReport.comparison(record: fixture.record, comparison: fixture.comparison),
      CSVReport.runs(record: fixture.record), CSVReport.timeline(record: fixture.record),
    ]
    for text in texts {
      let isClean = text.unicodeScalars.allSatisfy { scalar in
        scalar == "\n" || scalar == "\r"
          || scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value)
      }
      #expect(isClean)
    }
  }
}
