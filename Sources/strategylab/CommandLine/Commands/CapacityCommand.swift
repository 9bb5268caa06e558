import ArgumentParser
import LabReports
import LabScenarioFiles
import LabUnits
import StrategyLab

/// `strategylab capacity`: holds what each strategy asks for of every scarce thing against what there is.
struct CapacityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capacity",
    abstract: "Say whether a release fits: quota, nodes, connections and all else that is scarce.",
    discussion: """
      Plays every strategy of a scenario and prints, for each scarce thing, the most that a release asks \
      for at once, against the limit: in how many releases it is too much, from when on and for how long, and \
      with how much the release would finish. A release that waits for ever is explained.
      Takes scenario files, and manifests, which are imported together as one scenario.

      Examples:
        strategylab capacity Scenarios/checkout.yaml
        strategylab capacity Scenarios/incidents/connections.yaml
        strategylab capacity Scenarios/full-quota.yaml --within 5m
        strategylab capacity Scenarios/node-bill.yaml --percentile 99%
        strategylab capacity k8s/ --also blue-green --output Reports
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

  @Option(
    help: ArgumentHelp(
      "Say also with how much a good release finishes within this time.", valueName: "time"),
    transform: { try LengthOfTime.span($0) })
  var within: Span?

  @Option(
    help: ArgumentHelp(
      "The share of the releases that stay at or below the peaks of the tables.",
      valueName: "percentage"),
    transform: { try Percentage.share($0) })
  var percentile = Share(millionths: 950_000)

  @OptionGroup var play: PlayOptions

  @Option(help: "How to print the result.")
  var format: ComparisonFormat = .table

  @Option(
    help: ArgumentHelp(
      "Write the report below this folder, into one called after the scenario.",
      valueName: "folder"))
  var output: String?

  /// Refuses what has no meaning here, and the root folder.
  func validate() throws {
    if output == "" { throw ValidationError("--output is empty; '.' is the current folder") }
    if plan.precision != nil {
      throw ValidationError("--precision is for means of cost; name --replications")
    }
  }

  /// Plans the scenarios, one after the other.
  func run() throws {
    let inputs = try ScenarioInput.read(files, manifests)
    if !play.quiet { for input in inputs { input.explain() } }
    let scenarios = try inputs.map { ($0.file, try plan.applied(to: $0.file.scenario)) }
    let keeping =
      files.filter { $0 != "-" } + [manifests.profile].compactMap { $0 }
      + scenarios.compactMap(\.0.tracePath)
    let places = try scenarios.map { _, scenario in
      try output.map {
        try ReportPlace(
          below: $0, scenario: scenario.name, fileNames: CapacityReport.fileNames)
      }
    }
    for place in places { try place?.refuseToOverwrite(keeping) }
    if let output { try AtomicFile.makeFolder(output) }
    for (index, (_, scenario)) in scenarios.enumerated() {
      let trial = CapacityTrial(scenario: scenario, within: within)
      let plan = try TrialPlay(runs: trial.runs, product: "a capacity plan", options: play)
        .finish(trial.plan)
      let report = CapacityReport(plan, probability: percentile.fraction)
      if let place = places[index] { try place.write(report.files, quiet: play.quiet) }
      let text = text(report)
      if format == .json {
        try Console.printResult(scenarios.count > 1 ? JSONLine.compact(text) : text)
      } else {
        try Console.printResult(index == 0 ? text : "\n" + text)
      }
    }
  }

  private func text(_ report: CapacityReport) -> String {
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
