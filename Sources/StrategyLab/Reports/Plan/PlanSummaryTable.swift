import LabUnits
import StrategyLab

/// All plans of a scenario in one table, a row each.
enum PlanSummaryTable {
  /// The strategies in the scenario's order.
  static func make(_ projections: [Projection]) -> Table {
    func span(_ span: Span?) -> String { span.map(PlanText.span) ?? NumberText.absent }
    return Table(
      columns: [
        Table.Column(name: "strategy", isNumeric: false),
        Table.Column(name: "finishes"),
        Table.Column(name: "earliest", dispensability: 4),
        Table.Column(name: "all traffic", dispensability: 3),
        Table.Column(name: "both answer", dispensability: 5),
        Table.Column(name: "peak", unit: "replicas"),
        Table.Column(name: "of desired", unit: "%", dispensability: 6),
        Table.Column(name: "undone in", dispensability: 2),
        Table.Column(name: "warnings", dispensability: 1),
      ],
      rows: projections.map { projection in
        let summary = projection.summary
        return Table.Row(cells: [
          projection.strategyName,
          summary.outcome == .stalled ? "never" : span(summary.typicalFinish),
          span(summary.earliestFinish), span(summary.trafficComplete), span(summary.mixedVersion),
          NumberText.fixed(Double(summary.peakReplicas), decimals: 0),
          PlanContent(projection: projection).peakPercent,
          span(summary.rollback?.traffic),
          "\(projection.warnings.count { $0.severity != .note })",
        ])
      })
  }
}
