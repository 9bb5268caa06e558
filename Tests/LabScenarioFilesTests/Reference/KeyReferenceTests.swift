import FoundationEssentials
import LabUnits
import StrategyLab
import Testing

@testable import LabScenarioFiles

@Suite struct KeyReferenceTests {
  private let keys = KeyCatalogue(TestCatalogue.parameters)

  private func paths(_ path: String) -> [String] {
    keys.explain(path)?.topics.map { $0.path } ?? []
  }

  @Test(
    arguments: [
      ("wait", ["wait"]), ("probe.period", ["probe.period"]), ("period", ["probe.period"]),
      ("probe", ["probe"]), ("plans.stepwise.weight", ["plans.stepwise.weight"]),
      ("plans[1].weight", ["plans.stepwise.weight"]), ("plans.steady", ["plans.steady"]),
      ("stepwise", ["plans.stepwise"]), ("plans.kind", ["plans.kind"]),
      ("plans.label", ["plans.label"]), ("label", ["plans.label"]),
      ("startup.lognormal.p95", ["startup.lognormal.p95"]), ("lognormal", ["startup.lognormal"]),
      ("mean", ["startup.exponential.mean", "startup.gamma.mean"]),
      ("startup.distribution", ["startup.distribution"]),
      ("banana", []), ("", []), ("..", []), ("probe.wait", []),
    ] as [(String, [String])])
  func findsKeysByWhatPeopleCallThem(_ path: String, _ found: [String]) {
    #expect(paths(path) == found)
  }

  @Test func explainsAKeyInFull() {
    #expect(
      keys.explain("wait")?.text == """
        wait
          How long.
          write:    a length of time, such as 90s
          range:    1s to 1h
          default:  30s
          source:   test

        """)
    #expect(
      keys.explain("title")?.text == """
        title
          A line.
          write:    a text
          required

        """)
    #expect(
      keys.explain("plans")?.text == """
        plans
          What to play.
          write:    a list, each item a kind of plan, or a mapping with `kind`
          range:    at least 1 item
          default:  [steady, {kind: stepwise, weight: 5%}]
          source:   test
          below:    steady, stepwise

        """)
    #expect(keys.explain("mean")?.text.hasPrefix("2 places:\n\nstartup.exponential.mean\n") == true)
  }

  @Test func suggestsNearPaths() {
    #expect(keys.suggestions(for: "probe.perod") == ["probe.period"])
    #expect(keys.suggestions(for: "stpwise") == ["plans.stepwise"])
    #expect(keys.suggestions(for: "banana") == [])
  }

  @Test func explainsTheKeysOfScenarios() {
    for path in [
      "service.readiness.period", "traffic.daily.mean", "release.defects.errors.failureRate",
    ] {
      #expect(KeyReference.explain(path)?.topics.map { $0.path } == [path])
    }
    #expect(
      KeyReference.explain("replicas")?.topics.prefix(2).map { $0.path } == [
        "service.replicas", "cluster.quota.replicas",
      ])
    #expect(KeyReference.suggestions(for: "service.replcas").first == "service.replicas")
  }

  @Test func everyDefaultOfTheCatalogueCanBeRead() {
    for entry in KeyIndex(Scenario.parameters).entries {
      guard case .standard = entry.parameter.presence else { continue }
      #expect(Reading("{}", [entry.parameter]).lines == [], "\(entry.path)")
    }
  }

  @Test func thePageHasATableForEverySectionAndForm() {
    let page = ReferencePage(TestCatalogue.parameters).text
    #expect(
      page.contains(
        "\n## `probe`\n\nThe probe.\n\n| key | write | range | default | meaning | source |\n| --- | --- | --- | --- | --- | --- |\n| `period` | a length of time, such as 90s | 0s to 8784h | `10s` | Between probes. | Kubernetes |\n"
      ))
    #expect(page.contains("\n### `stepwise`\n\nIn steps.\n\n| key |"))
    #expect(page.contains("| SL040 | The key is not one of those that may stand here. |\n"))
    #expect(KeyReference.markdown() == KeyReference.markdown())
    #expect(KeyReference.markdown().contains("\n## `service`\n"))
  }

  @Test func theSchemaIsValidJSON() throws {
    for text in [KeyReference.jsonSchema(), ScenarioSchema(TestCatalogue.parameters).text] {
      let schema = try JSONDecoder().decode(AnySchema.self, from: Data(text.utf8))
      #expect(schema.type == "object")
      #expect(schema.additionalProperties == false)
    }
    #expect(KeyReference.jsonSchema() == KeyReference.jsonSchema())
  }

  @Test func theSchemaSaysKindsRangesAndDefaults() {
    let schema = ScenarioSchema(TestCatalogue.parameters).text
    #expect(
      schema.contains(
        """
            "replicas": {
              "description": "How many. Range: 1 to 100. Source: test.",
              "type": "integer",
              "minimum": 1,
              "maximum": 100,
              "default": 3
            },

        """))
    #expect(schema.contains("\"const\": \"stepwise\""))
  }

  private struct AnySchema: Decodable {
    let type: String
    let additionalProperties: Bool
  }
}
