import ArgumentParser
import LabReports
import LabScenarioFiles
import StrategyLab

/// `strategylab cost`: writes the bill of a release, line by line, and that of a year.
struct CostCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cost",
    abstract: "Write the bill of a release, line by line, and of the releases of a year.",
    discussion: """
      Plays every strategy of a scenario and prints what a release costs beyond the steady state: what \
      comes on an invoice, and apart from it what is estimated from the prices that the scenario \
      gives to harm. Every price is printed with its source. --prices takes those of a price book.

      Examples:
        strategylab cost Scenarios/checkout.yaml
        strategylab cost Scenarios/checkout.yaml --per year --releases 50
        strategylab cost Scenarios/node-bill.yaml --prices aws-m5
        strategylab cost Scenarios/checkout.yaml --output Reports
      """)

  /// What a bill is for.
  enum Period: String, ExpressibleByArgument, CaseIterable {
    /// One release.
    case release
    /// The releases of a year.
    case year
  }

  @Argument(
    help: ArgumentHelp(
      "Scenario files, or manifests: files, folders, '-' for standard input.", valueName: "file"),
    completion: .file())
  var files: [String]

  @OptionGroup(title: "What manifests do not say")
  var manifests: ManifestOptions

  @OptionGroup(title: "Plan, in place of what the scenario says")
  var plan: PlanOptions

  @Option(help: "What the bill is for.")
  var per: Period = .release

  @Option(
    help: ArgumentHelp(
      "Releases of a year, with --per year; 250 is one each working day.", valueName: "n"))
  var releases = 250

  @Option(
    help: ArgumentHelp(
      "Take processor, memory and nodes from this book: \(PriceBook.all.map(\.name).joined(separator: ", ")).",
      valueName: "book"))
  var prices: String?

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
    if !(1...10_000_000).contains(releases) {
      throw ValidationError("--releases takes a number from 1 to 10000000")
    }
    if plan.precision != nil {
      throw ValidationError("--precision is not for bills; name --replications")
    }
  }

  /// Writes the bills of the scenarios, one after the other.
  func run() throws {
    let book = try prices.map(book)
    let inputs = try ScenarioInput.read(files, manifests)
    if !play.quiet { for input in inputs { input.explain() } }
    let trials = try inputs.map { input in
      var scenario = try plan.applied(to: input.file.scenario)
      if let book { scenario.take(book) }
      return CostTrial(
        scenario: scenario, prices: assumptions(input.file.assumptions, of: scenario, book))
    }
    let keeping =
      files.filter { $0 != "-" } + [manifests.profile].compactMap { $0 }
      + inputs.compactMap(\.file.tracePath)
    let places = try trials.map { trial in
      try output.map {
        try ReportPlace(
          below: $0, scenario: trial.scenario.name, fileNames: CostReport.fileNames)
      }
    }
    for place in places { try place?.refuseToOverwrite(keeping) }
    if let output { try AtomicFile.makeFolder(output) }
    for (index, trial) in trials.enumerated() {
      let plan = try TrialPlay(runs: trial.runs, product: "a bill", options: play)
        .finish(trial.plan)
      let report = CostReport(
        plan, basis: per == .year ? .year(releases: releases) : .release)
      if let place = places[index] { try place.write(report.files, quiet: play.quiet) }
      let text = text(report)
      if format == .json {
        try Console.printResult(trials.count > 1 ? JSONLine.compact(text) : text)
      } else {
        try Console.printResult(index == 0 ? text : "\n" + text)
      }
    }
  }

  private func text(_ report: CostReport) -> String {
    switch format {
    case .table:
      report.terminal(
        color: Terminal.standardOutput.allowsColor, width: Terminal.standardOutput.width)
    case .json: report.json
    case .csv: report.csv
    case .markdown: report.markdown
    }
  }

  private func book(_ name: String) throws -> PriceBook {
    guard let book = PriceBook.all.first(where: { $0.name == name }) else {
      throw CommandFailure(
        .usage, Spelling.unknown("price book", name, among: PriceBook.all.map(\.name)))
    }
    return book
  }

  /// The prices that a bill is made from, each with its source: the scenario's, and in place of those of resources the book's.
  private func assumptions(
    _ all: [Assumption], of scenario: Scenario, _ book: PriceBook?
  ) -> [Assumption] {
    let isByNode = scenario.cluster.prices.billing == .nodes
    let keys =
      (isByNode ? ["node"] : ["core", "gibibyte"]).map { "cluster.prices.\($0)" }
    let resources = keys.compactMap { key -> Assumption? in
      guard let book else { return all.first { $0.path == key } }
      let price =
        switch key {
        case "cluster.prices.core": scenario.cluster.prices.corePerHour
        case "cluster.prices.gibibyte": scenario.cluster.prices.gibibytePerHour
        default: scenario.cluster.prices.nodePerHour
        }
      return Assumption(
        path: key, value: PriceText.perHour(price), isGiven: false,
        source: "\(book.name), \(book.source), \(book.date)")
    }
    let harm = [
      "costs.failedRequest", "costs.harmedUser", "costs.incidentMinute", "costs.writeRepair",
      "people.hourlyCost",
    ]
    return resources + harm.compactMap { key in all.first { $0.path == key } }
  }
}
