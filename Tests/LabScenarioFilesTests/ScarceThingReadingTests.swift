import LabUnits
import StrategyLab
import Testing

@testable import LabScenarioFiles

/// Scarce things as scenario files write them.
@Suite struct ScarceThingReadingTests {
  private static func text(_ things: String) -> String {
    "service: {replicas: 10}\ntraffic: 5/s\nscarce:\n\(things)\n"
  }

  private static func read(_ things: String) throws -> [ScarceThing] {
    try ScenarioReader.read(text: text(things), path: "shop.yaml", traceText: nil).scenario.scarce
  }

  private static func lines(_ things: String) -> [String] {
    do throws(ScenarioFileError) {
      _ = try ScenarioReader.read(text: text(things), path: "shop.yaml", traceText: nil)
      return []
    } catch {
      return error.diagnostics.map { "\($0.line):\($0.column) \($0.message)" }
    }
  }

  @Test func everyKindIsRead() throws {
    let things = try Self.read(
      """
      - {kind: connections, perReplica: 19, limit: 237, others: 5}
      - {kind: gpus, perNode: 4}
      - {kind: addresses, name: subnet, limit: 250}
      - {kind: licences, perReplica: 2}
      - {kind: partitions, limit: 12}
      - targets
      """)
    #expect(
      things == [
        ScarceThing(
          kind: .connections, name: "connections", perReplica: 19, others: 5, limit: 237),
        ScarceThing(kind: .gpus, name: "gpus", perReplica: 1, perNode: 4),
        ScarceThing(kind: .addresses, name: "subnet", perReplica: 1, limit: 250),
        ScarceThing(kind: .licences, name: "licences", perReplica: 2),
        ScarceThing(kind: .partitions, name: "partitions", perReplica: 1, limit: 12),
        ScarceThing(kind: .targets, name: "targets", perReplica: 1),
      ])
  }

  @Test func whatIsWrongIsSaidWhereItStands() {
    #expect(
      Self.lines(
        """
        - {kind: connections, limit: 237}
        - {kind: gpu}
        - {kind: partitions, limit: 0}
        - {kind: licences, perNode: 3}
        """) == [
          "4:3 'perReplica' is missing in 'scarce[0]'", "5:10 'gpu' is no kind of scarce thing",
          "6:29 limit 0 is below 1", "7:20 unknown key 'perNode'",
        ])
    #expect(
      Self.lines("- {kind: connections, perReplica: 30, limit: 237}") == [
        "4:46 the service and others take 300 connections before the release, and there are 237"
      ])
  }
}
