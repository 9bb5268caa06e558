import ArgumentParser
import LabStore
import StrategyLab

/// `strategylab report`: rebuilds the reports of an experiment from the store alone.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Rebuild the reports of an experiment from the store alone.",
    discussion: """
      Nothing is played: the files are the same, byte for byte, as those that the comparison wrote.

      Examples:
        strategylab report 3 --store checkout.sqlite --output Reports
      """)

  @Argument(help: ArgumentHelp("The experiment's number, see 'runs list'.", valueName: "id"))
  var id: Int64

  @OptionGroup var store: StoreOption

  @Option(
    help: ArgumentHelp(
      "Write all report files below this folder, into one of the scenario's name.",
      valueName: "folder"))
  var output: String

  @Flag(help: "Print nothing.")
  var quiet = false

  /// Refuses a path that would put the report into the root folder.
  func validate() throws {
    if output.isEmpty { throw ValidationError("--output is empty; '.' is the current folder") }
  }

  /// Writes the report files.
  func run() throws {
    let store = try store.open(.readOnly)
    let record = try store.completeRecord(of: id, path: self.store.store)
    let written = try ComparisonResult(record: record).write(
      below: output, keeping: [self.store.store])
    if !quiet {
      Console.complain("wrote \(written.count) files to \(Console.printable(written.folder))")
    }
  }
}

extension ExperimentStore {
  /// The record of an experiment that was played to its end.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/invalid`` for one that was not; `StoreError` for one that is not there.
  func completeRecord(of id: Int64, path: String) throws -> ExperimentRecord {
    let record = try record(of: id)
    let stored = StoredExperiment(store: self, path: path, id: id)
    guard let listed = try listing().first(where: { $0.id == id }), listed.isComplete else {
      throw CommandFailure(
        .invalid,
        "experiment \(id) is not complete, it has \(record.runs.count) runs; finish it with '\(stored.resumeCommand)'"
      )
    }
    guard record.isWhole else {
      throw CommandFailure(
        .invalid,
        "the store '\(path)' is damaged: experiment \(id) is said to be complete, and runs of it are missing; go back to a copy, or play it again with 'strategylab compare'"
      )
    }
    return record
  }
}

extension ExperimentRecord {
  /// Whether every strategy has a run of every replication that was played.
  var isWhole: Bool {
    var counts = Array(repeating: 0, count: header.strategies.count)
    for run in runs where counts.indices.contains(run.strategyIndex) {
      counts[run.strategyIndex] += 1
    }
    guard let first = counts.first, first > 0 else { return false }
    let isPlanned = header.precisionMillionths != nil || first == header.replications
    return isPlanned && counts.allSatisfy { $0 == first }
  }
}
