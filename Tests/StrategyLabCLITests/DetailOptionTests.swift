import Testing

@testable import StrategyLabCLI

/// `--detail` as a user gives it, and what the result says of it.
@Suite struct DetailOptionTests {
  private func withScenario(_ more: String = "", _ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/shop.yaml"
      try """
      service: {replicas: 2\(more)}
      traffic: 5/s
      users: {population: 500}
      strategies: [recreate]
      experiment: {replications: 2, horizon: 10m}
      """.write(toFile: path, atomically: true, encoding: .utf8)
      try body(path)
    }
  }

  @Test func theResultSaysWhichLevelWasTakenAndWhy() throws {
    try withScenario { path in
      let auto = try Program.run(["compare", path])
      #expect(
        auto.output.replacing("\n", with: " ").contains(
          "Requests are played as a flow: it has a formula for all that the scenario asks for."))
      let asked = try Program.run(["compare", path, "--detail", "request"])
      #expect(
        asked.output.replacing("\n", with: " ").contains(
          "Requests are played one by one: as it was asked for."))
      let simulated = try Program.run(["simulate", path, "--detail", "request", "--format", "json"])
      #expect(simulated.output.contains("\"detail\": \"request\""))
    }
    try withScenario(", balancing: least-request") { path in
      let auto = try Program.run(["compare", path])
      #expect(
        auto.output.replacing("\n", with: " ").contains(
          "Requests are played one by one: the flow has no formula for least requests of two."))
    }
  }

  @Test func theFlowDoesNotPretendToPlayWhatItCannot() throws {
    try withScenario(", retries: {}") { path in
      let refused = try Program.run(["compare", path, "--detail", "flow"])
      #expect(refused.status == 64)
      #expect(
        refused.complaints
          == "strategylab: the flow has no formula for retries; write `experiment.detail: request`, or leave service.retries out\n"
      )
      #expect(try Program.run(["compare", path, "--detail", "all"]).status == 64)
    }
  }

  @Test func aStoredExperimentIsResumedAtItsLevel() throws {
    try withScenario { path in
      let store = path + ".sqlite"
      let played = try Program.run(["compare", path, "--detail", "request", "--store", store])
      let resumed = try Program.run(["resume", "1", "--store", store])
      #expect(resumed.status == 0)
      #expect(resumed.output == played.output)
      #expect(try Program.run(["runs", "show", "1", "--store", store]).output == played.output)
    }
  }
}
