import ArgumentParser
import StrategyLab

/// How much a validation plays.
struct ValidationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Requests to play of each scenario, all its strategies together: 500M, 2G. Decides the replications: 3 to 100 of each strategy.",
      valueName: "n"),
    transform: { try RequestBudget.requests($0) })
  var requests = RequestBudget.standard

  @Option(
    help: ArgumentHelp(
      "Replications of each strategy and level, whatever they cost.", valueName: "n"))
  var replications: Int?

  @Option(help: ArgumentHelp("Where every random draw comes from.", valueName: "n"))
  var seed: Int?

  @Option(
    name: .customLong("strategy"),
    help: ArgumentHelp("Keep only this strategy; may be repeated.", valueName: "name"))
  var strategies: [String] = []

  @Flag(inversion: .prefixedNo, help: "Play the reference systems too.")
  var reference = true

  /// Checks the ranges.
  func validate() throws {
    if let replications, !(LevelTrial.leastReplications...100_000).contains(replications) {
      throw ValidationError(
        "--replications takes a number from \(LevelTrial.leastReplications) to 100000")
    }
    if let seed, seed < 0 { throw ValidationError("--seed takes a number from 0") }
  }

  /// The trial of a scenario.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/usage`` for a strategy that the scenario does not have.
  func trial(of scenario: Scenario) throws -> LevelTrial {
    var scenario = scenario
    if let seed { scenario.experiment.seed = UInt64(seed) }
    if !strategies.isEmpty {
      for name in strategies { _ = try scenario.index(ofStrategy: name) }
      scenario.keep(strategies: strategies)
    }
    return LevelTrial(
      scenario: scenario,
      replications: replications ?? LevelTrial.replications(of: scenario, requests: requests))
  }

  /// The trial of the reference systems.
  var referenceTrial: ReferenceTrial {
    ReferenceTrial(systems: ReferenceSystem.all, seed: seed.map { UInt64($0) } ?? 1)
  }
}

/// Numbers of requests as they stand on the command line.
enum RequestBudget {
  /// What is played of each scenario if nothing is said.
  static let standard = 500_000_000.0

  /// The number that a text names: `250000`, `400k`, `500M`, `2G`.
  ///
  /// - Throws: `ValidationError` for anything but a whole number above 0, with one of these letters or none.
  static func requests(_ text: String) throws -> Double {
    let factors: [Character: Double] = ["k": 1e3, "M": 1e6, "G": 1e9]
    let factor = text.last.flatMap { factors[$0] }
    let digits = factor == nil ? text[...] : text.dropLast()
    guard (1...15).contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isNumber }),
      let number = Int(digits), number > 0
    else { throw ValidationError("write a whole number of requests, such as 500M") }
    return Double(number) * (factor ?? 1)
  }
}
