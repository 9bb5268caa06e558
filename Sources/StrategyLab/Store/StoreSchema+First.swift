internal import GRDB

/// The first migration. It is released: whatever it lists stays as it is.
extension StoreSchema {
  /// The metrics that the first version knew.
  static let firstMetricColumns: [MetricColumn] = [
    MetricColumn(name: "release_duration_seconds", unit: "seconds"),
    MetricColumn(name: "traffic_complete_seconds", unit: "seconds"),
    MetricColumn(name: "detection_seconds", unit: "seconds"),
    MetricColumn(name: "rollback_seconds", unit: "seconds"),
    MetricColumn(name: "restore_seconds", unit: "seconds"),
    MetricColumn(name: "mixed_version_seconds", unit: "seconds"),
    MetricColumn(name: "mixed_running_seconds", unit: "seconds"),
    MetricColumn(name: "session_version_flips", unit: "flips per session"),
    MetricColumn(name: "exposed_user_fraction", unit: "fraction"),
    MetricColumn(name: "exposed_user_fraction_at_decision", unit: "fraction"),
    MetricColumn(name: "harmed_user_fraction", unit: "fraction"),
    MetricColumn(name: "requests_total", unit: "requests"),
    MetricColumn(name: "requests_candidate", unit: "requests"),
    MetricColumn(name: "requests_failed", unit: "requests"),
    MetricColumn(name: "excess_failed_requests", unit: "requests"),
    MetricColumn(name: "error_budget_fraction", unit: "fraction"),
    MetricColumn(name: "downtime_seconds", unit: "seconds"),
    MetricColumn(name: "capacity_shortfall_requests", unit: "requests"),
    MetricColumn(name: "latency_p50_seconds", unit: "seconds"),
    MetricColumn(name: "latency_p99_seconds", unit: "seconds"),
    MetricColumn(name: "peak_replicas", unit: "replicas"),
    MetricColumn(name: "peak_replica_ratio", unit: "ratio"),
    MetricColumn(name: "replica_seconds", unit: "replica-seconds"),
    MetricColumn(name: "extra_replica_seconds", unit: "replica-seconds"),
    MetricColumn(name: "peak_cpu_cores", unit: "cores"),
    MetricColumn(name: "peak_memory_bytes", unit: "bytes"),
    MetricColumn(name: "peak_nodes", unit: "nodes"),
    MetricColumn(name: "pending_seconds", unit: "replica-seconds"),
    MetricColumn(name: "infrastructure_cost_usd", unit: "US dollars"),
    MetricColumn(name: "extra_infrastructure_cost_usd", unit: "US dollars"),
    MetricColumn(name: "failure_cost_usd", unit: "US dollars"),
    MetricColumn(name: "people_cost_usd", unit: "US dollars"),
    MetricColumn(name: "total_cost_usd", unit: "US dollars"),
  ]

  /// The tables.
  ///
  /// Long texts stand last in their row, so that a listing does not read them. The seed is text, because
  /// SQLite's integers end at 63 bits. SQLite drops the sign of a zero; the bits of `negative_zeros`
  /// keep it.
  static func createFirstTables(_ database: Database) throws {
    let metrics = firstMetricColumns.map { "\($0.name) REAL," }.joined(separator: "\n  ")
    try database.execute(
      sql: """
        CREATE TABLE experiment (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          scenario_name TEXT NOT NULL,
          scenario_title TEXT NOT NULL,
          scenario_hash TEXT NOT NULL,
          program_version TEXT NOT NULL,
          seed TEXT NOT NULL,
          replications INTEGER NOT NULL,
          precision_millionths INTEGER,
          horizon_nanoseconds INTEGER NOT NULL,
          desired_replicas INTEGER NOT NULL,
          defect_probability REAL NOT NULL,
          baseline_index INTEGER NOT NULL,
          is_complete INTEGER NOT NULL DEFAULT 0 CHECK (is_complete IN (0, 1)),
          assumptions TEXT NOT NULL CHECK (json_valid(assumptions)),
          scenario_text TEXT NOT NULL,
          trace_text TEXT
        ) STRICT;

        CREATE TABLE strategy (
          experiment_id INTEGER NOT NULL REFERENCES experiment ON DELETE CASCADE,
          strategy_index INTEGER NOT NULL CHECK (strategy_index >= 0),
          name TEXT NOT NULL,
          kind TEXT NOT NULL,
          outline TEXT NOT NULL CHECK (json_valid(outline)),
          PRIMARY KEY (experiment_id, strategy_index)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE run (
          experiment_id INTEGER NOT NULL,
          strategy_index INTEGER NOT NULL,
          replication INTEGER NOT NULL CHECK (replication >= 0),
          outcome TEXT NOT NULL CHECK (outcome IN ('promoted', 'rolled_back', 'stalled')),
          defect TEXT,
          stall_reason TEXT,
          \(metrics)
          negative_zeros INTEGER NOT NULL DEFAULT 0,
          PRIMARY KEY (experiment_id, strategy_index, replication),
          FOREIGN KEY (experiment_id, strategy_index) REFERENCES strategy ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE timeline (
          experiment_id INTEGER NOT NULL,
          strategy_index INTEGER NOT NULL,
          replication INTEGER NOT NULL CHECK (replication >= 0),
          position INTEGER NOT NULL,
          defect TEXT,
          PRIMARY KEY (experiment_id, strategy_index, replication),
          FOREIGN KEY (experiment_id, strategy_index) REFERENCES strategy ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE timeline_row (
          experiment_id INTEGER NOT NULL,
          strategy_index INTEGER NOT NULL,
          replication INTEGER NOT NULL,
          sequence INTEGER NOT NULL,
          time_nanoseconds INTEGER NOT NULL,
          event TEXT NOT NULL,
          stable_desired INTEGER NOT NULL,
          stable_pending INTEGER NOT NULL,
          stable_starting INTEGER NOT NULL,
          stable_ready INTEGER NOT NULL,
          stable_available INTEGER NOT NULL,
          stable_terminating INTEGER NOT NULL,
          candidate_desired INTEGER NOT NULL,
          candidate_pending INTEGER NOT NULL,
          candidate_starting INTEGER NOT NULL,
          candidate_ready INTEGER NOT NULL,
          candidate_available INTEGER NOT NULL,
          candidate_terminating INTEGER NOT NULL,
          candidate_weight REAL NOT NULL,
          PRIMARY KEY (experiment_id, strategy_index, replication, sequence),
          FOREIGN KEY (experiment_id, strategy_index, replication)
            REFERENCES timeline ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;
        """)
  }

  /// The views for notebooks and SQL browsers: names instead of numbers, and one row a value.
  static func createFirstViews(_ database: Database) throws {
    let columns = firstMetricColumns.map { "run.\($0.name)" }.joined(separator: ",\n  ")
    let metrics = firstMetricColumns.map {
      """
      SELECT experiment_id, strategy_index, replication, outcome, defect,
        '\($0.name)' AS metric, '\($0.unit)' AS unit, \($0.name) AS value
      FROM run WHERE \($0.name) IS NOT NULL
      """
    }.joined(separator: "\nUNION ALL\n")
    let quantities = ["stable", "candidate"].flatMap { version in
      ["desired", "pending", "starting", "ready", "available", "terminating"].map { (version, $0) }
    }
    let moments = (quantities + [("candidate", "weight")]).map { version, quantity in
      """
      SELECT experiment_id, strategy_index, replication, sequence, time_nanoseconds, event,
        '\(version)' AS version, '\(quantity)' AS quantity,
        CAST(\(version)_\(quantity) AS REAL) AS value
      FROM timeline_row
      """
    }.joined(separator: "\nUNION ALL\n")
    try database.execute(
      sql: """
        CREATE VIEW run_wide AS
        SELECT run.experiment_id, experiment.scenario_name, strategy.name AS strategy,
          strategy.kind, run.replication, run.outcome, run.defect, run.stall_reason,
          \(columns)
        FROM run
        JOIN strategy USING (experiment_id, strategy_index)
        JOIN experiment ON experiment.id = run.experiment_id;

        CREATE VIEW run_metric AS
        SELECT long.experiment_id, experiment.scenario_name, strategy.name AS strategy,
          strategy.kind, long.replication, long.outcome, long.defect,
          long.metric, long.unit, long.value
        FROM (\(metrics)) AS long
        JOIN strategy USING (experiment_id, strategy_index)
        JOIN experiment ON experiment.id = long.experiment_id;

        CREATE VIEW timeline_long AS
        SELECT long.experiment_id, experiment.scenario_name, strategy.name AS strategy,
          strategy.kind, long.replication, timeline.defect, long.sequence,
          long.time_nanoseconds / 1e9 AS time_seconds, long.event,
          long.version, long.quantity, long.value
        FROM (\(moments)) AS long
        JOIN timeline USING (experiment_id, strategy_index, replication)
        JOIN strategy USING (experiment_id, strategy_index)
        JOIN experiment ON experiment.id = long.experiment_id;
        """)
  }
}
