import ArgumentParser
import LabScenarioFiles
import LabStore
import LabUnits
import StrategyLab

/// `strategylab resume`: completes an experiment that was interrupted.
struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Complete an experiment that was interrupted.",
    discussion: """
      Plays the runs that the store does not have. The result is the same, byte for byte, as that of \
      an experiment that was never interrupted. The scenario comes from the store, not from its file.

      Examples:
        strategylab resume 3 --store checkout.sqlite
        strategylab resume 3 --store checkout.sqlite --output Reports
      """)

  @Argument(help: ArgumentHelp("The experiment's number, see 'runs list'.", valueName: "id"))
  var id: Int64

  @OptionGroup var store: StoreOption

  @OptionGroup var play: PlayOptions

  @OptionGroup var result: ResultOptions

  /// Plays what is missing and shows the result.
  func run() throws {
    let open = try store.open(.readWrite)
    let header = try open.header(of: id)
    try checkVersion(header)
    let file = try ScenarioReader.read(
      text: header.scenarioText, path: header.scenarioName, traceText: header.traceText)
    let scenario = file.scenario.adopting(header)
    guard file.hash == header.scenarioHash, scenario.canBePlayed(as: header) else {
      throw CommandFailure(
        .invalid,
        "the store '\(store.store)' is damaged: experiment \(id) is not the one that its scenario describes; go back to a copy, or play it again with 'strategylab compare'"
      )
    }
    try result.prepare(
      [(header.scenarioName, header.strategies.map(\.name))], keeping: [store.store])
    let record = try ExperimentPlay(
      experiment: Experiment(scenario: scenario), header: header,
      stored: StoredExperiment(store: open, path: store.store, id: id), wantsTimelines: true,
      options: play
    ).finish(known: try open.runs(of: id))
    let comparison = ComparisonResult(record: record, threads: play.threadCount)
    try result.publish(comparison, keeping: [store.store], quiet: play.quiet)
    if let sentence = comparison.missedPrecision { throw CommandFailure(.limitNotMet, sentence) }
  }

  /// Runs of two versions may differ and must not stand in one experiment.
  private func checkVersion(_ header: ExperimentRecord.Header) throws {
    guard header.programVersion != ProgramVersion.text else { return }
    throw CommandFailure(
      .invalid,
      "experiment \(id) was begun by strategylab \(header.programVersion) and this is \(ProgramVersion.text); play it again with 'strategylab compare'"
    )
  }
}

extension Scenario {
  /// The scenario with what the command line replaced when the experiment was begun.
  func adopting(_ header: ExperimentRecord.Header) -> Scenario {
    var scenario = self
    scenario.name = header.scenarioName
    scenario.experiment.seed = header.seed
    scenario.experiment.replications = header.replications
    if scenario.detailChoice != header.detail { scenario.experiment.detail = header.detail.level }
    scenario.experiment.precision = header.precisionMillionths.map { Share(millionths: $0) }
    scenario.keep(strategies: header.strategies.map(\.name))
    return scenario
  }

  /// Whether the plan is one that a command line could have asked for.
  func canBePlayed(as header: ExperimentRecord.Header) -> Bool {
    strategies.map(\.name) == header.strategies.map(\.name)
      && (1...1_000_000).contains(header.replications) && sizeProblem() == nil
      && header.precisionMillionths.map { (1...1_000_000).contains($0) } != false
  }
}
