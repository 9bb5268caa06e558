import ArgumentParser
import LabScenarioFiles

/// `strategylab validate`: checks scenario files without playing them.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check scenario files without playing them.",
    discussion: """
      Every mistake of every file is shown with its place. Leaves with 2 if there is one.

      Examples:
        strategylab validate Scenarios/checkout.yaml
        strategylab validate Scenarios/*.yaml --format json
      """)

  /// How the findings are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    /// A line for each file on standard output, the mistakes on standard error.
    case text
    /// One object on standard output.
    case json
  }

  @Argument(help: ArgumentHelp("Scenario files.", valueName: "file"), completion: .file())
  var files: [String]

  @Option(help: "How to print the findings.")
  var format: Format = .text

  /// Reads every file and prints what was found.
  func run() throws {
    var findings: [ValidationFindings.File] = []
    for file in files {
      do {
        let scenario = try ScenarioReader.read(path: file).scenario
        findings.append(ValidationFindings.File(file, strategies: scenario.strategies.count))
        if format == .text {
          let count = scenario.strategies.count
          try Console.printResult(
            "\(Console.printable(file)): ok, \(count) \(count == 1 ? "strategy" : "strategies")")
        }
      } catch let error as ScenarioFileError {
        findings.append(ValidationFindings.File(file, diagnostics: error.diagnostics))
        if format == .text {
          Console.complain(error.rendered(color: Terminal.standardError.allowsColor))
        }
      }
    }
    if format == .json {
      try Console.printResult(try ValidationFindings(files: findings).json())
    }
    if findings.contains(where: { !$0.valid }) { throw CommandFailure(.invalid, "") }
  }
}
