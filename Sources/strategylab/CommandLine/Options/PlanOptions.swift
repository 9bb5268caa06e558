import ArgumentParser
import LabUnits
import StrategyLab

/// Options that replace what the scenario says about how it is run.
struct PlanOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Plays of each strategy; with a precision the most that are played.", valueName: "n"))
  var replications: Int?

  @Option(
    help: ArgumentHelp(
      "Play on until each strategy's mean total cost is known within this share of itself.",
      valueName: "percentage"),
    transform: { try Percentage.share($0) })
  var precision: Share?

  @Option(help: ArgumentHelp("Where every random draw comes from.", valueName: "n"))
  var seed: Int?

  @Option(
    name: .customLong("strategy"),
    help: ArgumentHelp("Keep only this strategy; may be repeated.", valueName: "name"))
  var strategies: [String] = []

  @Option(
    help: ArgumentHelp(
      "How closely requests are played: flow, request, or auto.", valueName: "level"))
  var detail: DetailLevel?

  /// Checks the ranges that a scenario file is held to as well.
  func validate() throws {
    if let replications, !(1...1_000_000).contains(replications) {
      throw ValidationError("--replications takes a number from 1 to 1000000")
    }
    if let seed, seed < 0 { throw ValidationError("--seed takes a number from 0") }
  }

  /// The scenario as it will be played.
  ///
  /// The baseline stays if it is among the strategies kept; otherwise it is the first one kept.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/usage`` for a strategy that the scenario does not have,
  ///   and for more runs than there may be.
  func applied(to scenario: Scenario) throws -> Scenario {
    var scenario = scenario
    if let precision { scenario.experiment.precision = precision }
    if let replications {
      scenario.experiment.replications = replications
      scenario.experiment.mostReplications = replications
    }
    if let seed { scenario.experiment.seed = UInt64(seed) }
    if !strategies.isEmpty {
      for name in strategies { _ = try scenario.index(ofStrategy: name) }
      scenario.keep(strategies: strategies)
    }
    if let detail { scenario.experiment.detail = detail }
    if let problem = scenario.sizeProblem() ?? scenario.detailProblem() {
      throw CommandFailure(.usage, "\(problem.message); \(problem.hint)")
    }
    return scenario
  }
}

extension DetailLevel: ExpressibleByArgument {}

extension Scenario {
  /// The position of the strategy of the given name.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/usage`` if there is none.
  func index(ofStrategy name: String) throws -> Int {
    guard let index = strategies.firstIndex(where: { $0.name == name }) else {
      throw CommandFailure(
        .usage, Spelling.unknown("strategy", name, among: strategies.map(\.name)))
    }
    return index
  }

  /// Drops the strategies that are not named; the others keep the file's order.
  mutating func keep(strategies names: [String]) {
    strategies.removeAll { !names.contains($0.name) }
    if let baseline = experiment.baseline, !names.contains(baseline) { experiment.baseline = nil }
  }
}
