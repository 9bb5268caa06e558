import Foundation
import Testing

/// `import`, and `compare` on manifests, run from outside as a person runs them.
@Suite struct ImportTests {
  private let manifest = """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 3
      paused: true
      selector:
        matchLabels: {app: web}
      template:
        metadata:
          labels: {app: web}
        spec:
          containers:
            - name: web
              image: registry.example/web:1
    """

  private func withManifest(_ body: (_ folder: String, _ path: String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/deployment.yaml"
      try manifest.write(toFile: path, atomically: true, encoding: .utf8)
      try body(folder, path)
    }
  }

  @Test func comparingManifestsIsComparingTheirImport() throws {
    try withManifest { folder, path in
      let options = ["--replications", "20", "--format", "json"]
      let manifests = ["--also", "recreate,blue-green"]
      let imported = try Program.run(["import", path, "-o", "\(folder)/web.yaml"] + manifests)
      #expect(imported.status == 0)
      #expect(imported.output.isEmpty)
      let direct = try Program.run(["compare", path] + manifests + options)
      let later = try Program.run(["compare", "\(folder)/web.yaml"] + options)
      #expect(direct.status == 0)
      #expect(direct.output == later.output)
      #expect(direct.output.contains("blue-green"))
    }
  }

  /// Folders of the project with manifests: the seed article's set-ups, and one release of each controller.
  private static let folders =
    ["mesh-weights", "mesh-header", "replica-counts", "nginx-canary"].map {
      "Scenarios/manifests/\($0)"
    }
    + ["deployment", "rollout-canary", "rollout-blue-green", "flagger-canary"].map {
      "Tests/LabScenarioFilesTests/Import/Fixtures/\($0)"
    }

  @Test(arguments: folders)
  func comparingAFolderIsComparingItsImport(_ name: String) throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let manifests = root.appendingPathComponent(name).path
    try withTemporaryFolder { folder in
      let options = ["--replications", "10", "--format", "json", "--quiet"]
      let imported = try Program.run(["import", manifests])
      #expect(imported.status == 0, "\(imported.complaints)")
      // A scenario is called as its file is.
      let title = try #require(manifests.split(separator: "/").last)
      let path = "\(folder)/\(title).yaml"
      try imported.output.write(toFile: path, atomically: true, encoding: .utf8)
      let later = try Program.run(["compare", path] + options)
      let direct = try Program.run(["compare", manifests] + options)
      #expect(later.status == 0)
      #expect(Self.withoutName(direct.output) == Self.withoutName(later.output))
      #expect(direct.output.contains("\"stalled\": 0}"))
    }
  }

  /// A comparison without what the scenario is called.
  private static func withoutName(_ json: String) -> [Substring] {
    json.split(separator: "\n").filter { !$0.hasPrefix("  \"scenario\":") }
  }

  @Test func whatIsNotModelledIsSaidOnStandardError() throws {
    try withManifest { folder, _ in
      let outcome = try Program.run(["import", folder, "--verbose"])
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("replicas: 3  # deployment.yaml:6 spec.replicas"))
      #expect(outcome.complaints.contains("note: 1 thing is read and not modelled:"))
      #expect(outcome.complaints.contains("Deployment web spec.paused: a paused roll-out"))
    }
  }

  @Test func standardInputIsRead() throws {
    try withManifest { _, path in
      let outcome = try Program.run(
        ["import", "-", "--quiet"], shell: "cat '\(path)' | \"$0\" \"$@\"")
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("replicas: 3  # stdin:6 spec.replicas"))
      #expect(outcome.complaints.isEmpty)
    }
  }

  @Test func aManifestThatAClusterRefusesIsInvalid() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/deployment.yaml"
      try manifest.replacingOccurrences(of: "replicas: 3", with: "replica: 3")
        .write(toFile: path, atomically: true, encoding: .utf8)
      for verb in ["import", "compare"] {
        let outcome = try Program.run([verb, path])
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.complaints.contains("\(path):6:3: error: unknown key 'replica' [SL040]"))
      }
    }
  }

  @Test(arguments: [
    ["--also", "canery"], ["--workload"], ["-o"], ["--profile"],
  ])
  func wrongLinesAreUsageErrors(_ options: [String]) throws {
    try withManifest { _, path in
      let outcome = try Program.run(["import", path] + options)
      #expect(outcome.status == 64)
    }
  }

  @Test func aScenarioNeverReplacesItsManifest() throws {
    try withManifest { _, path in
      let outcome = try Program.run(["import", path, "-o", path])
      #expect(outcome.status == 64)
      let kept = try String(contentsOfFile: path, encoding: .utf8)
      #expect(kept == manifest)
    }
  }

  @Test func optionsForManifestsNeedSome() throws {
    let outcome = try Program.run(["compare", "no-such.yaml", "--also", "rolling"])
    #expect(outcome.status == 64)
  }
}
