import Foundation
import StrategyLab
import Testing

@testable import StrategyLabCLI

/// The reference pages say what the program does.
@Suite struct ReferenceTests {
  private let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("docs/reference")

  @Test func everyMetricHasItsRow() throws {
    let page = try String(
      contentsOf: folder.appendingPathComponent("metrics.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }.map(String.init)
    #expect(rows == Metric.allCases.map { "| `\($0.rawValue)` | \($0.unit) | \($0.meaning) |" })
  }

  @Test func everyExitStatusHasItsRow() throws {
    let page = try String(
      contentsOf: folder.appendingPathComponent("exit-status.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst(2)
    #expect(rows.count == ExitStatus.allCases.count)
    for (row, status) in zip(rows, ExitStatus.allCases) {
      #expect(row.hasPrefix("| \(status.rawValue) | \(status.meaning) |"))
    }
  }
}
