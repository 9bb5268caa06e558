internal import GRDB
internal import StrategyLab

/// Inserts runs: the one place where the store has to be fast.
struct RunInsertion {
  private let database: Database
  private let experiment: Int64
  private let statement: Statement

  /// The metrics in the order of their columns; one that the schema does not know would get lost, and a
  /// test sees to it that there is none.
  static let metrics: [Metric] = StoreSchema.metricColumns.compactMap { Metric(rawValue: $0.name) }

  private static let sql: String = {
    let names = metrics.map { ", \($0.rawValue)" }.joined()
    let places = String(repeating: ", ?", count: metrics.count)
    return """
      INSERT INTO run (
        experiment_id, strategy_index, replication, outcome, defect, stall_reason\(names),
        negative_zeros
      ) VALUES (?, ?, ?, ?, CAST(? AS TEXT), CAST(? AS TEXT)\(places), ?)
      ON CONFLICT (experiment_id, strategy_index, replication) DO NOTHING
      """
  }()

  /// Prepares to insert runs of an experiment.
  init(_ database: Database, experiment: Int64) throws {
    self.database = database
    self.experiment = experiment
    statement = try database.cachedStatement(sql: Self.sql)
  }

  /// Inserts a run.
  ///
  /// - Returns: Whether there was none of this strategy and replication; otherwise nothing happened.
  func insert(_ run: RunResult) throws -> Bool {
    var row = try RowBinding(statement)
    try row.bind(experiment)
    try row.bind(run.strategyIndex)
    try row.bind(run.replication)
    try row.bind(run.outcome.rawValue)
    try row.bind(text: run.defect)
    try row.bind(text: run.stallReason)
    var zeros = NegativeZeros()
    for (position, metric) in Self.metrics.enumerated() {
      let value = run.metrics[metric]
      zeros.note(value, at: position)
      try row.bind(value)
    }
    try row.bind(zeros.bits)
    try statement.execute()
    return database.changesCount == 1
  }
}

/// Which of a row's numbers are zeros with a minus sign, which SQLite stores without the sign.
struct NegativeZeros {
  /// Bit k stands for value k, of which there are at most 63.
  var bits: Int64 = 0

  /// Notes a value if it is a zero with a minus sign.
  mutating func note(_ value: Double?, at position: Int) {
    if value == 0, value?.sign == .minus { bits |= 1 << Int64(position) }
  }

  /// The value with its sign.
  func restore(_ value: Double?, at position: Int) -> Double? {
    bits >> Int64(position) & 1 == 1 ? -0.0 : value
  }
}
