import ArgumentParser
import LabScenarioFiles
import StrategyLab

/// `strategylab compare`: plays every strategy of a scenario and says which to choose.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Play every strategy of a scenario and say which to choose.",
    discussion: """
      Takes scenario files, and manifests, which are imported together as one scenario. Prints the recommendation and the comparison. No file is written unless --output or --store \
      asks for it. With several scenarios each is compared in turn; as JSON each is then one line.

      Examples:
        strategylab compare Scenarios/checkout.yaml
        strategylab compare Scenarios/checkout.yaml --replications 5000 --seed 7
        strategylab compare Scenarios/checkout.yaml --precision 2% --strategy canary
        strategylab compare Scenarios/*.yaml --output Reports --store lab.sqlite
        strategylab compare Scenarios/checkout.yaml --format json > checkout.json
        strategylab compare k8s/ --profile base.yaml --also rolling,blue-green
      """)

  @Argument(
    help: ArgumentHelp(
      "Scenario files, or manifests: files, folders, '-' for standard input.", valueName: "file"),
    completion: .file())
  var files: [String]

  @OptionGroup(title: "What manifests do not say")
  var manifests: ManifestOptions

  @OptionGroup(title: "Plan, in place of what the scenario says")
  var plan: PlanOptions

  @OptionGroup var play: PlayOptions

  @OptionGroup var result: ResultOptions

  @Option(
    help: ArgumentHelp(
      "Keep every run in this SQLite file; an interrupted experiment can then be resumed.",
      valueName: "file"))
  var store: String?

  /// Compares the scenarios, one after the other.
  func run() throws {
    // All files are read before the first is played: a mistake in the last one shows at once.
    let inputs = try ScenarioInput.read(files, manifests)
    if !play.quiet { for input in inputs { input.explain() } }
    let scenarios = try inputs.map { ($0.file, try plan.applied(to: $0.file.scenario)) }
    try refuseSharedFolder(scenarios.map(\.1.name))
    let keeping =
      files.filter { $0 != "-" } + [manifests.profile].compactMap { $0 }
      + scenarios.compactMap(\.0.tracePath) + [store].compactMap { $0 }
    try result.prepare(
      scenarios.map { ($0.1.name, $0.1.strategies.map(\.name)) }, keeping: keeping)
    var missed: [String] = []
    for (index, (file, scenario)) in scenarios.enumerated() {
      let record = try compare(file, scenario)
      let result = ComparisonResult(record: record, threads: play.threadCount)
      try self.result.publish(
        result, keeping: keeping, isFirst: index == 0, isOneOfSeveral: scenarios.count > 1,
        quiet: play.quiet)
      if let sentence = result.missedPrecision {
        missed.append("strategylab: \(record.header.scenarioName): \(sentence)")
      }
    }
    if !missed.isEmpty {
      throw CommandFailure(.limitNotMet, laidOut: missed.joined(separator: "\n"))
    }
  }

  /// Two scenarios of one name would write their reports over each other.
  private func refuseSharedFolder(_ names: [String]) throws {
    var seen: Set<String> = []
    if result.output != nil, let name = names.first(where: { !seen.insert($0).inserted }) {
      throw CommandFailure(
        .usage,
        "two scenarios are called '\(name)' and would share a report folder; give each its own --output"
      )
    }
  }

  private func compare(_ file: ScenarioFile, _ scenario: Scenario) throws -> ExperimentRecord {
    let experiment = Experiment(scenario: scenario)
    let header = experiment.header(
      text: file.text, traceText: file.traceText, hash: file.hash, assumptions: file.assumptions,
      programVersion: ProgramVersion.text)
    let stored = try store.map { try StoredExperiment(beginning: header, at: $0) }
    let record = try ExperimentPlay(
      experiment: experiment, header: header, stored: stored,
      wantsTimelines: stored != nil || result.output != nil, options: play
    ).finish()
    if let stored, !play.quiet {
      Console.complain("kept as experiment \(stored.id) in \(Console.printable(stored.path))")
    }
    return record
  }
}
