import LabStrategies
import StrategyLab

/// Reports for programs: one JSON object with keys in a fixed order, null where a value does not apply.
///
/// Values keep the unit that their metric's name ends in. Keys may be added without a new
/// `schema_version`; none is renamed, removed or given another meaning.
public enum JSONReport {
  /// The version of the form of every object printed here.
  static let schemaVersion = 1

  /// A comparison: strategies with their metrics, differences to the baseline, recommendation.
  public static func comparison(record: ExperimentRecord, comparison: Comparison) -> String {
    let header = record.header
    func name(_ index: Int?) -> JSONValue {
      guard let index, header.strategies.indices.contains(index) else { return .null }
      return .string(header.strategies[index].name)
    }
    let recommendation = comparison.recommendation
    return JSONValue.object([
      ("schema_version", .integer(schemaVersion)),
      ("scenario", .string(header.scenarioName)),
      ("seed", .unsigned(header.seed)),
      ("replications", .integer(comparison.replicationsPlayed)),
      ("horizon_seconds", seconds(header.horizonNanoseconds)),
      ("detail", .string(header.detail.level.rawValue)),
      (
        "strategies",
        .array(Standing.inScenarioOrder(record, comparison).map(strategy))
      ),
      (
        "differences",
        .array(
          comparison.differences.map { difference in
            .object([
              ("strategy", name(difference.strategyIndex)),
              ("baseline", name(header.baselineIndex)),
              ("metric", .string(difference.metric.rawValue)),
              ("mean", .number(difference.mean)),
              ("ci_low", .number(difference.low)),
              ("ci_high", .number(difference.high)),
              ("count", .integer(difference.count)),
            ])
          })
      ),
      (
        "recommendation",
        .object([
          ("strategy", name(recommendation.strategyIndex)),
          ("runner_up", name(recommendation.runnerUpIndex)),
          ("probability_best", .number(recommendation.probabilityBest)),
          ("reasons", .array(recommendation.sentences.map { .string($0) })),
        ])
      ),
    ]).text
  }

  /// One replication of one strategy: how it ended, what was measured, what happened.
  public static func simulation(
    header: ExperimentRecord.Header, run: RunResult, timeline: Timeline
  ) -> String {
    let strategy =
      header.strategies.indices.contains(run.strategyIndex)
      ? header.strategies[run.strategyIndex] : nil
    return JSONValue.object([
      ("schema_version", .integer(schemaVersion)),
      ("scenario", .string(header.scenarioName)),
      ("strategy", .optional(strategy?.name)),
      ("kind", .optional(strategy?.kind)),
      ("seed", .unsigned(header.seed)),
      ("replication", .integer(run.replication)),
      ("horizon_seconds", seconds(header.horizonNanoseconds)),
      ("detail", .string(header.detail.level.rawValue)),
      ("outcome", .string(run.outcome.rawValue)),
      ("defect", .optional(run.defect)),
      ("stall_reason", .optional(run.stallReason)),
      (
        "metrics",
        .object(
          Metric.allCases.map { metric in
            (metric.rawValue, run.metrics[metric].map { .number($0) } ?? .null)
          })
      ),
      ("timeline", .array(timeline.rows.map(row))),
    ]).text
  }

  private static func strategy(_ standing: Standing) -> JSONValue {
    let summary = standing.summary
    return .object([
      ("name", .string(standing.strategy.name)),
      ("kind", .string(standing.strategy.kind)),
      (
        "outcomes",
        .object(
          ReleaseOutcome.allCases.map { ($0.rawValue, .integer(summary.outcomes[$0] ?? 0)) })
      ),
      ("metrics", metrics(summary.all)),
      (
        "given",
        .object([
          ("good", metrics(summary.good)), ("defective", metrics(summary.defectiveReleases)),
        ])
      ),
    ])
  }

  private static func metrics(_ summaries: [MetricSummary?]) -> JSONValue {
    .object(
      Metric.allCases.map { metric in
        guard let summary = summaries[metric.ordinal] else { return (metric.rawValue, .null) }
        return (
          metric.rawValue,
          .object([
            ("mean", .number(summary.mean)), ("ci_low", .number(summary.low)),
            ("ci_high", .number(summary.high)), ("p50", .number(summary.p50)),
            ("p95", .number(summary.p95)), ("count", .integer(summary.count)),
          ])
        )
      })
  }

  private static func row(_ row: Timeline.Row) -> JSONValue {
    .object([
      ("time_seconds", .number(row.time.seconds)),
      ("event", .string(row.event)),
      ("stable", counts(row.stable)),
      ("candidate", counts(row.candidate)),
      ("candidate_weight", .number(row.candidateWeight)),
    ])
  }

  private static func counts(_ counts: ReplicaCounts) -> JSONValue {
    .object([
      ("desired", .integer(counts.desired)), ("pending", .integer(counts.pending)),
      ("starting", .integer(counts.starting)), ("ready", .integer(counts.ready)),
      ("available", .integer(counts.available)), ("terminating", .integer(counts.terminating)),
    ])
  }

  private static func seconds(_ nanoseconds: Int64) -> JSONValue {
    .number(Double(nanoseconds) / 1e9)
  }
}
