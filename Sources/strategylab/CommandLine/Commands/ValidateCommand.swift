import ArgumentParser
import LabScenarioFiles

/// `strategylab validate`: checks scenario files and manifests without playing them.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check scenario files and manifests without playing them.",
    discussion: """
      Every mistake of every file is shown with its place. Leaves with 2 if there is one. Manifests \
      are read together, as one release: what belongs to it is found, and what is read and not \
      modelled is said on standard error.

      Examples:
        strategylab validate Scenarios/checkout.yaml
        strategylab validate Scenarios/*.yaml --format json
        strategylab validate k8s/
      """)

  /// How the findings are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    /// A line for each file on standard output, the mistakes on standard error.
    case text
    /// One object on standard output.
    case json
  }

  @Argument(
    help: ArgumentHelp(
      "Scenario files, or manifests: files, folders, '-' for standard input.", valueName: "file"),
    completion: .file())
  var files: [String]

  @OptionGroup(title: "What manifests do not say")
  var manifests: ManifestOptions

  @Option(help: "How to print the findings.")
  var format: Format = .text

  /// Reads every file and prints what was found.
  func run() throws {
    let inputs = try ScenarioInput.groups(of: files, manifests)
    let findings = try inputs.map { paths in
      let name = paths.joined(separator: ", ")
      do {
        return try valid(name, try ScenarioInput.read(group: paths, manifests))
      } catch let error as ScenarioFileError {
        if format == .text {
          Console.complain(error.rendered(color: Terminal.standardError.allowsColor))
        }
        return ValidationFindings.File(name, diagnostics: error.diagnostics)
      }
    }
    if format == .json {
      try Console.printResult(try ValidationFindings(files: findings).json())
    }
    if findings.contains(where: { !$0.valid }) { throw CommandFailure(.invalid, "") }
  }

  private func valid(_ name: String, _ input: ScenarioInput) throws -> ValidationFindings.File {
    let scenario = input.file.scenario
    if format == .text {
      let count = scenario.strategies.count
      // A scenario's name says nothing that its file does not; that of a release was found.
      let release = input.isImported ? "\(scenario.name), " : ""
      try Console.printResult(
        Console.printable(
          "\(name): ok, \(release)\(count) \(count == 1 ? "strategy" : "strategies")"))
      input.explain(all: true)
    }
    return ValidationFindings.File(
      name, strategies: scenario.strategies.count, notes: input.notes,
      leftOut: input.leftOut.map { $0.summary })
  }
}
