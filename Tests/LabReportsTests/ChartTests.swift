import Foundation
import StrategyLab
import Testing

@testable import LabReports

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct ChartTests {
  @Test func chartsMatchGoldens() throws {
    let fixture = Fixture.small()
    for file in ReportFolder.files(record: fixture.record, comparison: fixture.comparison)
    where file.name.hasSuffix(".svg") {
      try Golden.expect(file.contents, matches: file.name)
    }
  }

  @Test func everyChartIsWellFormedAndDescribed() throws {
    for fixture in Self.extremes {
      for file in ReportFolder.files(record: fixture.record, comparison: fixture.comparison)
      where file.name.hasSuffix(".svg") {
        let parser = XMLParser(data: Data(file.contents.utf8))
        #expect(parser.parse(), "\(file.name): \(String(describing: parser.parserError))")
        #expect(file.contents.contains("role=\"img\" aria-label=\""))
        #expect(file.contents.contains("<desc>"))
        #expect(file.contents.contains("prefers-color-scheme:dark"))
        #expect(!file.contents.contains("<script"))
        for bad in ["nan", "inf\"", "e+", "e-0"] {
          let drawing = file.contents.split(separator: "</style>").last ?? ""
          #expect(!drawing.contains("=\"\(bad)"), "\(file.name)")
        }
      }
    }
  }

  @Test func largeFleetsMakeNoLargeFiles() {
    let fixture = Fixture.many()
    for file in ReportFolder.files(record: fixture.record, comparison: fixture.comparison)
    where file.name.hasSuffix(".svg") {
      #expect(file.contents.utf8.count < 150_000, "\(file.name)")
    }
  }

  @Test func withoutRollbackTheChartSaysSo() {
    let fixture = Fixture.one()
    let chart = RollbackChart(record: fixture.record, order: [0])
    #expect(chart.svg.contains("No roll-back occurred."))
    #expect(
      CostExposureChart(fixture.record, fixture.comparison).svg
        .contains("No defective release was rolled back"))
  }

  @Test func withoutTimelinesTheChartSaysSo() {
    var fixture = Fixture.one()
    fixture.record.timelines = []
    let replicas = ReplicaChart(record: fixture.record, strategyIndex: 0, slug: "x").svg
    #expect(replicas.contains("No replication of this strategy was written down"))
    #expect(
      TrafficChart(record: fixture.record, order: [0]).svg.contains("No replication was written"))
  }

  private static var extremes: [Fixture] {
    var empty = Fixture.one()
    empty.record.timelines = []
    var flat = Fixture.realistic(replications: 3)
    for index in flat.record.runs.indices {
      for metric in Metric.allCases { flat.record.runs[index].metrics[metric] = 0 }
    }
    flat.comparison = FixtureStatistics.comparison(of: flat.record)
    for index in flat.record.timelines.indices {
      flat.record.timelines[index].rows = Array(flat.record.timelines[index].rows.prefix(1))
    }
    return [.realistic(), .small(), .many(), .one(), .hostile(), empty, flat]
  }
}
