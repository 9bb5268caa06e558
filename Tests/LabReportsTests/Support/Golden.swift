import Foundation
import Testing

/// Texts that a person has looked at, kept beside the tests.
enum Golden {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Goldens")

  /// Compares a text with the golden file of that name, or writes the file when `UPDATE_GOLDENS` is set.
  static func expect(
    _ text: String, matches name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] != nil {
      try Data(text.utf8).write(to: file)
      return
    }
    let golden = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    guard text != golden else { return }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let goldenLines = golden.split(separator: "\n", omittingEmptySubsequences: false)
    let place = zip(lines, goldenLines).enumerated().first { $0.element.0 != $0.element.1 }
    Issue.record(
      "\(name) differs from line \((place?.offset ?? min(lines.count, goldenLines.count)) + 1): \(place.map { "'\($0.element.0)' instead of '\($0.element.1)'" } ?? "lengths differ")",
      sourceLocation: sourceLocation)
  }
}
