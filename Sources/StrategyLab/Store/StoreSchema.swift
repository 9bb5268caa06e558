internal import GRDB

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The tables of a store, and how they came to be.
///
/// A migration that was released is never edited: a change of the tables is a new migration at the end,
/// which also raises the file's version number. A metric that is added needs one as well.
enum StoreSchema {
  /// Marks a file as a store of this program: the letters `SLab`, in the header of the database file.
  static let applicationID: Int32 = 0x534C_6162

  /// The version of the schema that this program reads and writes: the number of its migrations.
  static var version: Int { migrator.migrations.count }

  /// The metrics in the order in which their columns came to be, over all migrations.
  ///
  /// The position is the metric's bit in the column `negative_zeros`, and so it never changes.
  static let metricColumns: [MetricColumn] = firstMetricColumns

  /// A column of the table of runs that holds a metric.
  struct MetricColumn: Equatable {
    /// The metric's raw value.
    var name: String
    /// The unit that the long form shows.
    var unit: String
  }

  /// All migrations, oldest first.
  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    register(&migrator, "experiments, runs and timelines", version: 1) { database in
      try createFirstTables(database)
      try createFirstViews(database)
    }
    register(&migrator, "level of detail", version: 2) { database in
      // Experiments of the first version knew nothing but the flow.
      try database.execute(
        sql: """
          ALTER TABLE experiment ADD COLUMN detail TEXT NOT NULL DEFAULT 'flow';
          ALTER TABLE experiment ADD COLUMN detail_reason TEXT NOT NULL DEFAULT '';
          """)
    }
    return migrator
  }()

  private static func register(
    _ migrator: inout DatabaseMigrator, _ name: String, version: Int,
    migrate: @escaping @Sendable (Database) throws -> Void
  ) {
    migrator.registerMigration(name) { database in
      try migrate(database)
      try database.execute(sql: "PRAGMA user_version = \(version)")
    }
  }

  /// Makes the tables of a new store, or brings those of an older one up to date.
  ///
  /// Programs that make the same store at once overtake each other: one finds that a table is there already, or is
  /// told at once, without a wait, that the log cannot be switched on just now. All is done again then, as long as a
  /// connection waits for others; what is there is not made twice.
  static func prepare(_ queue: DatabaseQueue, isNew: Bool, busySeconds: Double) throws {
    let deadline = ContinuousClock.now + .seconds(busySeconds)
    while true {
      do {
        return try prepareOnce(queue, isNew: isNew)
      } catch let error as DatabaseError where mayBeOvertaken(error) {
        guard ContinuousClock.now < deadline else { throw error }
        usleep(10_000)
      }
    }
  }

  /// Whether another program may have done the same at the same moment, in what SQLite says of each such step.
  private static func mayBeOvertaken(_ error: DatabaseError) -> Bool {
    let message = error.message ?? ""
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_SCHEMA: return true
    case .SQLITE_ERROR:
      return message.contains("already exists") || message.contains("duplicate column name")
    case .SQLITE_CONSTRAINT: return message.contains("grdb_migrations")
    default: return false
    }
  }

  /// Makes them, unless another program does.
  ///
  /// The application number is written first and before the log of changes is switched on, so that
  /// the file says whose it is whenever the program is killed. With the log, the rest hardly waits for the disk.
  private static func prepareOnce(_ queue: DatabaseQueue, isNew: Bool) throws {
    try queue.writeWithoutTransaction { database in
      if isNew { try database.execute(sql: "PRAGMA application_id = \(applicationID)") }
      let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
      guard mode == "wal" else {
        throw DatabaseError(message: "this file system does not allow a write-ahead log")
      }
      try database.execute(sql: "PRAGMA synchronous = NORMAL")
    }
    try migrator.migrate(queue)
  }
}
