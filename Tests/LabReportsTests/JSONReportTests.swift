import Foundation
import StrategyLab
import Testing

@testable import LabReports

@Suite struct JSONReportTests {
  @Test func comparisonMatchesGolden() throws {
    let fixture = Fixture.small()
    try Golden.expect(
      JSONReport.comparison(record: fixture.record, comparison: fixture.comparison),
      matches: "comparison.json")
  }

  @Test func simulationMatchesGolden() throws {
    let fixture = Fixture.small()
    try Golden.expect(
      JSONReport.simulation(
        header: fixture.record.header, run: fixture.record.runs[0],
        timeline: fixture.record.timelines[0]),
      matches: "simulation.json")
  }

  @Test func comparisonHasEveryPromisedKey() throws {
    for fixture in [Fixture.realistic(), .hostile(), .one()] {
      let object = try parse(
        JSONReport.comparison(record: fixture.record, comparison: fixture.comparison))
      #expect(object["schema_version"] as? Int == 1)
      #expect(object["scenario"] as? String == fixture.record.header.scenarioName)
      #expect(object["seed"] as? Int == 42)
      #expect(object["horizon_seconds"] as? Double == 7200)
      let strategies = try #require(object["strategies"] as? [[String: Any]])
      #expect(
        strategies.map { $0["name"] as? String } == fixture.record.header.strategies.map(\.name))
      for strategy in strategies {
        let given = try #require(strategy["given"] as? [String: [String: Any]])
        let metrics = try #require(strategy["metrics"] as? [String: Any])
        let outcomes = try #require(strategy["outcomes"] as? [String: Int])
        #expect(Set(outcomes.keys) == ["promoted", "rolled_back", "stalled"])
        for values in [metrics, given["good"] ?? [:], given["defective"] ?? [:]] {
          #expect(Set(values.keys) == Set(Metric.allCases.map(\.rawValue)))
        }
        #expect(metrics["latency_p50_seconds"] is NSNull)
      }
      let recommendation = try #require(object["recommendation"] as? [String: Any])
      #expect(recommendation["strategy"] is String)
      #expect(
        recommendation["reasons"] as? [String] == fixture.comparison.recommendation.sentences)
    }
  }

  @Test func simulationHasEveryPromisedKey() throws {
    let fixture = Fixture.hostile()
    let timeline = fixture.record.timelines[0]
    let object = try parse(
      JSONReport.simulation(
        header: fixture.record.header, run: fixture.record.runs[0], timeline: timeline))
    for key in ["strategy", "seed", "replication", "outcome", "metrics", "timeline"] {
      #expect(object[key] != nil, "\(key)")
    }
    let rows = try #require(object["timeline"] as? [[String: Any]])
    #expect(rows.count == timeline.rows.count)
    let candidate = try #require(rows[0]["candidate"] as? [String: Int])
    #expect(
      Set(candidate.keys)
        == ["desired", "pending", "starting", "ready", "available", "terminating"])
  }

  private func parse(_ text: String) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }
}
