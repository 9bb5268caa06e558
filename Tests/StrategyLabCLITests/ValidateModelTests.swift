import Foundation
import Testing

/// The command that checks the model, run from outside.
@Suite struct ValidateModelTests {
  private static let scenario = """
    service: {replicas: 2}
    traffic: 2/s
    release: {defectProbability: 0%}
    strategies: [recreate, rolling-update]
    experiment: {horizon: 20m}
    """

  @Test func oneScenarioGetsItsTableAndItsFiles() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/small.yaml"
      try Self.scenario.write(toFile: path, atomically: true, encoding: .utf8)
      let line = [
        "validate-model", path, "--no-reference", "--replications", "3", "--quiet",
      ]
      let one = try Program.run(
        line + ["--threads", "1", "--format", "json", "--output", "\(folder)/one"])
      #expect([0, 3].contains(one.status), "\(one.complaints)")
      #expect(one.output.contains("\"scenario\": \"small\""))
      #expect(one.output.contains("\"replications\": 3"))
      let two = try Program.run(
        line + ["--threads", "2", "--format", "json", "--output", "\(folder)/two"])
      #expect(one.output == two.output)
      for name in ["validation.md", "levels.csv", "differences.svg"] {
        let files = try ["one", "two"].map {
          try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\($0)/validation/\(name)"))
        }
        #expect(files[0] == files[1])
        #expect(!files[0].isEmpty)
      }
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/one/validation/reference.csv"))
    }
  }

  @Test func anUnknownStrategyIsAUsageError() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/small.yaml"
      try Self.scenario.write(toFile: path, atomically: true, encoding: .utf8)
      let outcome = try Program.run(
        ["validate-model", path, "--no-reference", "--strategy", "recrate"])
      #expect(outcome.status == 64)
      #expect(outcome.complaints.contains("did you mean 'recreate'?"))
    }
  }

  @Test func theReportDoesNotReplaceTheScenario() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        atPath: "\(folder)/validation", withIntermediateDirectories: true)
      let path = "\(folder)/validation/validation.md"
      try Self.scenario.write(toFile: path, atomically: true, encoding: .utf8)
      let outcome = try Program.run(
        ["validate-model", path, "--no-reference", "--replications", "3", "--output", folder])
      #expect(outcome.status != 0)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == Self.scenario)
    }
  }
}
