import ArgumentParser
import LabScenarioFiles

/// `strategylab schema`: prints the JSON Schema of scenario files.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of scenario files, for editors that check while you type.",
    discussion: """
      Examples:
        strategylab schema > scenario.schema.json

      Then let the scenario name it in its first line:
        # yaml-language-server: $schema=scenario.schema.json
      """)

  /// Prints the schema.
  func run() throws {
    try Console.printResult(KeyReference.jsonSchema())
  }
}
