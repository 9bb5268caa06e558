import Foundation
import LabReports
import StrategyLab
import Testing

/// Writes the reports of the made-up experiments where a person can look at them.
///
/// Runs only when `REPORT_SAMPLES` names a folder.
@Suite struct Samples {
  static let folder = ProcessInfo.processInfo.environment["REPORT_SAMPLES"]

  @Test(.enabled(if: folder != nil)) func writesSamples() throws {
    let root = try #require(Self.folder)
    for (name, fixture) in [
      ("realistic", Fixture.realistic()), ("small", .small()), ("many", .many()),
      ("hostile", .hostile()),
      ("one", .one()),
    ] {
      let folder = URL(fileURLWithPath: root).appendingPathComponent(name)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for file in ReportFolder.files(record: fixture.record, comparison: fixture.comparison) {
        try file.contents.write(
          to: folder.appendingPathComponent(file.name), atomically: true, encoding: .utf8)
      }
      for width in [80, 120, 200] {
        let text = TerminalReport.comparison(
          record: fixture.record, comparison: fixture.comparison, color: width == 120, width: width)
        try text.write(
          to: folder.appendingPathComponent("terminal-\(width).txt"), atomically: true,
          encoding: .utf8)
      }
      let run = fixture.record.runs[0]
      if let timeline = fixture.record.timelines.last {
        let text = TerminalReport.simulation(
          header: fixture.record.header, run: run, timeline: timeline, color: false, width: 100)
        try text.write(
          to: folder.appendingPathComponent("simulation.txt"), atomically: true, encoding: .utf8)
      }
      let json = JSONReport.comparison(record: fixture.record, comparison: fixture.comparison)
      try json.write(
        to: folder.appendingPathComponent("comparison.json"), atomically: true, encoding: .utf8)
    }
  }
}
