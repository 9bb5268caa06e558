internal import GRDB

/// The memory of the lab: experiments with all their runs in one SQLite file.
///
/// ```swift
/// let store = try ExperimentStore(path: "runs.sqlite", access: .readWrite)
/// let number = try store.begin(header)
/// try store.append(batch, to: number)  // again and again
/// try store.complete(number, timelines: timelines)
/// try store.close()
/// ```
///
/// Every call that writes is one transaction: it happens as a whole or not at all, also when the program
/// is killed in the middle. Nothing is ever overwritten; ``delete(_:)`` alone takes something away.
/// Several programs may use one file at once: readers never wait, and writers take turns. Runs and texts
/// come back as they went in, to the last bit.
///
/// Within one program the calls of one store follow each other, whatever thread they come from.
public final class ExperimentStore: Sendable {
  /// What a store is opened for.
  public enum Access: Sendable {
    /// To read what is there; nothing is changed or made.
    case readOnly
    /// To read and write; a file that is not there is made.
    case readWrite
  }

  /// The path as the user wrote it.
  let path: String
  let access: Access
  let busySeconds: Double
  let queue: DatabaseQueue
  private let file: StoreFile
  private let identity: StoreFile.Identity?

  /// Opens a store.
  ///
  /// - Parameters:
  ///   - path: The file. With ``Access/readWrite`` it is made if it is not there, and nothing else is.
  ///   - access: What the store is opened for.
  /// - Throws: What stands in the way. A file that is not a store is left as it is.
  public convenience init(path: String, access: Access) throws(StoreError) {
    // Long enough for another program's batch, short enough for a person who waits.
    try self.init(path: path, access: access, busySeconds: 5)
  }

  /// Opens a store that waits for other programs for so many seconds.
  init(path: String, access: Access, busySeconds: Double) throws(StoreError) {
    self.path = path
    self.access = access
    self.busySeconds = busySeconds
    file = StoreFile(path: path, busySeconds: busySeconds)
    let content = try file.inspect(for: access)
    do {
      queue = try Self.connect(to: file, for: access)
      if access == .readWrite {
        try StoreSchema.prepare(queue, isNew: content == .nothing, busySeconds: busySeconds)
      }
      identity = file.identity
    } catch {
      throw StoreError(error, path: path, busySeconds: busySeconds)
    }
  }

  /// The connection that suits what may be done to the file.
  private static func connect(to file: StoreFile, for access: Access) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.label = "ExperimentStore"
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(file.busySeconds)
    var address = file.safePath
    // A connection that may not write leaves its log and index behind. So a reader's may write where
    // the file can be written to, which it uses to tidy up; reading goes through `read`, which
    // forbids all else.
    if access == .readOnly, !(file.isWritable && file.isFolderWritable) {
      configuration.readonly = true
      // Without a place for the index SQLite reads the file only if nobody writes to it.
      if !file.isFolderWritable, !file.hasLog { address = file.immutableAddress }
    }
    return try DatabaseQueue(path: address, configuration: configuration)
  }

  /// Looks for damage: in the pages, in what must hold for the rows, and in the texts that hold lists.
  ///
  /// A number that was changed within its row cannot be found out.
  ///
  /// - Throws: ``StoreError/corrupt(path:finding:)`` with the first finding.
  /// - Complexity: Reads the whole file.
  public func checkIntegrity() throws(StoreError) {
    try read { [path] database in
      if let finding = try String.fetchOne(database, sql: "PRAGMA integrity_check(1)"),
        finding != "ok"
      {
        throw StoreError.corrupt(path: path, finding: finding)
      }
      if let row = try Row.fetchOne(database, sql: "PRAGMA foreign_key_check") {
        let table: String = row[0]
        throw StoreError.corrupt(
          path: path, finding: "a row of the table \"\(table)\" belongs to nothing")
      }
      for id in try Self.experiments(database) {
        _ = try self.header(of: id, database)
      }
    }
  }

  /// Takes an experiment and all its runs away; its number is not used again.
  ///
  /// - Throws: ``StoreError/noSuchExperiment(path:id:known:)``, or what stands in the way of writing.
  public func delete(_ experiment: Int64) throws(StoreError) {
    try write { database in
      try self.requireExperiment(experiment, database)
      try database.execute(sql: "DELETE FROM experiment WHERE id = ?", arguments: [experiment])
    }
  }

  /// Folds the log into the file and closes it, so that the file alone holds everything.
  ///
  /// The log stays while another program has the store open; the last one to close takes it away.
  /// Closing twice is no error.
  ///
  /// - Throws: What stands in the way of folding in; the log then stays, and nothing is lost.
  public func close() throws(StoreError) {
    do {
      try queue.writeWithoutTransaction { database in
        guard access == .readWrite, database.sqliteConnection != nil else { return }
        // Passive: whoever reads is not waited for.
        try database.execute(sql: "PRAGMA wal_checkpoint(PASSIVE)")
      }
      try queue.close()
    } catch {
      throw StoreError(error, path: path, busySeconds: busySeconds)
    }
  }
}

extension ExperimentStore {
  /// Reads in one transaction, so that all that is read fits together.
  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    try transact { database in
      try database.readOnly { try Self.transaction(.deferred, database, body) }
    }
  }

  /// Writes in one transaction: all of it or nothing.
  func write<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    guard access == .readWrite else { throw .openedForReading(path: path) }
    // SQLite would go on writing to a file that nobody finds any more, and report success.
    guard file.identity == identity else { throw .fileGone(path: path) }
    // Immediate: a transaction that begins as a reader's and then writes may fail without a wait.
    return try transact { try Self.transaction(.immediate, $0, body) }
  }

  /// Gives the connection to one thread at a time, as long as it is open.
  private func transact<Value>(
    _ body: (Database) throws -> Value
  ) throws(StoreError) -> Value {
    do {
      return try queue.writeWithoutTransaction { database in
        // GRDB's own `read` and `write` ask a closed connection for its state, which ends the program.
        guard database.sqliteConnection != nil else { throw StoreError.closed(path: path) }
        return try body(database)
      }
    } catch {
      throw StoreError(error, path: path, busySeconds: busySeconds)
    }
  }

  private static func transaction<Value>(
    _ kind: Database.TransactionKind, _ database: Database, _ body: (Database) throws -> Value
  ) throws -> Value {
    var result: Value?
    try database.inTransaction(kind) {
      result = try body(database)
      return .commit
    }
    guard let result else { preconditionFailure("a committed transaction lacks its result") }
    return result
  }

  /// The numbers of all experiments, in ascending order.
  static func experiments(_ database: Database) throws -> [Int64] {
    try Int64.fetchAll(database, sql: "SELECT id FROM experiment ORDER BY id")
  }

  /// Throws if there is no experiment of this number.
  func requireExperiment(_ id: Int64, _ database: Database) throws {
    let sql = "SELECT EXISTS (SELECT 1 FROM experiment WHERE id = ?)"
    guard try Bool.fetchOne(database, sql: sql, arguments: [id]) == true else {
      throw StoreError.noSuchExperiment(
        path: path, id: id, known: try Self.experiments(database))
    }
  }
}
