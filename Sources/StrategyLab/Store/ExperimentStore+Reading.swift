internal import GRDB
internal import LabUnits
public import StrategyLab

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension ExperimentStore {
  /// What an experiment was asked to do.
  ///
  /// - Parameter experiment: The experiment's number.
  /// - Returns: The header as ``begin(_:)`` got it.
  /// - Throws: ``StoreError/noSuchExperiment(path:id:known:)``, or what stands in the way of reading.
  public func header(of experiment: Int64) throws(StoreError) -> ExperimentRecord.Header {
    try read { try header(of: experiment, $0) }
  }

  /// The runs that are stored, in the order of the strategies and within each of the replications.
  ///
  /// - Parameter experiment: The experiment's number.
  /// - Returns: The runs; for an experiment that was interrupted some are missing.
  /// - Throws: ``StoreError/noSuchExperiment(path:id:known:)``, or what stands in the way of reading.
  public func runs(of experiment: Int64) throws(StoreError) -> [RunResult] {
    try read { database in
      try requireExperiment(experiment, database)
      return try Self.runs(of: experiment, database)
    }
  }

  /// Everything that is known of an experiment, read at one moment.
  ///
  /// - Parameter experiment: The experiment's number.
  /// - Returns: Header, runs and timelines.
  /// - Throws: ``StoreError/noSuchExperiment(path:id:known:)``, or what stands in the way of reading.
  public func record(of experiment: Int64) throws(StoreError) -> ExperimentRecord {
    try read { database in
      ExperimentRecord(
        header: try header(of: experiment, database),
        runs: try Self.runs(of: experiment, database),
        timelines: try Self.timelines(of: experiment, database))
    }
  }

  /// A line for every experiment, in the order of their numbers.
  ///
  /// - Returns: The list, empty for a new store.
  /// - Throws: What stands in the way of reading.
  public func listing() throws(StoreError) -> [ExperimentListing] {
    try read { database in
      let sql = """
        SELECT id, scenario_name, scenario_title, seed,
          (SELECT COUNT(*) FROM strategy WHERE experiment_id = experiment.id),
          (SELECT COUNT(*) FROM run WHERE experiment_id = experiment.id),
          replications, is_complete, program_version
        FROM experiment ORDER BY id
        """
      let rows = try Row.fetchCursor(database, sql: sql)
      var listing: [ExperimentListing] = []
      while let row = try rows.next() {
        listing.append(
          try ExperimentListing(
            id: row.value(0), scenarioName: row.text(1), scenarioTitle: row.text(2),
            seed: seed(row.text(3), of: row.value(0)), strategies: row.value(4),
            runsStored: row.value(5), replicationsPlanned: row.value(6), isComplete: row.value(7),
            programVersion: row.text(8)))
      }
      return listing
    }
  }

  /// The header of an experiment, within a transaction.
  func header(of experiment: Int64, _ database: Database) throws -> ExperimentRecord.Header {
    try requireExperiment(experiment, database)
    let sql = """
      SELECT scenario_name, scenario_title, scenario_text, trace_text, scenario_hash,
        program_version, seed, replications, precision_millionths, horizon_nanoseconds,
        desired_replicas, defect_probability, baseline_index, assumptions, detail, detail_reason
      FROM experiment WHERE id = ?
      """
    let rows = try Row.fetchCursor(database, sql: sql, arguments: [experiment])
    guard let row = try rows.next() else { throw damaged(experiment, "has no header") }
    guard let level = try DetailLevel(rawValue: row.text(14)) else {
      throw damaged(experiment, "has a level of detail that this program does not know")
    }
    return try ExperimentRecord.Header(
      scenarioName: row.text(0), scenarioTitle: row.text(1), scenarioText: row.text(2),
      traceText: row.optionalText(3), scenarioHash: row.text(4), programVersion: row.text(5),
      seed: seed(row.text(6), of: experiment), replications: row.value(7),
      precisionMillionths: row[8], horizonNanoseconds: row.value(9),
      desiredReplicas: row.value(10), defectProbability: row.value(11),
      baselineIndex: row.value(12), strategies: strategies(of: experiment, database),
      assumptions: decode([Assumption].self, row, 13, "assumptions", of: experiment),
      detail: DetailChoice(level: level, reason: row.text(15)))
  }

  private func strategies(
    of experiment: Int64, _ database: Database
  ) throws -> [ExperimentRecord.Strategy] {
    let sql = """
      SELECT name, kind, outline FROM strategy WHERE experiment_id = ? ORDER BY strategy_index
      """
    let rows = try Row.fetchCursor(database, sql: sql, arguments: [experiment])
    var strategies: [ExperimentRecord.Strategy] = []
    while let row = try rows.next() {
      strategies.append(
        try ExperimentRecord.Strategy(
          name: row.text(0), kind: row.text(1),
          outline: decode([String].self, row, 2, "outline of a strategy", of: experiment)))
    }
    return strategies
  }

  private func decode<Value: Decodable>(
    _ type: Value.Type, _ row: Row, _ column: Int, _ name: String, of experiment: Int64
  ) throws -> Value {
    do {
      return try JSONDecoder().decode(type, from: row.bytes(column))
    } catch {
      throw damaged(experiment, "has a list that cannot be read: \(name)")
    }
  }

  private func seed(_ text: String, of experiment: Int64) throws -> UInt64 {
    guard let seed = UInt64(text) else {
      throw damaged(experiment, "has a seed that is no number")
    }
    return seed
  }

  private func damaged(_ experiment: Int64, _ finding: String) -> StoreError {
    .corrupt(path: path, finding: "experiment \(experiment) \(finding)")
  }
}

extension ExperimentStore {
  /// The runs of an experiment, or those that a condition holds for, within a transaction.
  static func runs(
    of experiment: Int64, _ database: Database, where condition: String = "TRUE",
    _ arguments: [Int] = []
  ) throws -> [RunResult] {
    let names = RunInsertion.metrics.map { ", \($0.rawValue)" }.joined()
    let statement = try database.cachedStatement(
      sql: """
        SELECT strategy_index, replication, outcome, defect, stall_reason, negative_zeros\(names)
        FROM run WHERE experiment_id = ? AND \(condition)
        ORDER BY strategy_index, replication
        """)
    let rows = try Row.fetchCursor(
      statement, arguments: StatementArguments([experiment] + arguments.map(Int64.init)))
    var runs: [RunResult] = []
    while let row = try rows.next() {
      let zeros = NegativeZeros(bits: try row.value(5))
      var metrics = MetricValues()
      for (position, metric) in RunInsertion.metrics.enumerated() {
        metrics[metric] = zeros.restore(row[position + 6], at: position)
      }
      guard let outcome = try ReleaseOutcome(rawValue: row.text(2)) else {
        throw DatabaseError(
          resultCode: .SQLITE_CORRUPT,
          message: "experiment \(experiment) has a run without an outcome")
      }
      runs.append(
        try RunResult(
          strategyIndex: row.value(0), replication: row.value(1), outcome: outcome,
          defect: row.optionalText(3), stallReason: row.optionalText(4), metrics: metrics))
    }
    return runs
  }

  /// The timelines of an experiment in the order in which they were given, within a transaction.
  static func timelines(of experiment: Int64, _ database: Database) throws -> [Timeline] {
    let sql = """
      SELECT strategy_index, replication, defect FROM timeline
      WHERE experiment_id = ? ORDER BY position
      """
    let rows = try Row.fetchCursor(database, sql: sql, arguments: [experiment])
    var timelines: [Timeline] = []
    while let row = try rows.next() {
      timelines.append(
        try Timeline(
          strategyIndex: row.value(0), replication: row.value(1), defect: row.optionalText(2),
          rows: []))
    }
    for position in timelines.indices {
      timelines[position].rows = try moments(of: timelines[position], experiment, database)
    }
    return timelines
  }

  private static func moments(
    of timeline: Timeline, _ experiment: Int64, _ database: Database
  ) throws -> [Timeline.Row] {
    let statement = try database.cachedStatement(
      sql: """
        SELECT time_nanoseconds, event, candidate_weight,
          stable_desired, stable_pending, stable_starting, stable_ready, stable_available,
          stable_terminating, candidate_desired, candidate_pending, candidate_starting,
          candidate_ready, candidate_available, candidate_terminating
        FROM timeline_row WHERE experiment_id = ? AND strategy_index = ? AND replication = ?
        ORDER BY sequence
        """)
    let rows = try Row.fetchCursor(
      statement, arguments: [experiment, timeline.strategyIndex, timeline.replication])
    var moments: [Timeline.Row] = []
    while let row = try rows.next() {
      moments.append(
        try Timeline.Row(
          time: Instant(nanoseconds: row.value(0)), event: row.text(1),
          stable: row.counts(from: 3), candidate: row.counts(from: 9),
          candidateWeight: row.value(2)))
    }
    return moments
  }
}
