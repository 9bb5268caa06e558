import Foundation
import Testing

@testable import LabScenarioFiles

/// A folder of manifests beside the tests, and the scenario that a person has looked at.
struct ImportFixture: CustomTestStringConvertible {
  /// The folder's name.
  let name: String

  /// All of them: one for each kind of release.
  static let all = [
    "deployment", "rollout-canary", "rollout-blue-green", "flagger-canary",
  ].map { ImportFixture(name: $0) }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Import/Fixtures")

  var testDescription: String { name }

  /// The manifests, called by their names alone.
  func files() throws -> [ManifestFile] {
    let folder = ImportFixture.folder.appendingPathComponent(name)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { file in
      let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(file)))
      return ManifestFile(name: file, bytes: bytes)
    }
  }

  /// The manifests as one text.
  func text() throws -> String {
    try files().map { String(decoding: $0.bytes, as: UTF8.self) }.joined(separator: "\n---\n")
  }

  /// Compares a scenario with the one that is kept, or keeps it when `UPDATE_GOLDENS` is set.
  func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = ImportFixture.folder.appendingPathComponent("\(name).imported.yaml")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] != nil {
      try Data(text.utf8).write(to: file)
      return
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let golden = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    for (number, (line, kept)) in zip(lines, golden).enumerated() where line != kept {
      Issue.record(
        "line \(number + 1): '\(line)' instead of '\(kept)'", sourceLocation: sourceLocation)
      return
    }
    #expect(lines.count == golden.count, sourceLocation: sourceLocation)
  }
}
