import Foundation
import LabUnits
import StrategyLab
import Testing

@testable import LabReports

@Suite struct CapacityReportTests {
  private let report = CapacityFixture.report

  @Test func terminalMatchesGolden() throws {
    try Golden.expect(report.terminal(color: false, width: 100), matches: "capacity.txt")
  }

  @Test func filesMatchGoldens() throws {
    for file in report.files { try Golden.expect(file.contents, matches: file.name) }
    #expect(report.files.map(\.name) == CapacityReport.fileNames)
  }

  @Test func jsonMatchesGolden() throws {
    try Golden.expect(report.json, matches: "capacity.json")
    let object = try JSONSerialization.jsonObject(with: Data(report.json.utf8))
    let plan = try #require(object as? [String: Any])
    #expect(plan["fits"] as? Bool == false)
    #expect((plan["strategies"] as? [[String: Any]])?.count == 3)
  }

  @Test func whatMattersMostComesFirst() {
    #expect(
      report.answers == [
        "blue-green: the release never finishes: 4 candidate replicas wait; 8 places would do",
        "blue-green asks for 85 of 60 db | <main>: too many in 100% of the releases, from 1.5 s on for 1 h; the rest is refused",
        "rolling asks for 75 of 60 db | <main>: too many in 50% of the releases, from 1.5 s on for 75 s; the rest is refused",
        "rolling asks for 7 of 6 replicas: too many in 25% of the releases, from 1.5 s on for 75 s; replicas wait",
      ])
  }

  @Test func withoutLimitsTheLargestDemandIsTheAnswer() {
    // The fixture's standstill is a fact of the strategy, whatever the limits.
    #expect(CapacityFixture.roomy.answers.count == 1)
    #expect(CapacityFixture.roomy.answers[0].hasPrefix("blue-green: the release never finishes"))
    var plan = CapacityFixture.roomy.plan
    plan.strategies.removeFirst()
    #expect(
      CapacityReport(plan).answers == [
        "no limit is declared; rolling asks for the most, 7 replicas at once for a service of 4"
      ])
    #expect(plan.fits)
    plan.entries[4].limit = 100
    #expect(
      CapacityReport(plan).answers == [
        "everything fits; the closest is rolling, which asks for 75 of 100 db | <main>"
      ])
  }

  @Test func thePeakIsThatOfTheShareThatIsAskedFor() {
    func peaks(_ probability: Double) -> [String] {
      CapacityTable.entry(0, of: CapacityReport(report.plan, probability: probability)).rows
        .map { $0.cells[1] }
    }
    #expect(peaks(0.5) == ["8", "5", "4"])
    #expect(peaks(0.75) == ["8", "6", "4"])
    #expect(peaks(0.95) == ["8", "7", "4"])
  }

  @Test func namesFormatNothing() {
    #expect(!report.markdown.contains("re*create"))
    #expect(!report.markdown.contains("<main>"))
    #expect(!report.terminal(color: false, width: 80).contains("\u{1B}"))
    let svg = LedgerChart(report.plan).svg
    #expect(!svg.contains("<main>"))
    #expect(!svg.contains("\u{1B}"))
  }

  @Test(arguments: [40, 60, 80, 120, 200]) func noLineIsWiderThanTheTerminal(_ width: Int) {
    for line in report.terminal(color: false, width: width).split(separator: "\n") {
      #expect(PlainText.width(String(line)) <= width)
    }
  }
}
