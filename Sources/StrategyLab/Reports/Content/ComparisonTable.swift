import StrategyLab

/// The table that a decision is made with: one row a strategy, the cheapest first.
enum ComparisonTable {
  /// The name of the column that every row starts with.
  static let nameColumn = "strategy"

  /// The table of a comparison.
  static func make(_ record: ExperimentRecord, _ comparison: Comparison) -> Table {
    let standings = Standing.ranked(record, comparison)
    let entries = entries(isAlone: standings.count < 2)
    return Table(
      columns: [Table.Column(name: nameColumn, isNumeric: false)] + entries.map(\.column),
      rows: standings.map { standing in
        Table.Row(
          cells: [standing.strategy.name] + entries.map { $0.cell(standing.summary) },
          isMarked: standing.isRecommended)
      })
  }

  private struct Entry {
    let column: Table.Column
    let cell: (Comparison.StrategySummary) -> String
  }

  private static func entries(isAlone: Bool) -> [Entry] {
    let probability = Entry(
      column: Table.Column(name: "P(best)", unit: "%", dispensability: 1),
      cell: { NumberText.probability($0.probabilityBest) })
    return [metric(.totalCost, "total cost", 0) { $0.all }]
      + (isAlone ? [] : [probability])
      + [
        outcome(.promoted, "promoted", 4),
        outcome(.rolledBack, "rolled back", 8),
        outcome(.stalled, "stalled", 7),
        metric(.releaseDuration, "release", 2, "good") { $0.good },
        metric(.peakReplicaRatio, "peak", 5) { $0.all },
        metric(.extraInfrastructureCost, "extra infra", 6) { $0.all },
        metric(.failureCost, "failures", 9) { $0.all },
        metric(.peopleCost, "people", 10) { $0.all },
        metric(.exposedUsersAtDecision, "exposed", 3, "defective") { $0.defectiveReleases },
        metric(.harmedUsers, "harmed", 5, "defective") { $0.defectiveReleases },
        metric(.rollback, "roll-back", 4, "defective") { $0.defectiveReleases },
        metric(.downtime, "downtime", 6) { $0.all },
      ]
  }

  private static func metric(
    _ metric: Metric, _ name: String, _ dispensability: Int, _ condition: String = "",
    of releases: @escaping (Comparison.StrategySummary) -> [MetricSummary?]
  ) -> Entry {
    let display = MetricDisplay(metric)
    return Entry(
      column: Table.Column(
        condition: condition, name: name, unit: display.unit, dispensability: dispensability),
      cell: { summary in
        guard let value = releases(summary)[metric.ordinal] else { return NumberText.absent }
        let measured = display.measured(value)
        return metric == .totalCost ? measured.withHalfWidth : measured.mean
      })
  }

  private static func outcome(_ outcome: ReleaseOutcome, _ name: String, _ dispensability: Int)
    -> Entry
  {
    Entry(
      column: Table.Column(name: name, unit: "%", dispensability: dispensability),
      cell: { NumberText.percent($0.outcomes[outcome] ?? 0, of: $0.replications) })
  }
}
