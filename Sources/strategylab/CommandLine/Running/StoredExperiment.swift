import LabStore
import StrategyLab

/// An experiment's place in a store: what was played is kept there, batch by batch.
struct StoredExperiment {
  /// The open store.
  let store: ExperimentStore
  /// The path of the store, for people.
  let path: String
  /// The experiment's number in the store.
  let id: Int64

  /// An experiment that the store already has.
  init(store: ExperimentStore, path: String, id: Int64) {
    self.store = store
    self.path = path
    self.id = id
  }

  /// A new experiment in the store at the path, which is made where it is missing.
  init(beginning header: ExperimentRecord.Header, at path: String) throws {
    try AtomicFile.makeFolder(AtomicFile.split(path).folder)
    let store = try ExperimentStore(path: path, access: .readWrite)
    self.init(store: store, path: path, id: try store.begin(header))
  }

  /// The command that takes up the experiment where it stopped.
  var resumeCommand: String { "strategylab resume \(id) --store \(ShellWord.quoted(path))" }

  /// Keeps a batch of runs.
  func append(_ runs: [RunResult]) throws { try store.append(runs, to: id) }

  /// Marks the experiment as complete and closes the store.
  func complete(timelines: [Timeline]) throws {
    try store.complete(id, timelines: timelines)
    try store.close()
  }
}
