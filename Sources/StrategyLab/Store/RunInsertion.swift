internal import GRDB
internal import StrategyLab

/// Inserts runs: the one place where the store has to be fast.
///
/// A statement inserts 50 rows, because every statement has costs of its own; 50 divide the batches of an
/// experiment, and more gain little.
struct RunInsertion {
  /// How many runs one statement inserts, where there are so many.
  static let rowsAtOnce = 50

  private let database: Database
  private let experiment: Int64
  private let many: Statement

  /// The metrics in the order of their columns; one that the schema does not know would get lost, and a
  /// test sees to it that there is none.
  static let metrics: [Metric] = StoreSchema.metricColumns.compactMap { Metric(rawValue: $0.name) }

  /// The place of each of these metrics among a run's numbers.
  private static let ordinals = metrics.map(\.ordinal)

  private static let sqlOfOne = sql(rows: 1)
  private static let sqlOfMany = sql(rows: rowsAtOnce)

  private static func sql(rows: Int) -> String {
    let names = metrics.map { ", \($0.rawValue)" }.joined()
    let places = String(repeating: ",?", count: metrics.count)
    let row = "(?,?,?,?,?,?\(places),?)"
    return """
      INSERT INTO run (
        experiment_id, strategy_index, replication, outcome, defect, stall_reason\(names),
        negative_zeros
      ) VALUES \(repeatElement(row, count: rows).joined(separator: ","))
      ON CONFLICT (experiment_id, strategy_index, replication) DO NOTHING
      """
  }

  /// Prepares to insert runs of an experiment.
  init(_ database: Database, experiment: Int64) throws {
    self.database = database
    self.experiment = experiment
    many = try database.cachedStatement(sql: Self.sqlOfMany)
  }

  /// Inserts one run, or ``rowsAtOnce`` runs.
  ///
  /// - Returns: How many there were none of, of this strategy and replication; with the others nothing
  ///   happened.
  func insert(_ runs: ArraySlice<RunResult>) throws -> Int {
    precondition(
      runs.count == 1 || runs.count == Self.rowsAtOnce, "a statement inserts one run or many")
    // To find a statement by its text takes longer than it looks; the one for many is found once.
    let statement =
      runs.count == 1 ? try database.cachedStatement(sql: Self.sqlOfOne) : many
    var rows = RowBinding(resetting: statement)
    for run in runs { try bind(run, to: &rows) }
    try rows.execute(database)
    return database.changesCount
  }

  private func bind(_ run: RunResult, to row: inout RowBinding) throws {
    try row.bind(experiment)
    try row.bind(run.strategyIndex)
    try row.bind(run.replication)
    try row.bind(word: run.outcome.word)
    try row.bind(text: run.defect)
    try row.bind(text: run.stallReason)
    var zeros = NegativeZeros()
    try run.metrics.numbers.withUnsafeBufferPointer { numbers in
      for (position, ordinal) in Self.ordinals.enumerated() {
        let number = numbers[ordinal]
        zeros.note(number, at: position)
        try row.bind(number.isNaN ? nil : number)
      }
    }
    try row.bind(zeros.bits)
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

extension ReleaseOutcome {
  /// The raw value as a constant, which SQLite does not have to copy.
  fileprivate var word: StaticString {
    switch self {
    case .promoted: "promoted"
    case .rolledBack: "rolled_back"
    case .stalled: "stalled"
    }
  }
}
