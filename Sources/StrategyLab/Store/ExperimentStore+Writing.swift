internal import GRDB
public import StrategyLab

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension ExperimentStore {
  /// Writes what an experiment shall do, and gives the experiment a number.
  ///
  /// - Parameter header: What was asked.
  /// - Returns: The number: 1 for a store's first experiment, then rising; never used again.
  /// - Throws: What stands in the way of writing.
  public func begin(_ header: ExperimentRecord.Header) throws(StoreError) -> Int64 {
    try write { database in
      let insertion = try database.cachedStatement(
        sql: """
          INSERT INTO experiment (
            scenario_name, scenario_title, scenario_hash, program_version, seed, replications,
            precision_millionths, horizon_nanoseconds, desired_replicas, defect_probability,
            baseline_index, assumptions, scenario_text, trace_text, detail, detail_reason
          ) VALUES (
            ?, ?, ?, ?, ?, ?,
            ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """)
      var row = RowBinding(insertion)
      try row.bind(text: header.scenarioName)
      try row.bind(text: header.scenarioTitle)
      try row.bind(text: header.scenarioHash)
      try row.bind(text: header.programVersion)
      try row.bind(text: String(header.seed))
      try row.bind(header.replications)
      try row.bind(header.precisionMillionths)
      try row.bind(header.horizonNanoseconds)
      try row.bind(header.desiredReplicas)
      try row.bind(header.defectProbability)
      try row.bind(header.baselineIndex)
      try row.bind(text: Self.json(header.assumptions))
      try row.bind(text: header.scenarioText)
      try row.bind(text: header.traceText)
      try row.bind(text: header.detail.level.rawValue)
      try row.bind(text: header.detail.reason)
      try insertion.execute()
      let experiment = database.lastInsertedRowID
      try Self.insert(header.strategies, of: experiment, database)
      return experiment
    }
  }

  /// Adds runs as one transaction: all of them or none.
  ///
  /// A run that is there already and is equal is passed over, so that work done twice does no harm.
  ///
  /// - Parameters:
  ///   - runs: The runs, in any order.
  ///   - experiment: The experiment's number.
  /// - Throws: ``StoreError/conflictingRun(experiment:strategyIndex:replication:)`` if a run is there with
  ///   another result, ``StoreError/unplannedRun(experiment:strategyIndex:replication:strategies:replications:)``
  ///   if the header has no place for it, ``StoreError/alreadyComplete(experiment:)`` if it is new to a
  ///   complete experiment, ``StoreError/noSuchExperiment(path:id:known:)``, or what stands in the way
  ///   of writing.
  /// - Complexity: O(n log m) for n runs in a store of m.
  public func append(_ runs: [RunResult], to experiment: Int64) throws(StoreError) {
    try write { database in
      let plan = try self.plan(of: experiment, database)
      let insertion = try RunInsertion(database, experiment: experiment)
      var rest = runs[...]
      while !rest.isEmpty {
        let next = plan.canInsertMany(rest) ? RunInsertion.rowsAtOnce : 1
        try insert(rest.prefix(next), of: experiment, plan, insertion, database)
        rest.removeFirst(next)
      }
    }
  }

  /// Inserts runs with one statement, and compares those that were there already.
  private func insert(
    _ runs: ArraySlice<RunResult>, of experiment: Int64, _ plan: Plan,
    _ insertion: RunInsertion, _ database: Database
  ) throws {
    for index in runs.indices {
      try plan.require(runs[index].strategyIndex, runs[index].replication)
    }
    guard try insertion.insert(runs) < runs.count else {
      if plan.isComplete { throw StoreError.alreadyComplete(experiment: experiment) }
      return
    }
    for run in runs {
      let stored = try Self.runs(
        of: experiment, database, where: "strategy_index = ? AND replication = ?",
        [run.strategyIndex, run.replication])
      guard stored == [run] else {
        throw StoreError.conflictingRun(
          experiment: experiment, strategyIndex: run.strategyIndex, replication: run.replication)
      }
    }
  }

  /// Writes the timelines and marks the experiment complete, as one transaction.
  ///
  /// - Parameters:
  ///   - experiment: The experiment's number.
  ///   - timelines: The runs that were written down moment by moment; their order is kept.
  /// - Throws: ``StoreError/repeatedTimeline(experiment:strategyIndex:replication:)`` if two are of one run,
  ///   ``StoreError/alreadyComplete(experiment:)`` if it is complete with other timelines (with equal ones
  ///   nothing happens), ``StoreError/noSuchExperiment(path:id:known:)``, or what stands in the way of writing.
  public func complete(_ experiment: Int64, timelines: [Timeline]) throws(StoreError) {
    try write { database in
      let plan = try self.plan(of: experiment, database)
      if plan.isComplete {
        guard try Self.timelines(of: experiment, database) == timelines else {
          throw StoreError.alreadyComplete(experiment: experiment)
        }
        return
      }
      let insertion = try TimelineInsertion(database, experiment: experiment)
      for (position, timeline) in timelines.enumerated() {
        try plan.require(timeline.strategyIndex, timeline.replication)
        guard try insertion.insert(timeline, position: position) else {
          throw StoreError.repeatedTimeline(
            experiment: experiment, strategyIndex: timeline.strategyIndex,
            replication: timeline.replication)
        }
      }
      try database.execute(
        sql: "UPDATE experiment SET is_complete = 1 WHERE id = ?", arguments: [experiment])
    }
  }

  private static func insert(
    _ strategies: [ExperimentRecord.Strategy], of experiment: Int64, _ database: Database
  ) throws {
    let insertion = try database.cachedStatement(
      sql: """
        INSERT INTO strategy (experiment_id, strategy_index, name, kind, outline)
        VALUES (?, ?, ?, ?, ?)
        """)
    for (index, strategy) in strategies.enumerated() {
      var row = RowBinding(insertion)
      try row.bind(experiment)
      try row.bind(index)
      try row.bind(text: strategy.name)
      try row.bind(text: strategy.kind)
      try row.bind(text: json(strategy.outline))
      try insertion.execute()
    }
  }

  /// A list as text, the same bytes for the same values.
  private static func json(_ values: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(values), as: UTF8.self)
  }

  private func plan(of experiment: Int64, _ database: Database) throws -> Plan {
    let sql = """
      SELECT replications, is_complete,
        (SELECT COUNT(*) FROM strategy WHERE experiment_id = experiment.id)
      FROM experiment WHERE id = ?
      """
    let statement = try database.cachedStatement(sql: sql)
    guard let row = try Row.fetchOne(statement, arguments: [experiment]) else {
      throw StoreError.noSuchExperiment(
        path: path, id: experiment, known: try Self.experiments(database))
    }
    return try Plan(
      experiment: experiment, strategies: row.value(2), replications: row.value(0),
      isComplete: row.value(1))
  }

  /// Which runs an experiment has a place for.
  private struct Plan {
    var experiment: Int64
    var strategies: Int
    var replications: Int
    var isComplete: Bool

    /// Whether the next runs fill a statement and none of them is an error for itself.
    ///
    /// Where one is, they are inserted one by one, so that the first in order is the one that is told.
    func canInsertMany(_ runs: ArraySlice<RunResult>) -> Bool {
      !isComplete && runs.count >= RunInsertion.rowsAtOnce
        && runs.indices.prefix(RunInsertion.rowsAtOnce).allSatisfy {
          hasPlace(runs[$0].strategyIndex, runs[$0].replication)
        }
    }

    func hasPlace(_ strategyIndex: Int, _ replication: Int) -> Bool {
      (0..<max(strategies, 0)).contains(strategyIndex)
        && (0..<max(replications, 0)).contains(replication)
    }

    func require(_ strategyIndex: Int, _ replication: Int) throws {
      guard hasPlace(strategyIndex, replication) else {
        throw StoreError.unplannedRun(
          experiment: experiment, strategyIndex: strategyIndex, replication: replication,
          strategies: strategies, replications: replications)
      }
    }
  }
}
