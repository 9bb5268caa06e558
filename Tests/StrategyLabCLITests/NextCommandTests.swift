import Foundation
import Testing

/// The command `next`, run from outside.
@Suite struct NextCommandTests {
  private let scenario =
    "service: {replicas: 10}\ntraffic: 5/s\nstrategies: [rolling-update, recreate, canary]\n"
  private let state =
    "{\"old\": {\"desired\": 8, \"ready\": 8, \"available\": 8}, \"new\": {\"desired\": 3}}"

  private func run(_ options: [String], state: String? = nil) throws -> Program.Outcome {
    var outcome: Program.Outcome?
    try withTemporaryFolder { folder in
      try scenario.write(toFile: "\(folder)/shop.yaml", atomically: true, encoding: .utf8)
      try (state ?? self.state).write(
        toFile: "\(folder)/state.json", atomically: true, encoding: .utf8)
      outcome = try Program.run(
        ["next", "\(folder)/shop.yaml", "--state", "\(folder)/state.json"] + options)
    }
    return try #require(outcome)
  }

  @Test func printsOrdersReasonAndTime() throws {
    let outcome = try run(["--strategy", "rolling-update"])
    #expect(outcome.status == 0)
    #expect(outcome.complaints.isEmpty)
    #expect(
      outcome.output == """
        scale candidate from 3 to 5
        reason: 11 replicas of at most 13 are asked for, so there is room for 2 more of the candidate
        looks again: when something changes

        """)
  }

  @Test func printsOneObject() throws {
    let outcome = try run(["--strategy", "recreate", "--format", "json"])
    #expect(outcome.status == 0)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let decision = try #require(object as? [String: Any])
    #expect(decision["schema_version"] as? Int == 1)
    #expect(decision["looks_again_after_seconds"] is NSNull)
    let orders = try #require(decision["orders"] as? [[String: Any]])
    #expect(orders.count == 1)
    #expect(orders.first?["order"] as? String == "scale")
    #expect(orders.first?["version"] as? String == "stable")
    #expect(orders.first?["from"] as? Int == 8)
    #expect(orders.first?["to"] as? Int == 0)
  }

  @Test func severalStrategiesNeedAName() throws {
    let outcome = try run([])
    #expect(outcome.status == 64)
    #expect(
      outcome.complaints
        == "strategylab: --strategy is needed: the scenario has 'rolling-update', 'recreate', 'canary'\n"
    )
  }

  @Test func aPlanAnswersToo() throws {
    let outcome = try run(["--strategy", "canary"])
    #expect(outcome.status == 0)
    #expect(
      outcome.output == """
        scale candidate from 3 to 1
        reason: the release begins: run 1 candidate replica and wait until it is available
        looks again: when something changes

        """)
  }

  @Test func aDeploymentIsAskedAsItIsDeployed() throws {
    try withTemporaryFolder { folder in
      try """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        replicas: 10
        selector:
          matchLabels: {app: web}
        template:
          metadata:
            labels: {app: web}
          spec:
            containers:
              - {name: web, image: "registry.example/web:1"}
      """.write(toFile: "\(folder)/deployment.yaml", atomically: true, encoding: .utf8)
      try state.write(toFile: "\(folder)/state.json", atomically: true, encoding: .utf8)
      for input in ["deployment.yaml", ""] {
        try? FileManager.default.moveItem(
          atPath: "\(folder)/state.json", toPath: "\(folder)/state.txt")
        let outcome = try Program.run(
          ["next", "\(folder)/\(input)", "--state", "\(folder)/state.txt"])
        #expect(outcome.status == 0)
        #expect(outcome.output.hasPrefix("scale candidate from 3 to 5\n"))
      }
    }
  }

  @Test func aWrongStateIsInvalidAtItsPlace() throws {
    let outcome = try run(["--strategy", "recreate"], state: "{\"replicas\": -1}")
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.complaints.contains("state.json:1:14: error: replicas -1 is below 0"))
  }

  @Test func theStateIsNeeded() throws {
    #expect(try Program.run(["next", "a.yaml"]).status == 64)
  }
}
