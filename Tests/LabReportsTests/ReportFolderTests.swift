import LabUnits
import StrategyLab
import Testing

@testable import LabReports

@Suite struct ReportFolderTests {
  @Test func holdsTheReportItsTablesAndItsPictures() {
    let fixture = Fixture.realistic()
    let files = ReportFolder.files(record: fixture.record, comparison: fixture.comparison)
    #expect(
      files.map(\.name) == [
        "report.md", "comparison.csv", "runs.csv", "timeline.csv", "replicas-recreate.svg",
        "replicas-rolling-update.svg", "replicas-blue-green.svg", "replicas-canary-5-25-50.svg",
        "replicas-shadow-then-switch.svg", "traffic-share.svg", "cost-exposure.svg",
        "rollback-time.svg",
      ])
  }

  @Test func namesAreKnownBeforeTheFilesAre() {
    for fixture in [Fixture.realistic(), .hostile(), .many(), .one()] {
      let files = ReportFolder.files(record: fixture.record, comparison: fixture.comparison)
      let names = fixture.record.header.strategies.map(\.name)
      #expect(ReportFolder.fileNames(strategies: names) == files.map(\.name))
    }
  }

  @Test func everyPictureOfTheReportIsAFile() {
    for fixture in [Fixture.realistic(), .hostile(), .many(), .one()] {
      let files = ReportFolder.files(record: fixture.record, comparison: fixture.comparison)
      let report = files[0].contents
      for file in files where file.name.hasSuffix(".svg") {
        #expect(report.contains("](\(file.name))"), "\(file.name)")
      }
      #expect(Set(files.map(\.name)).count == files.count)
    }
  }

  @Test func sameInputSameBytes() {
    let first = Fixture.realistic(replications: 20)
    let second = Fixture.realistic(replications: 20)
    #expect(
      ReportFolder.files(record: first.record, comparison: first.comparison)
        == ReportFolder.files(record: second.record, comparison: second.comparison))
  }

  @Test func longTimelinesAreCutInTheMiddle() {
    let rows = (0..<100).map { number in
      Timeline.Row(
        time: .zero + .seconds(number), event: number < 50 ? "wave \(number)" : "ready",
        stable: .init(), candidate: .init(), candidateWeight: 0)
    }
    let moments = KeyMoments(
      Timeline(strategyIndex: 0, replication: 0, rows: rows), limit: 30)
    #expect(moments.moments.count == 30)
    #expect(moments.omitted == 21)
    #expect(moments.gap == 20)
    #expect(moments.moments.last?.count == 50)
  }
}
