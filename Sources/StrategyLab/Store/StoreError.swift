/// What stands in the way of reading or writing a store.
///
/// Each case holds the facts; ``description`` turns them into one sentence for people. After any of them
/// the file is as it was before the call.
public enum StoreError: Error, Equatable, Sendable {
  // What is wrong with the path.

  /// The path is empty.
  case noPath
  /// Nothing is there, and the access does not create a store.
  case missingFile(path: String)
  /// The folder that shall hold the store is not there.
  case missingFolder(path: String, folder: String)
  /// A directory is there.
  case directory(path: String)
  /// Something is there that is neither a file nor a directory: a device, a pipe, a socket.
  case notAFile(path: String)
  /// The user may not read the file, or not look into its folder.
  case notReadable(path: String)
  /// The file cannot be written to.
  case readOnlyFile(path: String)
  /// The folder cannot be written to, so that the log beside the store cannot be made.
  case readOnlyFolder(path: String, folder: String)

  // What is wrong with the file.

  /// The file is empty, and the access does not create a store.
  case emptyFile(path: String)
  /// The bytes are not those of an SQLite database.
  case notADatabase(path: String)
  /// It is the SQLite database of another program, with this application number (0 where it has none).
  case foreignDatabase(path: String, applicationID: Int32)
  /// The content is damaged; `finding` says what was found first.
  case corrupt(path: String, finding: String)
  /// A newer version of the program made the store.
  case newerSchema(path: String, found: Int, known: Int)
  /// An older version made the store, and the access does not allow to bring it up to date.
  case olderSchema(path: String, found: Int, known: Int)

  // What went wrong in using it.

  /// Another program held the store for longer than `seconds`.
  case locked(path: String, seconds: Double)
  /// There is no room for what was to be written.
  case fullDisk(path: String)
  /// The operating system failed to read or write.
  case inputOutput(path: String, message: String)
  /// The file was deleted or moved, or another one put in its place, while it was in use.
  case fileGone(path: String)
  /// The store was opened for reading, and something was to be written.
  case openedForReading(path: String)
  /// The store was closed before.
  case closed(path: String)
  /// SQLite failed in a way that no other case describes.
  case unexpected(path: String, code: Int32, message: String)

  // What is wrong with the request.

  /// No experiment has this number; `known` are those that exist, in ascending order.
  case noSuchExperiment(path: String, id: Int64, known: [Int64])
  /// The run is there already, with another result.
  case conflictingRun(experiment: Int64, strategyIndex: Int, replication: Int)
  /// Two timelines of one run were given.
  case repeatedTimeline(experiment: Int64, strategyIndex: Int, replication: Int)
  /// The run or timeline is not one of those planned: so many strategies, so many replications of each.
  case unplannedRun(
    experiment: Int64, strategyIndex: Int, replication: Int, strategies: Int, replications: Int)
  /// The experiment is complete: what it holds does not change any more.
  case alreadyComplete(experiment: Int64)
}
