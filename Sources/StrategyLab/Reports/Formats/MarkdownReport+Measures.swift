import StrategyLab

/// The sections of a report that hold the measured numbers.
enum MeasureSections {
  /// The metrics that matter when nothing is wrong with the candidate.
  private static let goodMetrics: [Metric] = [
    .releaseDuration, .trafficComplete, .mixedVersion, .sessionVersionFlips, .peakReplicaRatio,
    .pendingTime, .capacityShortfall, .downtime, .extraInfrastructureCost, .peopleCost, .totalCost,
  ]
  /// The metrics that matter when something is.
  private static let defectiveMetrics: [Metric] = [
    .detection, .rollback, .restore, .exposedUsersAtDecision, .harmedUsers, .excessFailures,
    .errorBudget, .downtime, .failureCost, .peopleCost, .totalCost,
  ]
  /// The metrics whose differences to the baseline are shown.
  private static let differenceMetrics: [Metric] = [
    .totalCost, .extraInfrastructureCost, .failureCost, .peopleCost, .releaseDuration, .detection,
    .rollback, .exposedUsersAtDecision, .harmedUsers, .excessFailures, .downtime, .peakReplicaRatio,
  ]

  /// The main metrics over good and over defective releases.
  static func releases(_ record: ExperimentRecord, _ comparison: Comparison) -> String {
    let standings = Standing.ranked(record, comparison)
    let played = comparison.replicationsPlayed
    let defective = comparison.defectivePlayed
    let good = table(goodMetrics, standings) { $0.good }
    let bad = table(defectiveMetrics, standings) { $0.defectiveReleases }
    var text = "## Good releases\n\n"
    text +=
      good.rows.isEmpty
      ? "No replication was without a defect.\n"
      : "Over \(NumberText.count(played - defective, "replication")) without a defect.\n\n"
        + good.markdown
    text += "\n## Defective releases\n\n"
    text +=
      bad.rows.isEmpty
      ? "No replication had a defect.\n"
      : "Over \(NumberText.count(defective, "replication")) with a defect.\n\n" + bad.markdown
    return text
  }

  /// The paired differences to the baseline.
  static func differences(_ record: ExperimentRecord, _ comparison: Comparison) -> String {
    let header = record.header
    guard header.strategies.indices.contains(header.baselineIndex),
      !comparison.differences.isEmpty
    else { return "" }
    var rows: [Table.Row] = []
    for metric in differenceMetrics {
      var name = label(metric)
      for standing in Standing.ranked(record, comparison) {
        let difference = comparison.differences.first {
          $0.metric == metric && $0.strategyIndex == standing.summary.strategyIndex
        }
        guard let difference else { continue }
        rows.append(row(difference, name: name, strategy: standing.strategy.name, metric: metric))
        name = ""
      }
    }
    let table = Table(
      columns: [
        Table.Column(name: "metric", isNumeric: false),
        Table.Column(name: "strategy", isNumeric: false),
        Table.Column(name: "difference"), Table.Column(name: "95% interval"),
        Table.Column(name: "pairs"), Table.Column(name: "reading", isNumeric: false),
      ], rows: rows)
    let baseline = MarkdownText.escaped(header.strategies[header.baselineIndex].name)
    return """
      ## Differences to \(baseline)

      Each replication plays the same world with every strategy, so strategies are compared world by \
      world: these are means of strategy minus \(baseline). The intervals are corrected for the number \
      of strategies; where one holds zero, the two cannot be told apart.

      \(table.markdown)
      """
  }

  private static func row(
    _ difference: Comparison.PairedDifference, name: String, strategy: String, metric: Metric
  ) -> Table.Row {
    let summary = MetricSummary(
      count: difference.count, mean: difference.mean, low: difference.low, high: difference.high,
      p50: difference.mean, p95: difference.mean)
    let measured = MetricDisplay(metric).measured(summary)
    let reading =
      difference.low > 0 ? "more" : (difference.high < 0 ? "less" : "cannot be told apart")
    return Table.Row(cells: [
      name, strategy, (difference.mean > 0 ? "+" : "") + measured.mean,
      "\(measured.low) to \(measured.high)", "\(difference.count)", reading,
    ])
  }

  private static func table(
    _ metrics: [Metric], _ standings: [Standing],
    of releases: (Comparison.StrategySummary) -> [MetricSummary?]
  ) -> Table {
    var rows: [Table.Row] = []
    for metric in metrics {
      let display = MetricDisplay(metric)
      let summaries = standings.map { releases($0.summary)[metric.ordinal] }
      // A metric that is nothing for every strategy takes room and says nothing.
      guard summaries.contains(where: { ($0?.high ?? 0) != 0 || ($0?.mean ?? 0) != 0 }) else {
        continue
      }
      var name = label(metric)
      for (standing, summary) in zip(standings, summaries) {
        rows.append(
          Table.Row(cells: [name, standing.strategy.name] + cells(summary, display)))
        name = ""
      }
    }
    return Table(
      columns: [
        Table.Column(name: "metric", isNumeric: false),
        Table.Column(name: "strategy", isNumeric: false),
        Table.Column(name: "mean"), Table.Column(name: "95% interval"),
        Table.Column(name: "median"), Table.Column(name: "p95"), Table.Column(name: "runs"),
      ], rows: rows)
  }

  private static func cells(_ summary: MetricSummary?, _ display: MetricDisplay) -> [String] {
    guard let summary else {
      return Array(repeating: NumberText.absent, count: 4) + ["0"]
    }
    let measured = display.measured(summary)
    let interval = summary.count > 1 ? "\(measured.low) to \(measured.high)" : NumberText.absent
    return [measured.mean, interval, measured.p50, measured.p95, "\(summary.count)"]
  }

  private static func label(_ metric: Metric) -> String {
    let display = MetricDisplay(metric)
    return "\(display.name), \(display.unit)"
  }
}
