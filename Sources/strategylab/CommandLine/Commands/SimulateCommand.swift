import ArgumentParser
import LabReports
import LabScenarioFiles
import StrategyLab

/// `strategylab simulate`: plays one replication of one strategy, moment by moment.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Play one replication of one strategy, moment by moment.",
    discussion: """
      Prints the timeline and what was measured. The replication is the same one that 'compare' \
      plays under that number and seed, unless --defect gives it another fate.

      Examples:
        strategylab simulate Scenarios/checkout.yaml --strategy canary
        strategylab simulate Scenarios/checkout.yaml --strategy canary --seed 7
        strategylab simulate Scenarios/checkout.yaml --strategy canary --defect none
        strategylab simulate Scenarios/checkout.yaml --strategy canary --format csv
        strategylab simulate k8s/ --profile Scenarios/checkout.yaml
      """)

  /// How a replication is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    /// Timeline and metrics for people.
    case table
    /// One object, stable over versions of the program.
    case json
    /// The timeline, one row a moment.
    case csv
  }

  @Argument(
    help: ArgumentHelp(
      "A scenario file, or manifests: files, folders, '-' for standard input.", valueName: "file"),
    completion: .file())
  var files: [String]

  @OptionGroup(title: "What manifests do not say")
  var manifests: ManifestOptions

  @Option(
    help: ArgumentHelp(
      "The strategy to play; needed when the scenario has several.", valueName: "name"))
  var strategy: String?

  @Option(help: ArgumentHelp("Where every random draw comes from.", valueName: "n"))
  var seed: Int?

  @Option(help: ArgumentHelp("Which random world to play in, from 0.", valueName: "k"))
  var replication = 0

  @Option(
    help: ArgumentHelp(
      "The defect that the new version shall have, or 'none'; drawn if left out.",
      valueName: "name"))
  var defect: String?

  @Option(
    help: ArgumentHelp(
      "How closely requests are played: flow, request, or auto.", valueName: "level"))
  var detail: DetailLevel?

  @Option(help: "How to print the result.")
  var format: Format = .table

  /// Checks the ranges of the numbers.
  func validate() throws {
    if let seed, seed < 0 { throw ValidationError("--seed takes a number from 0") }
    if !(0..<1_000_000).contains(replication) {
      throw ValidationError("--replication takes a number from 0 to 999999")
    }
  }

  /// Plays the replication and prints it.
  func run() throws {
    let input = try ScenarioInput.one(of: files, manifests)
    input.explain()
    let read = input.file
    var scenario = read.scenario
    if let seed { scenario.experiment.seed = UInt64(seed) }
    if let detail { scenario.experiment.detail = detail }
    if let problem = scenario.detailProblem() {
      throw CommandFailure(.usage, "\(problem.message); \(problem.hint)")
    }
    let index = try strategyIndex(in: scenario)
    let experiment = Experiment(scenario: scenario)
    let header = experiment.header(
      text: read.text, traceText: read.traceText, hash: read.hash, assumptions: read.assumptions,
      programVersion: ProgramVersion.text)
    let (run, timeline) = experiment.play(
      strategyIndex: index, replication: replication, forcedDefect: try forcedDefect(in: scenario))
    switch format {
    case .table:
      let terminal = Terminal.standardOutput
      try Console.printResult(
        TerminalReport.simulation(
          header: header, run: run, timeline: timeline, color: terminal.allowsColor,
          width: terminal.width))
    case .json:
      try Console.printResult(JSONReport.simulation(header: header, run: run, timeline: timeline))
    case .csv:
      let record = ExperimentRecord(header: header, runs: [run], timelines: [timeline])
      try Console.printResult(CSVReport.timeline(record: record))
    }
  }

  private func strategyIndex(in scenario: Scenario) throws -> Int {
    if let strategy { return try scenario.index(ofStrategy: strategy) }
    if scenario.strategies.count == 1 { return 0 }
    let names = scenario.strategies.map { "'\($0.name)'" }.joined(separator: ", ")
    throw CommandFailure(.usage, "--strategy is needed: the scenario has \(names)")
  }

  private func forcedDefect(in scenario: Scenario) throws -> ForcedDefect? {
    guard let defect else { return nil }
    if defect == "none" { return ForcedDefect.none }
    let names = scenario.release.catalog.map(\.name)
    guard names.contains(defect) else {
      throw CommandFailure(.usage, Spelling.unknown("defect", defect, among: names + ["none"]))
    }
    return .named(defect)
  }
}
