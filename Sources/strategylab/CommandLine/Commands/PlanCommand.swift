import ArgumentParser
import LabReports
import LabScenarioFiles
import StrategyLab

/// `strategylab plan`: shows what each strategy will do, without chance and before anything runs.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show the steps, replicas and times of a release before it is run.",
    discussion: """
      Plays a good release without chance: start-ups, drains and nodes take their typical time. \
      Prints when the release finishes, how many replicas it needs at its peak, each step with the \
      weight that it asks for and the one that it gets, and where the plan cannot do what it says.
      Takes scenario files, and manifests (files, folders, or - for standard input), which are \
      planned together as one release.

      Examples:
        strategylab plan rollout.yaml analysis.yaml
        helm template shop | strategylab plan - --also blue-green
        strategylab plan Scenarios/checkout.yaml
        strategylab plan Scenarios/checkout.yaml --strategy canary
        strategylab plan Scenarios/full-quota.yaml --strategy recreate --all
        strategylab plan Scenarios/checkout.yaml --format mermaid > checkout.mmd
      """)

  /// How plans are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    /// Answer, picture and rows for people.
    case table
    /// A section to paste into a page or a pull request.
    case markdown
    /// One object, stable over versions of the program.
    case json
    /// A Gantt chart.
    case mermaid
  }

  @Argument(
    help: ArgumentHelp("Scenario files or manifests.", valueName: "file"), completion: .file())
  var files: [String]

  @OptionGroup(title: "What manifests do not say") var manifests: ManifestOptions

  @Option(
    name: .customLong("strategy"),
    help: ArgumentHelp("Plan only this strategy; may be repeated.", valueName: "name"))
  var strategies: [String] = []

  @Option(
    help: ArgumentHelp(
      "Replicas of the service, in place of what the scenario says.", valueName: "n"))
  var replicas: Int?

  @Option(help: "How to print the plans.")
  var format: Format = .table

  @Flag(help: "Print a row for every change, not for every step or wave.")
  var all = false

  /// Checks the range that a scenario file is held to as well.
  func validate() throws {
    if let replicas, !(1...100_000).contains(replicas) {
      throw ValidationError("--replicas takes a number from 1 to 100000")
    }
  }

  /// Reads all files, then prints their plans one after the other.
  func run() throws {
    let inputs = try ScenarioInput.read(files, manifests)
    for input in inputs { input.explain() }
    let scenarios = try inputs.map { try planned($0.file.scenario) }
    for (index, scenario) in scenarios.enumerated() {
      let report = PlanReport(
        scenarioName: scenario.name, projections: Projection.all(of: scenario),
        showsEveryRow: all)
      let text = text(of: report)
      if format == .json {
        try Console.printResult(scenarios.count > 1 ? JSONLine.compact(text) : text)
      } else {
        try Console.printResult(index == 0 ? text : "\n" + text)
      }
    }
  }

  private func text(of report: PlanReport) -> String {
    switch format {
    case .table:
      let terminal = Terminal.standardOutput
      return report.terminal(color: terminal.allowsColor, width: terminal.width)
    case .markdown: return report.markdown
    case .json: return report.json
    case .mermaid: return report.mermaid
    }
  }

  /// A scenario as it will be planned.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/usage`` for a strategy that it does not have, and
  ///   for replicas that contradict it.
  private func planned(_ original: Scenario) throws -> Scenario {
    var scenario = original
    if !strategies.isEmpty {
      for name in strategies { _ = try scenario.index(ofStrategy: name) }
      scenario.keep(strategies: strategies)
    }
    if let replicas {
      scenario.service.replicas = replicas
      if let problem = scenario.problems().first {
        throw CommandFailure(
          .usage, "--replicas \(replicas): \(problem.path): \(problem.message); \(problem.hint)")
      }
    }
    return scenario
  }
}
