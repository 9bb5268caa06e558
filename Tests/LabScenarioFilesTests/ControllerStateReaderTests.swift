import LabScenarioFiles
import LabStrategies
import LabUnits
import Testing

@Suite struct ControllerStateReaderTests {
  private func read(_ text: String) throws -> ControllerState {
    try ControllerStateReader.read(text: text, path: "state.json", replicas: 7)
  }

  @Test func readsEveryKey() throws {
    let state = try read(
      """
      {"replicas": 10,
       "stable": {"desired": 8, "ready": 8, "available": 7, "terminating": 1},
       "candidate": {"desired": 5, "ready": 1},
       "weight": 20, "phase": "Progressing", "step": 2, "elapsed": "90s",
       "failedChecks": 1, "iterations": 3, "analysis": "Running", "aborted": true}
      """)
    let expected = ControllerState(
      desiredReplicas: 10,
      stable: ReplicaCounts(desired: 8, ready: 8, available: 7, terminating: 1),
      candidate: ReplicaCounts(desired: 5, starting: 4, ready: 1), weight: .percent(20),
      phase: "Progressing", step: 2, elapsed: .seconds(90), failedChecks: 1, iterations: 3,
      analysis: "Running", isAborted: true)
    #expect(state == expected)
  }

  @Test func whatIsLeftOutIsNothingAndTheScenariosReplicas() throws {
    let state = try read("{}")
    #expect(state == ControllerState(desiredReplicas: 7))
    #expect(try read("{\"step\": null, \"old\": null}") == state)
  }

  @Test func otherSpellingsMeanTheSame() throws {
    let state = try read(
      "{\"old\": {\"desired\": 3, \"available\": 3}, \"new\": {\"desired\": 1}, \"elapsed\": 1.5, \"weight\": \"2.5%\"}"
    )
    #expect(state.stable == ReplicaCounts(desired: 3, ready: 3, available: 3))
    #expect(state.candidate == ReplicaCounts(desired: 1, starting: 1))
    #expect(state.elapsed == .milliseconds(1500))
    #expect(state.weight == TrafficWeight(Share(millionths: 25_000)))
  }

  /// Each text has one mistake: its place and its sentence.
  @Test(arguments: [
    ("{\"replcas\": 3}", 1, 2, "unknown key 'replcas'"),
    ("{\"stable\":\n {\"desird\": 3}}", 2, 3, "unknown key 'desird'"),
    ("{\"replicas\": -3}", 1, 14, "replicas -3 is below 0"),
    ("{\"replicas\": 2000000}", 1, 14, "replicas 2000000 is above 1000000"),
    (
      "{\"replicas\": 99999999999999999999}", 1, 14,
      "replicas 99999999999999999999 is above 1000000"
    ),
    ("{\"replicas\": 2.5}", 1, 14, "replicas: '2.5' is not a whole number"),
    ("{\"replicas\": \"10\"}", 1, 14, "replicas: '\"10\"' is not a whole number"),
    ("{\"stable\": 8}", 1, 12, "'stable' is a single value, expected a mapping of keys"),
    ("{\"weight\": 120}", 1, 12, "weight 120% is above 100%"),
    ("{\"phase\": 5}", 1, 11, "'phase' is 5, expected a word of the controller"),
    ("{\"aborted\": \"yes\"}", 1, 13, "aborted: '\"yes\"' is neither true nor false"),
    ("{\"old\": {}, \"stable\": {}}", 1, 13, "'stable' says again what was said before"),
    (
      "{\"stable\": {\"desired\": 8, \"ready\": 3, \"available\": 4}}", 1, 52,
      "4 available replicas of stable are more than its 3 ready ones"
    ),
    ("[]", 1, 1, "'state' is a list, expected a mapping of keys"),
    ("", 0, 0, "the file is empty"),
  ])
  func mistakesHaveTheirPlace(text: String, line: Int, column: Int, message: String) throws {
    let error = try #require(throws: ScenarioFileError.self) { try read(text) }
    let first = try #require(error.diagnostics.first)
    #expect(first.message == message)
    #expect((first.line, first.column) == (line, column))
  }

  @Test(arguments: [
    "{\"elapsed\": -5}", "{\"elapsed\": \"soon\"}", "{\"weight\": -1}", "{\"analysis\": \"Fine\"}",
    "{\"analysis\": true}", "{", "{\"step\": 1e3}", "{\"elapsed\": [1]}",
  ])
  func absurdValuesAreMistakes(text: String) {
    #expect(throws: ScenarioFileError.self) { try read(text) }
  }

  @Test func aMissingFileIsNamed() throws {
    let error = try #require(throws: ScenarioFileError.self) {
      try ControllerStateReader.read(path: "no-such-state.json", replicas: 1)
    }
    #expect(error.diagnostics.first?.file == "no-such-state.json")
  }
}
