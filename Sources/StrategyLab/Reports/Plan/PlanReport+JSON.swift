import LabStrategies
import LabUnits
import StrategyLab

extension PlanReport {
  /// The plans for programs: one object, keys in a fixed order, null where a value does not apply.
  ///
  /// Times are seconds since the release began, weights and ratios are shares of 1. Keys may be added without a
  /// new `schema_version`; none is renamed, removed or given another meaning.
  public var json: String {
    JSONValue.object([
      ("schema_version", .integer(JSONReport.schemaVersion)),
      ("scenario", .string(scenarioName)),
      ("plans", .array(projections.map(plan))),
    ]).text
  }

  private func plan(_ projection: Projection) -> JSONValue {
    let summary = projection.summary
    return .object([
      ("strategy", .string(projection.strategyName)),
      ("kind", .string(projection.kind)),
      ("replicas", .integer(projection.replicas)),
      ("outcome", .string(summary.outcome.rawValue)),
      ("waits_for", .optional(summary.waitsFor)),
      ("earliest_finish_seconds", seconds(summary.earliestFinish)),
      ("typical_finish_seconds", seconds(summary.typicalFinish)),
      ("at_rest_seconds", seconds(summary.atRest)),
      ("traffic_complete_seconds", seconds(summary.trafficComplete)),
      ("mixed_version_seconds", seconds(summary.mixedVersion)),
      ("downtime_seconds", seconds(summary.downtime)),
      ("peak_replicas", .integer(summary.peakReplicas)),
      (
        "peak_replica_ratio",
        .number(Double(summary.peakReplicas) / Double(max(projection.replicas, 1)))
      ),
      ("peak_on_nodes", .integer(summary.peakOnNodes)),
      ("peak_cores", .number(summary.peakCores)),
      ("peak_memory_bytes", .number(summary.peakMemoryBytes)),
      ("peak_nodes", .integer(summary.peakNodes)),
      ("quota_replicas", summary.quotaReplicas.map { .integer($0) } ?? .null),
      ("missed_weights", .array(summary.missedWeights.map(missed))),
      ("rollback", rollback(summary.rollback)),
      (
        "rows_are",
        .string(showsEveryRow ? "changes" : projection.isStepwise ? "steps" : "waves")
      ),
      ("rows", .array((showsEveryRow ? projection.everyRow : projection.rows).map(row))),
      ("warnings", .array(projection.warnings.map(warning))),
    ])
  }

  private func missed(_ weight: Projection.Summary.MissedWeight) -> JSONValue {
    .object([
      ("step", .integer(weight.step)), ("wanted_weight", .number(weight.wanted)),
      ("true_weight", .number(weight.held)),
    ])
  }

  private func rollback(_ back: Projection.Summary.Rollback?) -> JSONValue {
    guard let back else { return .null }
    return .object([
      ("ordered_seconds", .number(back.ordered.seconds)),
      ("traffic_seconds", seconds(back.traffic)),
      ("whole_seconds", seconds(back.whole)),
    ])
  }

  private func row(_ row: Projection.Row) -> JSONValue {
    .object([
      ("step", row.number.map { $0 > 0 ? .integer($0) : .null } ?? .null),
      ("title", .string(row.title)),
      ("begin_seconds", .number(row.begin.seconds)),
      ("end_seconds", row.end.map { .number($0.seconds) } ?? .null),
      ("wanted_weight", row.wantedWeight.map { .number($0.fraction) } ?? .null),
      ("true_weight", .number(row.trueWeight)),
      ("stable", counts(row.stable)),
      ("candidate", counts(row.candidate)),
      ("total", .integer(row.total)),
      ("peak", .integer(row.peak)),
    ])
  }

  private func counts(_ counts: ReplicaCounts) -> JSONValue {
    .object([
      ("desired", .integer(counts.desired)), ("pending", .integer(counts.pending)),
      ("starting", .integer(counts.starting)), ("ready", .integer(counts.ready)),
      ("available", .integer(counts.available)), ("terminating", .integer(counts.terminating)),
    ])
  }

  private func warning(_ warning: PlanWarning) -> JSONValue {
    .object([
      ("code", .string(warning.code.rawValue)),
      ("severity", .string(warning.severity.rawValue)),
      ("message", .string(warning.sentence)),
      ("hint", .string(warning.hint)),
    ])
  }

  private func seconds(_ span: Span?) -> JSONValue { span.map { .number($0.seconds) } ?? .null }
}
