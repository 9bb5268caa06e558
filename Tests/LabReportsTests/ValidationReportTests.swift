import Foundation
import StrategyLab
import Testing

@testable import LabReports

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct ValidationReportTests {
  private let report = ValidationFixture.report

  @Test func terminalMatchesGolden() throws {
    try Golden.expect(report.terminal(color: false, width: 100), matches: "validation.txt")
  }

  @Test func jsonMatchesGolden() throws {
    try Golden.expect(report.json, matches: "validation.json")
    let object = try JSONSerialization.jsonObject(with: Data(report.json.utf8))
    let validation = try #require(object as? [String: Any])
    #expect(validation["passed"] as? Bool == false)
    #expect((validation["scenarios"] as? [[String: Any]])?.count == 2)
  }

  @Test func filesMatchGoldens() throws {
    for file in report.files {
      let name = file.name.hasPrefix("validation") ? file.name : "validation-\(file.name)"
      try Golden.expect(file.contents, matches: name)
    }
  }

  @Test func theAnswerNamesWhatWasCompared() {
    #expect(
      ValidationFixture.passing.answers == [
        "flow and request agree on 2 strategies x 5 metrics of checkout: 0 of 10 comparisons differ"
      ])
    #expect(ValidationFixture.passing.failures.isEmpty)
    #expect(
      report.failures == [
        "flow and request differ on 1 strategy x 4 metrics of flash-sale: 2 of 4 comparisons differ",
        "requests miss the closed forms of 3 reference systems: 1 of 4 measures differs, "
          + "29 of 120 intervals miss (chance allows 1)",
      ])
  }

  @Test func onlyWhatWasPlayedHasFiles() {
    #expect(report.files.map(\.name) == ValidationReport.fileNames)
    #expect(
      ValidationFixture.passing.files.map(\.name) == [
        "validation.md", "levels.csv", "differences.svg",
      ])
    let reference = ValidationReport(
      ModelValidation(
        programVersion: "0", scenarios: [], reference: ValidationFixture.reference))
    #expect(reference.files.map(\.name) == ["validation.md", "reference.csv"])
    #expect(reference.csv.hasPrefix("system,"))
    #expect(!reference.files[0].contents.contains("differences.svg"))
  }

  @Test(arguments: [40, 60, 79, 100, 200]) func linesFitTheWidth(width: Int) {
    for line in report.terminal(color: false, width: width).split(separator: "\n") {
      #expect(PlainText.width(String(line)) <= width, "\(line)")
    }
  }

  @Test func everyRowOfTheFilesHasAsManyCellsAsItsHead() {
    for text in [report.levelsCSV, ValidationFixture.report.referenceCSV] {
      let lines = text.split(separator: "\r\n")
      let count = lines[0].split(separator: ",", omittingEmptySubsequences: false).count
      for line in lines where !line.contains("\"") {
        #expect(line.split(separator: ",", omittingEmptySubsequences: false).count == count)
      }
    }
  }

  @Test func thePictureIsWellFormedAlsoWithoutAnything() {
    for scenarios in [[], [ValidationFixture.agreeing, ValidationFixture.differing]] {
      let parser = XMLParser(data: Data(DifferenceChart(scenarios).svg.utf8))
      #expect(parser.parse(), "\(String(describing: parser.parserError))")
    }
  }
}
