import Foundation
import GRDB
import StrategyLab
import Testing

@testable import LabStore

@Suite struct StoreSchemaTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func everyMetricHasItsColumn() {
    // A metric that is new needs a migration that adds its column, and its place at the list's end.
    let columns = StoreSchema.metricColumns
    #expect(columns.map(\.name).sorted() == Metric.allCases.map(\.rawValue).sorted())
    #expect(RunInsertion.metrics.map(\.rawValue) == columns.map(\.name))
    #expect(columns.map(\.unit) == RunInsertion.metrics.map(\.unit))
    #expect(columns.count <= 63)
  }

  @Test func everyOutcomeIsAllowedByTheTable() {
    #expect(ReleaseOutcome.allCases.map(\.rawValue) == ["promoted", "rolled_back", "stalled"])
  }

  @Test(arguments: [false, true]) func newFileGetsAllMigrations(isEmptyFile: Bool) throws {
    if isEmptyFile { try folder.write(Data(), to: "runs.sqlite") }
    let store = try ExperimentStore(path: folder.store, access: .readWrite)
    try store.close()
    #expect(try folder.names == ["runs.sqlite"])
    try folder.raw("runs.sqlite") { database throws in
      #expect(try Int.fetchOne(database, sql: "PRAGMA user_version") == 2)
      #expect(try Int32.fetchOne(database, sql: "PRAGMA application_id") == 0x534C_6162)
      #expect(try String.fetchOne(database, sql: "PRAGMA journal_mode") == "wal")
      #expect(
        try StoreSchema.migrator.appliedMigrations(database) == [
          "experiments, runs and timelines", "level of detail",
        ])
      let strict = "SELECT name FROM pragma_table_list WHERE strict ORDER BY name"
      #expect(
        try String.fetchAll(database, sql: strict) == [
          "experiment", "run", "strategy", "timeline", "timeline_row",
        ])
    }
  }

  @Test func connectionIsSetUpForDurabilityAndForOthers() throws {
    let store = try ExperimentStore(path: folder.store, access: .readWrite)
    try store.read { database throws in
      #expect(try Int.fetchOne(database, sql: "PRAGMA synchronous") == 1)
      #expect(try Int.fetchOne(database, sql: "PRAGMA foreign_keys") == 1)
      #expect(try Int.fetchOne(database, sql: "PRAGMA busy_timeout") == 5000)
    }
  }

  @Test func storeThatWasNotFinishedIsFinished() throws {
    try folder.raw("runs.sqlite") { database throws in
      try database.execute(sql: "PRAGMA application_id = \(0x534C_6162)")
    }
    #expect(throws: StoreError.olderSchema(path: folder.store, found: 0, known: 2)) {
      _ = try ExperimentStore(path: folder.store, access: .readOnly)
    }
    let store = try ExperimentStore(path: folder.store, access: .readWrite)
    #expect(try store.listing().isEmpty)
  }

  @Test(
    arguments: zip(
      ["experiments, runs and timelines", "level of detail"],
      ["ecda683b6b1796bc", "5749c3678cc07671"]))
  func schemaOfAReleasedVersionStaysAsItIs(_ migration: String, _ expected: String) throws {
    let queue = try DatabaseQueue(path: folder.path("schema.sqlite"))
    try StoreSchema.migrator.migrate(queue, upTo: migration)
    let sql = """
      SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'grdb%' ORDER BY name
      """
    let schema = try queue.read { try String.fetchAll($0, sql: sql).joined(separator: "\n") }
    try queue.close()
    // FNV-1a. A released migration is never edited; a change of the schema is a new migration.
    let digest = schema.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    #expect(String(digest, radix: 16) == expected)
  }

  @Test func anExperimentOfTheFirstVersionWasPlayedAsAFlow() throws {
    var source = RecordSource(seed: 14)
    let header = source.header(strategies: 2, replications: 2)
    let store = try ExperimentStore(path: folder.store, access: .readWrite)
    let number = try store.begin(header)
    try store.close()
    try folder.raw("runs.sqlite") { database throws in
      try database.execute(
        sql: """
          ALTER TABLE experiment DROP COLUMN detail;
          ALTER TABLE experiment DROP COLUMN detail_reason;
          DELETE FROM grdb_migrations WHERE identifier = 'level of detail';
          PRAGMA user_version = 1;
          """)
    }
    #expect(throws: StoreError.olderSchema(path: folder.store, found: 1, known: 2)) {
      _ = try ExperimentStore(path: folder.store, access: .readOnly)
    }
    var expected = header
    expected.detail = DetailChoice(level: .flow, reason: "")
    #expect(
      try ExperimentStore(path: folder.store, access: .readWrite).header(of: number) == expected)
  }

  @Test func viewsShowEveryValueByName() throws {
    var source = RecordSource(seed: 12)
    let record = source.record(strategies: 2, replications: 3)
    let store = try ExperimentStore(path: folder.store, access: .readWrite)
    let number = try store.begin(record.header)
    try store.append(record.runs, to: number)
    try store.complete(number, timelines: record.timelines)
    let values = record.runs.flatMap { run in Metric.allCases.filter { run.metrics[$0] != nil } }
    try store.read { database throws in
      let long = try Row.fetchAll(database, sql: "SELECT * FROM run_metric")
      #expect(long.count == values.count)
      #expect(
        long.first.map { Array($0.columnNames) } == [
          "experiment_id", "scenario_name", "strategy", "kind", "replication", "outcome", "defect",
          "metric", "unit", "value",
        ])
      let sql = """
        SELECT value FROM run_metric
        WHERE replication = 2 AND metric = 'total_cost_usd' AND strategy LIKE 'strategy 1%'
        """
      #expect(try Double.fetchOne(database, sql: sql) == record.runs[5].metrics[.totalCost])
      let wide = try Row.fetchAll(database, sql: "SELECT * FROM run_wide")
      #expect(wide.count == record.runs.count)
      #expect(wide.first.map { Array($0.columnNames).count } == 8 + Metric.allCases.count)
      let moments = try Row.fetchAll(database, sql: "SELECT * FROM timeline_long")
      #expect(moments.count == 13 * record.timelines.map(\.rows.count).reduce(0, +))
      #expect(
        moments.first.map { Array($0.columnNames) } == [
          "experiment_id", "scenario_name", "strategy", "kind", "replication", "defect",
          "sequence", "time_seconds", "event", "version", "quantity", "value",
        ])
    }
  }
}
