import ArgumentParser

/// The program's root command.
@main
struct StrategyLabCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "strategylab")
}
