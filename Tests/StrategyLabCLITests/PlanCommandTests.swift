import Foundation
import Testing

/// `strategylab plan`, run from outside.
@Suite struct PlanCommandTests {
  private static let scenarios = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Scenarios")

  private func path(_ name: String) -> String {
    Self.scenarios.appendingPathComponent("\(name).yaml").path
  }

  private func plans(_ arguments: [String]) throws -> [[String: Any]] {
    let outcome = try Program.run(["plan"] + arguments + ["--format", "json"])
    #expect(outcome.status == 0)
    #expect(outcome.complaints.isEmpty)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require((object as? [String: Any])?["plans"] as? [[String: Any]])
  }

  @Test(arguments: ["table", "markdown", "json", "mermaid"])
  func everyFormatIsAResult(_ format: String) throws {
    let outcome = try Program.run(["plan", path("full-quota"), "--format", format])
    #expect(outcome.status == 0)
    #expect(outcome.complaints.isEmpty)
    #expect(outcome.output.contains("rolling-in-place"))
    #expect(!outcome.output.contains("\u{1B}"))
  }

  @Test func theAnswerComesFirst() throws {
    let outcome = try Program.run(["plan", path("full-quota"), "--strategy", "rolling-default"])
    #expect(outcome.output.hasPrefix("rolling-default never finishes, peaks at 3 replicas (150%)."))
    #expect(outcome.output.contains("maxSurge: 0 and maxUnavailable: 1 would finish"))
  }

  @Test func everyChangeIsARowIfThatIsAskedFor() throws {
    let few = try plans([path("checkout"), "--strategy", "rolling-update"])
    let all = try plans([path("checkout"), "--strategy", "rolling-update", "--all"])
    let counts = [few, all].map { ($0.first?["rows"] as? [Any])?.count ?? 0 }
    #expect(counts[0] <= 12)
    #expect(counts[1] > 40)
    #expect(all.first?["rows_are"] as? String == "changes")
  }

  @Test func replicasReplaceThoseOfTheScenario() throws {
    let plans = try plans([path("low-traffic"), "--strategy", "rolling-update", "--replicas", "12"])
    #expect(plans.first?["replicas"] as? Int == 12)
  }

  @Test func replicasThatContradictTheScenarioAreAUsageError() throws {
    let outcome = try Program.run(["plan", path("full-quota"), "--replicas", "3"])
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.complaints.contains("the replicas quota of 2 holds 2 replicas, and the service has 3")
    )
  }

  @Test func anUnknownStrategyIsAUsageError() throws {
    let outcome = try Program.run(["plan", path("checkout"), "--strategy", "cannary"])
    #expect(outcome.status == 64)
    #expect(outcome.complaints.contains("did you mean 'canary'?"))
  }

  @Test func severalScenariosAreALineEachAsJSON() throws {
    let outcome = try Program.run([
      "plan", path("full-quota"), path("low-traffic"), "--format", "json",
    ])
    #expect(outcome.output.split(separator: "\n").count == 2)
  }
}
