import ArgumentParser
import LabStore
import StrategyLab

/// `strategylab runs`: what a store holds.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "List, show or delete the experiments of a store.",
    discussion: """
      Examples:
        strategylab runs list --store checkout.sqlite
        strategylab runs show 3 --store checkout.sqlite
        strategylab runs delete 3 --store checkout.sqlite
      """,
    subcommands: [List.self, Show.self, Delete.self],
    defaultSubcommand: List.self)

  /// `strategylab runs list`: one line for each experiment.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the experiments of a store.",
      discussion: """
        Examples:
          strategylab runs list --store checkout.sqlite
        """)

    @OptionGroup var store: StoreOption

    /// Prints the list.
    func run() throws {
      let listing = try store.open(.readOnly).listing()
      try Console.printResult(ExperimentTable.text(listing))
    }
  }

  /// `strategylab runs show`: one experiment's result.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Show the result of an experiment of a store.",
      discussion: """
        Examples:
          strategylab runs show 3 --store checkout.sqlite
          strategylab runs show 3 --store checkout.sqlite --format json
        """)

    @Argument(help: ArgumentHelp("The experiment's number, see 'runs list'.", valueName: "id"))
    var id: Int64

    @OptionGroup var store: StoreOption

    @Option(help: "How to print the result.")
    var format: ComparisonFormat = .table

    /// Prints the result.
    func run() throws {
      let record = try store.open(.readOnly).completeRecord(of: id, path: store.store)
      try Console.printResult(
        ComparisonResult(record: record).text(format, on: .standardOutput))
    }
  }

  /// `strategylab runs delete`: forgets one experiment.
  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "delete",
      abstract: "Delete an experiment and its runs from a store.",
      discussion: """
        Examples:
          strategylab runs delete 3 --store checkout.sqlite
        """)

    @Argument(help: ArgumentHelp("The experiment's number, see 'runs list'.", valueName: "id"))
    var id: Int64

    @OptionGroup var store: StoreOption

    /// Deletes the experiment.
    func run() throws {
      try store.open(.readWrite).delete(id)
    }
  }
}
