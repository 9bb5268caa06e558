import LabScenarioFiles
import LabStore
import StrategyLab
import Testing

@testable import StrategyLabCLI

/// Stores that SQLite finds nothing wrong with, and that no run of this program has written.
@Suite struct DamagedExperimentTests {
  /// A store with an experiment of one strategy and two replications, as far as it is asked for.
  private func withStore(
    runs: Int, complete: Bool = false, adjust: (inout ExperimentRecord.Header) -> Void,
    _ body: (String) throws -> Void
  ) throws {
    let file = try ScenarioReader.read(
      text: """
        service: {replicas: 2}
        traffic: 5/s
        strategies: [recreate]
        experiment: {replications: 2, horizon: 10m}
        """, path: "shop", traceText: nil)
    let experiment = Experiment(scenario: file.scenario)
    var header = experiment.header(
      text: file.text, traceText: nil, hash: file.hash, assumptions: file.assumptions,
      programVersion: ProgramVersion.text)
    adjust(&header)
    try withTemporaryFolder { folder in
      let path = "\(folder)/lab.sqlite"
      let store = try ExperimentStore(path: path, access: .readWrite)
      let id = try store.begin(header)
      try store.append(
        (0..<runs).map { experiment.play(strategyIndex: 0, replication: $0).run }, to: id)
      if complete { try store.complete(id, timelines: []) }
      try store.close()
      try body(path)
    }
  }

  private func expectDamaged(_ verb: [String], _ path: String) throws {
    let outcome = try Program.run(verb + ["1", "--store", path])
    #expect(outcome.status == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.complaints.hasPrefix("strategylab: the store '\(path)' is damaged: "))
  }

  @Test func anUntouchedOneIsCompleted() throws {
    try withStore(runs: 1, adjust: { _ in }) { path in
      let resumed = try Program.run(["resume", "1", "--store", path])
      let shown = try Program.run(["runs", "show", "1", "--store", path])
      #expect(resumed.status == 0)
      #expect(shown.output == resumed.output)
    }
  }

  @Test(arguments: ["canary", "argo-canary", "flagger"]) func aCompleteOneIsShownAgain(
    strategy: String
  ) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/lab.sqlite"
      let scenario = "\(folder)/shop.yaml"
      try """
      service: {replicas: 2}
      traffic: 5/s
      strategies: [\(strategy)]
      experiment: {replications: 2}
      """.write(toFile: scenario, atomically: true, encoding: .utf8)
      let played = try Program.run(["compare", scenario, "--store", path])
      let resumed = try Program.run(["resume", "1", "--store", path])
      #expect(resumed.status == 0)
      #expect(resumed.output == played.output)
    }
  }

  @Test(arguments: [0, -1, 1_000_001, .max]) func aPlanThatNobodyCanAskFor(replications: Int) throws
  {
    try withStore(runs: 0, adjust: { $0.replications = replications }) { path in
      try expectDamaged(["resume"], path)
    }
  }

  @Test func aScenarioThatIsNotTheOneThatWasHashed() throws {
    try withStore(runs: 1, adjust: { $0.scenarioText += "# a remark\n" }) { path in
      try expectDamaged(["resume"], path)
    }
  }

  @Test func aStrategyThatTheScenarioDoesNotHave() throws {
    try withStore(runs: 1, adjust: { $0.strategies[0].name = "canary" }) { path in
      try expectDamaged(["resume"], path)
    }
  }

  @Test(arguments: [0, 1]) func aCompleteOneThatLacksRuns(runs: Int) throws {
    try withStore(runs: runs, complete: true, adjust: { _ in }) { path in
      try expectDamaged(["runs", "show"], path)
    }
  }
}
