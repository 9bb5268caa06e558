import Foundation
import Testing

/// `strategylab capacity`, run from outside.
@Suite struct CapacityCommandTests {
  private static let scenarios = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Scenarios")

  private func path(_ name: String) -> String {
    Self.scenarios.appendingPathComponent("\(name).yaml").path
  }

  private func plan(_ name: String, _ options: String...) throws -> [String: Any] {
    let outcome = try Program.run(
      ["capacity", path(name), "--format", "json", "--quiet"] + options)
    #expect(outcome.status == 0)
    #expect(outcome.complaints.isEmpty)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(object as? [String: Any])
  }

  private func strategy(_ name: String, of plan: [String: Any]) throws -> [String: Any] {
    let strategies = try #require(plan["strategies"] as? [[String: Any]])
    return try #require(strategies.first { $0["strategy"] as? String == name })
  }

  private func need(_ thing: String, _ strategy: String, of plan: [String: Any]) throws
    -> [String: Any]
  {
    let needs = try #require(try self.strategy(strategy, of: plan)["needs"] as? [[String: Any]])
    return try #require(needs.first { $0["thing"] as? String == thing })
  }

  private func number(_ key: String, _ need: [String: Any]) -> Double? { need[key] as? Double }

  // The incidents, as their reports tell them; the files name the reports.

  @Test func twentyTasksWant380Of237Connections() throws {
    let plan = try plan("incidents/connections")
    let before = try need("connections", "rolling-update", of: plan)
    #expect(number("peak_worst", before) == 380)
    #expect(number("limit", before) == 237)
    #expect(number("short_releases", before) == 200)
    #expect(number("first_short_seconds", before) == 0)
    let after = try need("connections-after", "rolling-update", of: plan)
    #expect(number("peak_worst", after) == 190)
    #expect(number("short_releases", after) == 0)
    #expect(plan["fits"] as? Bool == false)
  }

  @Test func twoProcessesTwiceTake60Of75Connections() throws {
    let plan = try plan("incidents/connections-that-fit")
    #expect(number("peak_worst", try need("connections", "blue-green", of: plan)) == 60)
    #expect(number("peak_worst", try need("with-one-ghost", "blue-green", of: plan)) == 75)
    let ghosts = try need("with-two-ghosts", "blue-green", of: plan)
    #expect(number("short_releases", ghosts) == 200)
  }

  @Test func oneReplicaUnderAFullQuotaNeverFinishes() throws {
    let plan = try plan("incidents/one-replica")
    let waits = try strategy("rolling-update", of: plan)["waits_for_ever"] as? String
    #expect(try #require(waits).contains("it needs 2 places at once, and there is 1"))
    #expect(try #require(waits).contains("2 places would do"))
    let place = 448.0 * 1024 * 1024
    let memory = try need("memory", "rolling-update", of: plan)
    #expect(number("least_to_finish", memory) == 2 * place)
    let inPlace = try strategy("rolling-in-place", of: plan)
    #expect(inPlace["finish_seconds"] is Double)
    #expect(number("least_to_finish", try need("memory", "rolling-in-place", of: plan)) == place)
  }

  @Test func twoGPUsHoldOneRelease() throws {
    let plan = try plan("incidents/two-gpus")
    let rolling = try strategy("rolling-update", of: plan)
    #expect(rolling["finish_seconds"] is NSNull)
    let waits = try #require(rolling["waits_for_ever"] as? String)
    #expect(waits.contains("waits for gpus: 2 of 2 are in use"))
    #expect(number("least_to_finish", try need("gpus", "rolling-update", of: plan)) == 4)
    #expect(try strategy("recreate", of: plan)["finish_seconds"] is Double)
  }

  @Test func aSurgeThatIsCountedFeedsItself() throws {
    let outcome = try Program.run([
      "simulate", path("incidents/autoscaler-surge"), "--defect", "none",
    ])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("the autoscaler wants 479 replicas instead of 383"))
  }

  @Test func slowTerminationExceedsTheSurge() throws {
    let outcome = try Program.run([
      "simulate", path("incidents/slow-termination"), "--strategy", "rolling-update", "--defect",
      "none", "--format", "json",
    ])
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let timeline = try #require(
      (object as? [String: Any])?["timeline"] as? [[String: Any]])
    func alive(_ row: [String: Any]) -> Int {
      ["stable", "candidate"].reduce(0) { sum, version in
        let counts = row[version] as? [String: Int] ?? [:]
        return sum
          + ["pending", "starting", "ready", "terminating"].reduce(0) { $0 + (counts[$1] ?? 0) }
      }
    }
    let atOnce = timeline.last { ($0["time_seconds"] as? Double ?? 1) == 0 }
    #expect(alive(try #require(atOnce)) == 22)
  }

  // The command.

  @Test(arguments: ["table", "markdown", "csv"])
  func everyFormatIsAResult(_ format: String) throws {
    let outcome = try Program.run([
      "capacity", path("full-quota"), "--format", format, "--quiet",
    ])
    #expect(outcome.status == 0)
    #expect(outcome.complaints.isEmpty)
    #expect(outcome.output.contains("rolling-in-place"))
    #expect(!outcome.output.contains("\u{1B}"))
  }

  @Test func theAnswerComesFirst() throws {
    let outcome = try Program.run(["capacity", path("full-quota"), "--quiet"])
    #expect(outcome.output.hasPrefix("rolling-default: the release never finishes: 1 candidate"))
    let fitting = try Program.run([
      "capacity", path("checkout"), "--quiet", "--replications", "20",
    ])
    #expect(
      fitting.output.hasPrefix(
        "everything fits; the closest is blue-green, which asks for 14 of 20 nodes"))
  }

  @Test func theTimeThatIsAskedForHasAColumn() throws {
    let outcome = try Program.run([
      "capacity", path("full-quota"), "--quiet", "--within", "5m",
    ])
    #expect(outcome.output.contains("within 5 min with"))
    let plan = try plan("full-quota", "--within", "60s")
    #expect(number("least_within", try need("replicas", "blue-green", of: plan)) == nil)
    #expect(number("least_within", try need("replicas", "recreate", of: plan)) == 2)
  }

  @Test(arguments: [
    (["--within", "soon"], "soon"), (["--within", "0s"], "above 0s"),
    (["--percentile", "0%"], "percentage"), (["--precision", "5%"], "--replications"),
    (["--output", ""], "--output is empty"), (["--strategy", "purple"], "purple"),
  ])
  func whatHasNoMeaningIsRefused(_ options: [String], _ word: String) throws {
    let outcome = try Program.run(["capacity", path("full-quota")] + options)
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.complaints.contains(word))
  }

  @Test func theReportIsWrittenAndDoesNotDependOnThreads() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("capacity-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var texts: [[String]] = []
    for threads in ["1", "4"] {
      let outcome = try Program.run([
        "capacity", path("full-quota"), "--output", folder, "--threads", threads, "--quiet",
      ])
      #expect(outcome.status == 0)
      texts.append(
        try ["capacity.md", "capacity.csv", "ledger.svg"].map {
          try String(contentsOfFile: "\(folder)/full-quota/\($0)", encoding: .utf8)
        })
    }
    #expect(texts[0] == texts[1])
    #expect(texts[0].allSatisfy { !$0.isEmpty })
  }
}
