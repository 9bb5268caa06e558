import LabStrategies
import StrategyLab

/// Tidy tables for spreadsheets and notebooks, after RFC 4180.
///
/// An absent value is an empty cell. Numbers are the shortest decimals that mean exactly the value, in
/// the metric's own unit. Text from a user's file never starts a formula: an apostrophe stands before it.
public enum CSVReport {
  /// One row a strategy, set of releases (`all`, `good`, `defective`) and metric.
  public static func comparison(record: ExperimentRecord, comparison: Comparison) -> String {
    var text = CSVText.line([
      "strategy", "kind", "given", "metric", "unit", "count", "mean", "ci_low", "ci_high", "p50",
      "p95",
    ])
    for standing in Standing.inScenarioOrder(record, comparison) {
      let given: [(String, [MetricSummary?])] = [
        ("all", standing.summary.all), ("good", standing.summary.good),
        ("defective", standing.summary.defectiveReleases),
      ]
      for (name, summaries) in given {
        for metric in Metric.allCases {
          let summary = summaries[metric.ordinal]
          let numbers = [
            summary?.mean, summary?.low, summary?.high, summary?.p50, summary?.p95,
          ].map { $0.flatMap(NumberText.exact) ?? "" }
          text += CSVText.line(
            [
              CSVText.cell(standing.strategy.name), CSVText.cell(standing.strategy.kind), name,
              metric.rawValue, metric.unit, "\(summary?.count ?? 0)",
            ] + numbers)
        }
      }
    }
    return text
  }

  /// One row a run, one column a metric.
  public static func runs(record: ExperimentRecord) -> String {
    var text = CSVText.line(
      ["strategy", "kind", "replication", "outcome", "defect", "stall_reason"]
        + Metric.allCases.map(\.rawValue))
    let strategies = record.header.strategies.map {
      (name: CSVText.cell($0.name), kind: CSVText.cell($0.kind))
    }
    for run in record.runs where strategies.indices.contains(run.strategyIndex) {
      let strategy = strategies[run.strategyIndex]
      let values = Metric.allCases.map { run.metrics[$0].flatMap(NumberText.exact) ?? "" }
      text += CSVText.line(
        [
          strategy.name, strategy.kind, "\(run.replication)", run.outcome.rawValue,
          CSVText.cell(run.defect ?? ""), CSVText.cell(run.stallReason ?? ""),
        ] + values)
    }
    return text
  }

  /// The timelines in long form: one row an event, and one row a quantity that changed.
  ///
  /// A row with `event` says what happened; `version`, `state` and `value` are then empty. A row with
  /// `state` says what held from that time on until the next row of the same version and state: the
  /// replicas `desired`, `pending`, `starting`, `ready`, `available`, `terminating`, or the
  /// `traffic_share` of the candidate from 0 to 1. Every timeline starts with a row for each quantity;
  /// later only those stand that changed, each at most once a time.
  public static func timeline(record: ExperimentRecord) -> String {
    var text = CSVText.line([
      "strategy", "replication", "defect", "time_seconds", "event", "version", "state", "value",
    ])
    for timeline in record.timelines
    where record.header.strategies.indices.contains(timeline.strategyIndex) {
      let start = [
        CSVText.cell(record.header.strategies[timeline.strategyIndex].name),
        "\(timeline.replication)", CSVText.cell(timeline.defect ?? ""),
      ]
      var known: [String?] = []
      for step in timeline.steps {
        let here = start + [NumberText.exact(step.time.seconds) ?? ""]
        for event in step.events { text += CSVText.line(here + [CSVText.cell(event), "", "", ""]) }
        let quantities = quantities(step)
        if known.isEmpty { known = quantities.map { _ in nil } }
        for (index, quantity) in quantities.enumerated() where known[index] != quantity.value {
          known[index] = quantity.value
          text += CSVText.line(here + ["", quantity.version, quantity.state, quantity.value])
        }
      }
    }
    return text
  }

  private static func quantities(_ step: Timeline.Step)
    -> [(version: String, state: String, value: String)]
  {
    func counts(_ version: ReleaseVersion, _ counts: ReplicaCounts)
      -> [(version: String, state: String, value: String)]
    {
      [
        (version.name, "desired", "\(counts.desired)"),
        (version.name, "pending", "\(counts.pending)"),
        (version.name, "starting", "\(counts.starting)"),
        (version.name, "ready", "\(counts.ready)"),
        (version.name, "available", "\(counts.available)"),
        (version.name, "terminating", "\(counts.terminating)"),
      ]
    }
    let share = NumberText.exact(step.candidateWeight) ?? ""
    return counts(.stable, step.stable) + counts(.candidate, step.candidate)
      + [(ReleaseVersion.candidate.name, "traffic_share", share)]
  }
}
