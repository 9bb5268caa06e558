import ArgumentParser
import LabScenarioFiles

/// `strategylab import`: makes a scenario from the manifests that somebody deploys.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make a scenario from manifests, with every value's origin in a comment.",
    discussion: """
      Reads Deployments, Rollouts, Canaries and what belongs to them, finds what is released, and \
      prints a scenario. 'compare' on the same manifests plays the same scenario. What manifests do \
      not say comes from --profile or from defaults, and the comments say which.

      Examples:
        strategylab import k8s/*.yaml > Scenarios/mine.yaml
        strategylab import k8s/ --profile base.yaml --also rolling,blue-green
        helm template shop | strategylab import - --workload web
      """)

  @Argument(
    help: ArgumentHelp(
      "Manifests: files, folders, or '-' for standard input.", valueName: "file"),
    completion: .file())
  var files: [String]

  @OptionGroup(title: "What manifests do not say")
  var manifests: ManifestOptions

  @Option(
    help: ArgumentHelp("What the scenario is called in notes and reports.", valueName: "name"))
  var name: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the scenario to this file.", valueName: "file"))
  var output: String?

  @Flag(help: "List everything that is read and not modelled.")
  var verbose = false

  @Flag(help: "Print the scenario only: no notes.")
  var quiet = false

  /// Imports the manifests and prints the scenario.
  func run() throws {
    let imported = try manifests.scenario(of: files, name: name)
    if let output {
      try refuseToOverwrite(output)
      try AtomicFile.write(imported.text, to: output)
      if !quiet { Console.complain("wrote \(Console.printable(output))") }
    } else {
      try Console.printResult(imported.text)
    }
    if !quiet { ScenarioInput.explain(imported.leftOut, imported.notes, all: verbose) }
  }

  /// A scenario never takes the place of what it was made from.
  private func refuseToOverwrite(_ output: String) throws {
    let target = FileIdentity(output)
    let kept = files.filter { $0 != "-" } + [manifests.profile].compactMap { $0 }
    if let file = kept.first(where: { FileIdentity($0) == target }) {
      throw CommandFailure(
        .usage,
        "the scenario would overwrite '\(file)', from which it is made; give another --output")
    }
  }
}
