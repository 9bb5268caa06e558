internal import GRDB
internal import LabStrategies
internal import StrategyLab

/// Inserts timelines, row by row.
struct TimelineInsertion {
  private let database: Database
  private let experiment: Int64
  private let head: Statement
  private let row: Statement

  /// Prepares to insert timelines of an experiment.
  init(_ database: Database, experiment: Int64) throws {
    self.database = database
    self.experiment = experiment
    head = try database.cachedStatement(
      sql: """
        INSERT INTO timeline (experiment_id, strategy_index, replication, position, defect)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (experiment_id, strategy_index, replication) DO NOTHING
        """)
    let places = String(repeating: ", ?", count: 13)
    row = try database.cachedStatement(
      sql: """
        INSERT INTO timeline_row (
          experiment_id, strategy_index, replication, sequence, time_nanoseconds, event,
          stable_desired, stable_pending, stable_starting, stable_ready, stable_available,
          stable_terminating, candidate_desired, candidate_pending, candidate_starting,
          candidate_ready, candidate_available, candidate_terminating, candidate_weight
        ) VALUES (?, ?, ?, ?, ?, ?\(places))
        """)
  }

  /// Inserts a timeline and its rows.
  ///
  /// - Returns: Whether there was none of this strategy and replication; otherwise nothing happened.
  func insert(_ timeline: Timeline, position: Int) throws -> Bool {
    var binding = RowBinding(head)
    try binding.bind(experiment)
    try binding.bind(timeline.strategyIndex)
    try binding.bind(timeline.replication)
    try binding.bind(position)
    try binding.bind(text: timeline.defect)
    try head.execute()
    guard database.changesCount == 1 else { return false }
    for (sequence, moment) in timeline.rows.enumerated() {
      var binding = RowBinding(row)
      try binding.bind(experiment)
      try binding.bind(timeline.strategyIndex)
      try binding.bind(timeline.replication)
      try binding.bind(sequence)
      try binding.bind(moment.time.nanoseconds)
      try binding.bind(text: moment.event)
      for count in moment.stable.columns + moment.candidate.columns {
        try binding.bind(count)
      }
      try binding.bind(moment.candidateWeight)
      try row.execute()
    }
    return true
  }
}

extension ReplicaCounts {
  /// The counts in the order of their columns.
  fileprivate var columns: [Int] {
    [desired, pending, starting, ready, available, terminating]
  }
}
