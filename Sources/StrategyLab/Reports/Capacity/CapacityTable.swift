import LabUnits
import StrategyLab

/// The tables of a capacity report.
enum CapacityTable {
  /// Every strategy against every scarce thing: the peak that most releases stay below.
  ///
  /// The first row is the service at rest, the last one what there is.
  static func overview(_ report: CapacityReport) -> Table {
    let plan = report.plan
    let amounts = plan.entries.map { LedgerAmount(entry: $0) }
    var rows: [Table.Row] = []
    if let first = plan.strategies.first {
      rows.append(
        Table.Row(
          cells: ["at rest", NumberText.absent]
            + zip(amounts, first.needs).map { $0.text($1.steady) }))
    }
    for strategy in plan.strategies {
      let finish = strategy.finish.map(PlanText.span) ?? "never"
      rows.append(
        Table.Row(
          cells: [strategy.name, strategy.standstill == nil ? finish : "never"]
            + zip(amounts, strategy.needs).map { $0.text($1.peak(report.probability)) }))
    }
    if plan.entries.contains(where: { $0.limit != nil }) {
      rows.append(
        Table.Row(
          cells: ["there are", NumberText.absent]
            + amounts.map { amount in
              amount.entry.limit.map(amount.text) ?? NumberText.absent
            }))
    }
    return Table(
      columns: [
        Table.Column(name: "strategy", isNumeric: false),
        Table.Column(name: "finishes", dispensability: 1),
      ]
        + amounts.map { amount in
          // What has a limit matters more; processor and memory follow the replicas.
          let dispensability =
            amount.entry.limit != nil ? 2 : amount.entry.unit == .count ? 3 : 4
          return Table.Column(
            name: amount.entry.name, unit: amount.unit, dispensability: dispensability)
        }, rows: rows)
  }

  /// Every strategy against one scarce thing.
  static func entry(_ index: Int, of report: CapacityReport) -> Table {
    let plan = report.plan
    let entry = plan.entries[index]
    let amount = LedgerAmount(entry: entry)
    var columns: [(Table.Column, (CapacityPlan.Need) -> String)] = [
      (
        Table.Column(name: "peak (\(report.percentile))", unit: amount.unit),
        { amount.text($0.peak(report.probability)) }
      ),
      (
        Table.Column(name: "worst", unit: amount.unit, dispensability: 3),
        { amount.text($0.worst) }
      ),
      (
        Table.Column(name: "of rest", unit: "%", dispensability: 6),
        { $0.steady > 0 ? NumberText.fixed(100 * $0.worst / $0.steady, decimals: 0) : "" }
      ),
      (
        Table.Column(name: "at", unit: "s", dispensability: 5),
        { Self.seconds(Quantile.of($0.peakSeconds, 0.5)) }
      ),
    ]
    if entry.limit != nil {
      columns += [
        (
          Table.Column(name: "too much", unit: "% of releases", dispensability: 1),
          { NumberText.percent($0.shortReleases, of: plan.replications) }
        ),
        (
          Table.Column(name: "from", unit: "s", dispensability: 4),
          { Self.seconds(Quantile.of($0.firstShortSeconds, 0.5)) }
        ),
        (
          Table.Column(name: "for", unit: "s", dispensability: 4),
          { Self.seconds($0.meanShortSeconds) }
        ),
      ]
    }
    if entry.shortage == .waits {
      columns.append(
        (
          Table.Column(name: "finishes with", unit: amount.unit, dispensability: 2),
          { $0.leastToFinish.map(amount.text) ?? NumberText.absent }
        ))
      if let within = plan.within {
        columns.append(
          (
            Table.Column(
              name: "within \(PlanText.span(within)) with", unit: amount.unit,
              dispensability: 2),
            { $0.leastWithin.map(amount.text) ?? NumberText.absent }
          ))
      }
    }
    return Table(
      columns: [Table.Column(name: "strategy", isNumeric: false)] + columns.map(\.0),
      rows: plan.strategies.map { strategy in
        Table.Row(cells: [strategy.name] + columns.map { $0.1(strategy.needs[index]) })
      })
  }

  /// What stands above the table of a scarce thing.
  static func caption(_ index: Int, of report: CapacityReport) -> String {
    let entry = report.plan.entries[index]
    let amount = LedgerAmount(entry: entry)
    let steady = report.plan.strategies.first?.needs[index].steady ?? 0
    guard let limit = entry.limit else {
      let rest = amount.text(steady) + (amount.unit.isEmpty ? "" : " \(amount.unit)")
      return "\(rest) at rest, and no limit is declared."
    }
    return
      "\(amount.phrase(steady, of: limit)) at rest; beyond the limit \(amount.consequence)."
  }

  private static func seconds(_ seconds: Double?) -> String {
    seconds.map { NumberText.fixed($0, decimals: $0 < 100 ? 1 : 0) } ?? NumberText.absent
  }
}
