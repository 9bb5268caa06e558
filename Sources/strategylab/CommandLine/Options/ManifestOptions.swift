import ArgumentParser
import LabScenarioFiles

/// Options of every command that takes manifests.
struct ManifestOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A scenario for what manifests do not say: traffic, start-up time, users, costs.",
      valueName: "file"))
  var profile: String?

  @Option(
    help: ArgumentHelp("Which workload is released, where several could be.", valueName: "name"))
  var workload: String?

  @Option(
    help: ArgumentHelp(
      "Which of two versions is the candidate; told by weights, labels and names if left out.",
      valueName: "name"))
  var candidate: String?

  @Option(
    help: ArgumentHelp(
      "Further strategies to compare with, as 'rolling,blue-green'; may be repeated.",
      valueName: "kinds"))
  var also: [String] = []

  /// Refuses a strategy that there is not.
  func validate() throws {
    for word in kinds where ManifestImport.strategyKind(named: word) == nil {
      throw ValidationError(
        Spelling.unknown("kind of strategy", word, among: ManifestImport.strategyKinds))
    }
  }

  /// The words of ``also``, one by one.
  var kinds: [String] {
    also.flatMap { $0.split(separator: ",").map(String.init) }
  }

  /// Whether an option was given that says something about manifests only.
  var isGiven: Bool {
    profile != nil || workload != nil || candidate != nil || !also.isEmpty
  }

  /// The scenario of manifests.
  ///
  /// - Throws: everything that is wrong with them.
  func scenario(of paths: [String], name: String? = nil) throws -> ImportedScenario {
    try ManifestImport.scenarioText(
      paths: paths, standardInput: paths.contains("-") ? try StandardInput.read() : nil,
      profile: profile, workload: workload, candidate: candidate, name: name, also: kinds)
  }
}
