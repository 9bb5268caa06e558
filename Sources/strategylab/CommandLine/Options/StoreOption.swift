import ArgumentParser
import Glibc
import LabStore

/// The store that a command reads.
struct StoreOption: ParsableArguments {
  @Option(help: ArgumentHelp("The file in which experiments are kept.", valueName: "file"))
  var store = "strategylab.sqlite"

  /// Opens a store that must exist.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/invalid`` if there is no such file; `StoreError` if it is no store.
  func open(_ access: ExperimentStore.Access) throws -> ExperimentStore {
    guard Glibc.access(store, F_OK) == 0 else {
      throw CommandFailure(
        .invalid,
        "there is no store '\(store)'; 'strategylab compare FILE --store \(ShellWord.quoted(store))' makes one"
      )
    }
    return try ExperimentStore(path: store, access: access)
  }
}
