import ArgumentParser
import LabScenarioFiles
import LabStrategies
import StrategyLab

/// `strategylab next`: what a strategy's controller would do in its next pass, and why.
struct NextCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "next",
    abstract: "Say what a controller would do next, and why.",
    discussion: """
      Takes a state as it can be read off a cluster and prints the orders of the controller's next \
      pass, the reason, and when it looks again by itself.

      The state is a file of JSON; what it leaves out is 0, and 'replicas' is the scenario's:

        {"replicas": 10,
         "stable": {"desired": 8, "ready": 8, "available": 8, "terminating": 0},
         "candidate": {"desired": 5, "ready": 1, "available": 1},
         "weight": 20, "phase": "Progressing", "step": 2, "elapsed": "90s",
         "failedChecks": 1, "iterations": 3, "analysis": "Running", "aborted": false}

      'old' and 'new' are other names of 'stable' and 'candidate'; 'weight' is in percent.

      Examples:
        strategylab next deployment.yaml --state state.json
        strategylab next rollout.yaml analysis.yaml --state state.json --format json
        strategylab next Scenarios/checkout.yaml --state state.json --strategy canary
      """)

  /// How the decision is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    /// Orders, reason and time, a line each.
    case text
    /// One object, stable over versions of the program.
    case json
  }

  @Argument(
    help: ArgumentHelp(
      "A scenario file, or manifests: files, folders, '-' for standard input.", valueName: "file"),
    completion: .file())
  var files: [String]

  @OptionGroup(title: "What manifests do not say")
  var manifests: ManifestOptions

  @Option(
    help: ArgumentHelp("The file that says where the release stands.", valueName: "file"),
    completion: .file())
  var state: String

  @Option(
    help: ArgumentHelp(
      "The strategy to ask; needed when the scenario has several.", valueName: "name"))
  var strategy: String?

  @Option(help: "How to print the decision.")
  var format: Format = .text

  /// Reads both files, asks the strategy and prints what it says.
  func run() throws {
    let scenario = try ScenarioInput.one(of: files, manifests).file.scenario
    let named = try named(in: scenario)
    guard let strategy = named.strategy as? any StepwiseStrategy else {
      throw CommandFailure(.usage, notStepwise(named.name, in: scenario))
    }
    let state = try ControllerStateReader.read(path: state, replicas: scenario.service.replicas)
    let result = NextDecision(strategy: named.name, state: state, decision: strategy.next(state))
    switch format {
    case .text: try Console.printResult(Console.printable(result.text))
    case .json: try Console.printResult(try result.json())
    }
  }

  private func named(in scenario: Scenario) throws -> NamedStrategy {
    if let strategy { return scenario.strategies[try scenario.index(ofStrategy: strategy)] }
    if let only = scenario.strategies.first, scenario.strategies.count == 1 { return only }
    let names = scenario.strategies.map { "'\($0.name)'" }.joined(separator: ", ")
    throw CommandFailure(.usage, "--strategy is needed: the scenario has \(names)")
  }

  private func notStepwise(_ name: String, in scenario: Scenario) -> String {
    let names = scenario.strategies.filter { $0.strategy is any StepwiseStrategy }
      .map { "'\($0.name)'" }
    let others =
      names.isEmpty
      ? "the scenario has none that can" : "\(names.joined(separator: ", ")) can"
    return "'\(name)' is a plan and no controller: it cannot be asked for its next pass; \(others)"
  }
}
