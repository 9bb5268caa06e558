import ArgumentParser
import LabScenarioFiles

/// `strategylab explain`: says what a key of a scenario means.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract:
      "Say what a key of a scenario means, its unit, its default and where that comes from.",
    discussion: """
      Without a key: all keys. A key is the path to it, with dots.

      Examples:
        strategylab explain
        strategylab explain service.startup
        strategylab explain strategies.canary
        strategylab explain --markdown > docs/reference/scenario.md
      """)

  @Argument(help: ArgumentHelp("The path of a key.", valueName: "key"))
  var key: String?

  @Flag(help: "Print the whole reference as Markdown.")
  var markdown = false

  /// Refuses a key where the whole reference was asked for.
  func validate() throws {
    if markdown, key != nil {
      throw ValidationError("--markdown prints the whole reference and takes no key")
    }
  }

  /// Prints the explanation.
  func run() throws {
    guard let key else {
      try Console.printResult(markdown ? KeyReference.markdown() : KeyReference.overview())
      return
    }
    guard let explanation = KeyReference.explain(key) else {
      let near = KeyReference.suggestions(for: key)
      let hint =
        near.isEmpty
        ? "'strategylab explain' lists all keys"
        : "did you mean \(near.map { "'\($0)'" }.joined(separator: " or "))?"
      throw CommandFailure(.usage, "no key is called '\(key)'; \(hint)")
    }
    try Console.printResult(explanation.text)
  }
}
