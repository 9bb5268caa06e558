import ArgumentParser
import LabReports
import LabScenarioFiles
import StrategyLab

/// `strategylab validate-model`: holds both levels of detail against each other, and requests against theory.
struct ValidateModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate-model",
    abstract: "Check that flow and request agree, and that requests meet queueing theory.",
    discussion: """
      Plays each scenario at both levels of detail, in the same worlds, and says for every strategy and \
      metric whether the means differ by more than chance. Plays reference systems request by request \
      and holds them against their closed forms. Without a scenario the reference systems are played \
      alone. Leaves with 3 if anything differs.

      Examples:
        strategylab validate-model
        strategylab validate-model Scenarios/checkout.yaml
        strategylab validate-model Scenarios/checkout.yaml --strategy canary
        strategylab validate-model Scenarios/low-traffic.yaml --requests 2M
        strategylab validate-model Scenarios/*.yaml --output Reports
        strategylab validate-model --format csv > reference.csv
      """)

  @Argument(
    help: ArgumentHelp("Scenario files, or '-' for standard input.", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @OptionGroup(title: "How much is played")
  var effort: ValidationOptions

  @OptionGroup var play: PlayOptions

  @Option(
    help: "How to print the result; csv prints levels, or reference systems without a scenario.")
  var format: ComparisonFormat = .table

  @Option(
    help: ArgumentHelp(
      "Write the report below this folder, into one called 'validation'.", valueName: "folder"))
  var output: String?

  /// Refuses command lines that ask for nothing, or for the root folder.
  func validate() throws {
    if output == "" { throw ValidationError("--output is empty; '.' is the current folder") }
    if files.isEmpty {
      if !effort.reference {
        throw ValidationError("--no-reference leaves nothing to play without a scenario")
      }
      if effort.replications != nil || !effort.strategies.isEmpty {
        throw ValidationError("--replications and --strategy are for scenarios; name one")
      }
    }
  }

  /// Plays what is asked for, prints it, writes it.
  func run() throws {
    let inputs = try files.map { try ScenarioReader.read(path: $0) }
    let trials = try inputs.map { try effort.trial(of: $0.scenario) }
    let place = output.map {
      ReportPlace(
        below: $0, folder: ValidationReport.folderName, fileNames: ValidationReport.fileNames)
    }
    try place?.refuseToOverwrite(files.filter { $0 != "-" } + inputs.compactMap(\.tracePath))
    if let output { try AtomicFile.makeFolder(output) }
    if files.isEmpty, !play.quiet {
      Console.complain(
        "only the reference systems are played; add scenarios to hold flow against request")
    }
    let validation = try ValidationPlay(
      trials: trials, reference: effort.reference ? effort.referenceTrial : nil, options: play
    ).finish()
    let report = ValidationReport(validation)
    try place?.write(report.files, quiet: play.quiet)
    try Console.printResult(text(report))
    if !report.failures.isEmpty {
      throw CommandFailure(
        .limitNotMet,
        laidOut: report.failures.map { "strategylab: \(Console.printable($0))" }
          .joined(separator: "\n"))
    }
  }

  private func text(_ report: ValidationReport) -> String {
    switch format {
    case .table:
      report.terminal(
        color: Terminal.standardOutput.allowsColor, width: Terminal.standardOutput.width)
    case .json: report.json
    case .csv: report.csv
    case .markdown: report.markdown
    }
  }
}
