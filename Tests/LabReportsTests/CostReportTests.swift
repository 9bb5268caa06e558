import Foundation
import StrategyLab
import Testing

@testable import LabReports

@Suite struct CostReportTests {
  @Test func terminalMatchesGoldens() throws {
    try Golden.expect(
      CostFixture.release.terminal(color: false, width: 120), matches: "cost-release.txt")
    try Golden.expect(
      CostFixture.year.terminal(color: false, width: 120), matches: "cost-year.txt")
  }

  @Test func filesMatchGoldens() throws {
    let report = CostFixture.year
    for file in report.files { try Golden.expect(file.contents, matches: file.name) }
    #expect(report.files.map(\.name) == CostReport.fileNames)
  }

  @Test func jsonMatchesGolden() throws {
    try Golden.expect(CostFixture.year.json, matches: "cost.json")
    let object = try JSONSerialization.jsonObject(with: Data(CostFixture.year.json.utf8))
    let plan = try #require(object as? [String: Any])
    #expect(plan["releases_per_year"] as? Int == 50)
    #expect((plan["strategies"] as? [[String: Any]])?.count == 3)
  }

  @Test func theCheapestAndTheLargestInvoiceComeFirst() {
    #expect(CostFixture.release.answers.count == 2)
    #expect(CostFixture.release.answers[0].hasPrefix("blue*green"))
    #expect(
      CostFixture.release.answers[0].hasSuffix(
        "a release beyond the steady state, $0.15 of it on the invoice"))
    #expect(
      CostFixture.release.answers[1].hasSuffix(
        "has the largest invoice: $0.15 a release; each release adds 8.7% to what its 2 h cost anyway"
      ))
  }

  @Test func aYearIsSoManyReleases() {
    func invoice(_ report: CostReport) -> [String] {
      CostTable.bills(report).rows.map { $0.cells[3] }
    }
    #expect(invoice(CostFixture.release) == ["0.00", "0.15", "0.00"])
    #expect(invoice(CostFixture.year)[1] == "7.6")
    // 50 releases a year are 4.1 in the objective's 30 days.
    #expect(CostTable.risk(CostFixture.year).rows.map { $0.cells[5] } == ["-64", "–", "96"])
  }

  @Test func namesFormatNothing() {
    #expect(!CostFixture.year.markdown.contains("blue*green"))
    #expect(!CostFixture.year.markdown.contains("<prices>"))
    #expect(!CostFixture.year.terminal(color: false, width: 80).contains("\u{1B}"))
    #expect(!BillChart(CostFixture.year).svg.contains("\u{1B}"))
  }

  @Test(arguments: [40, 60, 80, 120, 200]) func noLineIsWiderThanTheTerminal(_ width: Int) {
    for report in [CostFixture.release, CostFixture.year] {
      for line in report.terminal(color: false, width: width).split(separator: "\n") {
        #expect(PlainText.width(String(line)) <= width)
      }
    }
  }
}
