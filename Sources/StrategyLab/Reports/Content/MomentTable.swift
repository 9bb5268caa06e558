import LabStrategies
import StrategyLab

/// The key moments of a timeline as a table.
enum MomentTable {
  /// One row a moment; the columns that say most stand first.
  static func make(_ moments: KeyMoments) -> Table {
    var rows = moments.moments.map(row)
    if let gap = moments.gap {
      let note = "… \(moments.omitted) more events"
      rows.insert(Table.Row(cells: ["", "", "", "", "", "", note]), at: min(gap, rows.count))
    }
    return Table(
      columns: [
        Table.Column(name: "time", unit: "s"),
        Table.Column(condition: "stable", name: "ready", dispensability: 3),
        Table.Column(condition: "stable", name: "other", dispensability: 5),
        Table.Column(condition: "candidate", name: "ready", dispensability: 2),
        Table.Column(condition: "candidate", name: "other", dispensability: 4),
        Table.Column(condition: "candidate", name: "traffic", unit: "%", dispensability: 1),
        Table.Column(name: "what happened", isNumeric: false),
      ], rows: rows)
  }

  private static func row(_ moment: KeyMoments.Moment) -> Table.Row {
    let row = moment.row
    let event =
      moment.count == 1
      ? row.event
      : "\(row.event) (\(moment.count) times until \(seconds(moment.lastTime)) s)"
    return Table.Row(cells: [
      seconds(row.time.seconds), "\(row.stable.ready)", "\(other(row.stable))",
      "\(row.candidate.ready)", "\(other(row.candidate))",
      NumberText.trimmed(100 * row.candidateWeight, decimals: 1), event,
    ])
  }

  /// Replicas that are there and do not serve: pending, starting, terminating.
  private static func other(_ counts: ReplicaCounts) -> Int { counts.notGone - counts.ready }

  private static func seconds(_ value: Double) -> String { NumberText.fixed(value, decimals: 1) }
}
