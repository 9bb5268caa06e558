import ArgumentParser
import Testing

@testable import StrategyLabCLI

@Suite struct HelpTests {
  /// Every command, the root and the nested ones included.
  static let commands: [any ParsableCommand.Type] = {
    func below(_ command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
      [command] + command.configuration.subcommands.flatMap(below)
    }
    return below(StrategyLabCommand.self)
  }()

  @Test func allVerbsAreThere() {
    #expect(
      UsageMessage.verbs == [
        "compare", "simulate", "plan", "capacity", "cost", "next", "route", "import", "validate",
        "explain", "schema", "runs", "report", "resume", "validate-model",
      ])
  }

  @Test(arguments: commands.indices)
  func everyHelpHasAnExampleThatParses(_ index: Int) throws {
    let examples = Self.examples(of: Self.commands[index])
    #expect(!examples.isEmpty)
    for example in examples {
      // What a shell would do with a redirection is not the parser's business.
      let words = example.split(separator: " ").map(String.init).prefix { $0 != ">" }
      #expect(throws: Never.self) {
        _ = try StrategyLabCommand.parseAsRoot(Array(words.dropFirst()))
      }
    }
  }

  @Test(arguments: commands.indices)
  func examplesStayOnOneLine(_ index: Int) {
    let command = Self.commands[index]
    let help = StrategyLabCommand.helpMessage(for: command, columns: 80)
    for example in Self.examples(of: command) {
      #expect(help.contains(example + "\n"))
    }
  }

  private static func examples(of command: any ParsableCommand.Type) -> [String] {
    command.configuration.discussion.split(separator: "\n")
      .map { $0.drop { $0 == " " } }
      .filter { $0.hasPrefix("strategylab ") && !$0.hasSuffix(".") }
      .map(String.init)
      .filter { line in UsageMessage.verbs.contains { line.hasPrefix("strategylab \($0)") } }
  }
}

@Suite struct UsageMessageTests {
  private let parserText = "Error: Unexpected argument 'comapre'\nUsage: strategylab <subcommand>"

  @Test func aMisspeltVerbGetsAGuess() {
    #expect(
      UsageMessage.text(parserText, arguments: ["comapre"])
        == "strategylab: there is no command 'comapre'; did you mean 'compare'?\n"
        + "Usage: strategylab <subcommand>")
  }

  @Test func aStrangeVerbGetsNoGuess() {
    #expect(
      UsageMessage.text(parserText, arguments: ["zzzzzzzzz"])
        == "strategylab: there is no command 'zzzzzzzzz'\nUsage: strategylab <subcommand>")
  }

  @Test func otherMistakesKeepTheParsersWords() {
    #expect(
      UsageMessage.text("Error: Unknown option '--x'\nUsage: u", arguments: ["compare", "--x"])
        == "strategylab: Unknown option '--x'\nUsage: u")
  }

  @Test func controlCharactersDoNotReachTheTerminal() {
    let text = UsageMessage.text(parserText, arguments: ["\u{1B}[31m"])
    #expect(!text.contains("\u{1B}"))
  }
}

@Suite struct SpellingTests {
  @Test func theNearestIsGuessed() {
    #expect(
      Spelling.unknown("strategy", "cannary", among: ["shadow", "canary"])
        == "no strategy is called 'cannary'; did you mean 'canary'?")
  }

  @Test func withoutAGuessAllNamesAreListed() {
    #expect(
      Spelling.unknown("strategy", "big-bang", among: ["shadow", "canary"])
        == "no strategy is called 'big-bang'; there are 'shadow', 'canary'")
  }
}
