import Foundation
import LabStrategies
import LabUnits
import StrategyLab
import Testing

@testable import LabReports

@Suite struct PlanReportTests {
  private let report = PlanFixture.report

  @Test func terminalMatchesGolden() throws {
    try Golden.expect(report.terminal(color: false, width: 100), matches: "plan.txt")
  }

  @Test func markdownMatchesGolden() throws {
    try Golden.expect(report.markdown, matches: "plan.md")
  }

  @Test func jsonMatchesGolden() throws {
    try Golden.expect(report.json, matches: "plan.json")
    let object = try JSONSerialization.jsonObject(with: Data(report.json.utf8))
    let plans = try #require((object as? [String: Any])?["plans"] as? [[String: Any]])
    #expect(plans.map { $0["rows_are"] as? String } == ["steps", "waves"])
    #expect(plans[1]["typical_finish_seconds"] is NSNull)
  }

  @Test func mermaidMatchesGolden() throws {
    try Golden.expect(report.mermaid, matches: "plan.mmd")
  }

  /// A task of a Gantt chart is a title, one colon, and an identifier with two dates.
  @Test func everyMermaidTaskHasOneTitleAndTwoDates() {
    for line in report.mermaid.split(separator: "\n").dropFirst(5) where line.contains(" :") {
      let halves = line.split(separator: ":", maxSplits: 1)
      let fields = halves[1].split(separator: ",").map { $0.drop { $0 == " " } }
      let dates = fields.suffix(2)
      #expect(dates.allSatisfy { $0.hasPrefix("2001-") }, "\(line)")
      #expect(!line.contains(";") && !line.contains("#"), "\(line)")
    }
  }

  @Test(arguments: [0, 40, 60, 79, 100, 200]) func linesFitTheWidth(width: Int) {
    for line in report.terminal(color: false, width: width).split(separator: "\n") {
      #expect(PlainText.width(String(line)) <= max(width, 40), "\(line)")
    }
  }

  @Test func colourComesOnlyWhenItIsAskedFor() {
    #expect(report.terminal(color: true, width: 100).contains("\u{1B}[1mcanary\u{1B}[0m finishes"))
    for text in [
      report.terminal(color: false, width: 100), report.markdown, report.json, report.mermaid,
    ] {
      #expect(!text.unicodeScalars.contains("\u{1B}"))
    }
  }

  @Test(arguments: [
    (0, "2001-01-01 00:00:00.000"), (3_661_500, "2001-01-01 01:01:01.500"),
    (86_400_000, "2001-01-02 00:00:00.000"), (31 * 86_400_000, "2001-02-01 00:00:00.000"),
    (100_000 * 86_400_000, "2001-12-31 00:00:00.000"),
  ])
  func instantsAreDatesOfAYear(_ milliseconds: Int, _ date: String) {
    #expect(MermaidText.date(.zero + .milliseconds(milliseconds)) == date)
  }

  @Test(arguments: [
    ("setWeight: 20; go", "setWeight - 20 / go"), ("section a", "· section a"), ("", "·"),
    ("100%% # x", "100% no.  x"),
  ])
  func titlesAreDisarmed(_ text: String, _ title: String) {
    #expect(MermaidText.escaped(text) == title)
  }

  @Test(
    arguments: [
      ([0, 59.96], "min:s", "1:00"), ([0, 432.1], "min:s", "7:12.1"),
      ([0, 7325], "h:min:s", "2:02:05"),
    ] as [([Double], String, String)])
  func clocksHaveThePlacesTheyNeed(_ seconds: [Double], _ unit: String, _ last: String) {
    let instants = seconds.map { Instant.zero + Span(seconds: $0) }
    let clock = PlanClock(instants)
    #expect(clock.unit == unit)
    #expect(instants.last.map(clock.text) == last)
  }

  @Test(arguments: [
    (0.1, "0.1 s"), (119.96, "120 s"), (120, "2 min"), (432.4, "7 min 12 s"), (3600, "1 h"),
    (0, "0 s"), (3725.6, "1 h 2 min 6 s"),
  ])
  func spansAreSaidAsAPersonWould(_ seconds: Double, _ text: String) {
    #expect(PlanText.span(Span(seconds: seconds)) == text)
  }
}
