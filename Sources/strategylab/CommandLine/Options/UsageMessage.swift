import LabScenarioFiles

/// The text for a wrong command line.
enum UsageMessage {
  /// Verbs as they stand on the command line.
  static let verbs = StrategyLabCommand.configuration.subcommands
    .compactMap { $0.configuration.commandName }

  /// The parser's message in the program's own voice, with a guess where a verb is misspelt.
  ///
  /// - Parameters:
  ///   - parserText: `Error: ...`, then the usage, as the parser words it.
  ///   - arguments: The words behind the program's name.
  /// - Returns: whole lines without the last line break.
  static func text(_ parserText: String, arguments: [String]) -> String {
    let prefix = "Error: "
    // The parser repeats what was typed, control characters included.
    var text = Console.printable(parserText)
    if text.hasPrefix(prefix) { text = "strategylab: " + text.dropFirst(prefix.count) }
    guard let word = arguments.first, !word.hasPrefix("-"), !verbs.contains(word),
      let end = text.firstIndex(of: "\n"), word != "help"
    else { return text }
    let guess = EditDistance.nearest(to: word, in: verbs).map { "; did you mean '\($0)'?" } ?? ""
    return "strategylab: there is no command '\(Console.printable(word))'\(guess)" + text[end...]
  }
}
