import LabStrategies
import LabUnits
import StrategyLab

/// The stretches of a plan as a table; columns that would be zero everywhere are left out.
enum PlanTable {
  /// The rows of a plan, or every one.
  static func make(_ projection: Projection, all: Bool) -> Table {
    let rows = all ? projection.everyRow : projection.rows
    let clock = PlanClock(rows.flatMap { [$0.begin, $0.end].compactMap { $0 } })
    let hasNumbers = rows.contains { ($0.number ?? 0) > 0 }
    let hasWanted = rows.contains { $0.wantedWeight != nil }
    var columns: [(column: Table.Column, cell: (Projection.Row) -> String)] = []
    if hasNumbers {
      columns.append(
        (
          Table.Column(name: "step", dispensability: 1),
          { row in row.number.map { $0 > 0 ? "\($0)" : "" } ?? "" }
        ))
    }
    columns.append(
      (
        Table.Column(
          name: projection.isStepwise && !all ? "what" : "what happens", isNumeric: false),
        { $0.title }
      ))
    columns.append(
      (Table.Column(name: "begins", unit: clock.unit, dispensability: 7), { clock.text($0.begin) }))
    columns.append(
      (
        Table.Column(name: "ends", unit: clock.unit),
        { $0.end.map { clock.text($0) } ?? NumberText.absent }
      ))
    if hasWanted {
      columns.append(
        (
          Table.Column(condition: "traffic", name: "wanted", unit: "%"),
          { $0.wantedWeight.map { percent($0.fraction) } ?? "" }
        ))
    }
    columns.append(
      (Table.Column(condition: "traffic", name: "true", unit: "%"), { percent($0.trueWeight) }))
    columns += states("stable", rows) { $0.stable }
    columns += states("candidate", rows) { $0.candidate }
    columns.append((Table.Column(name: "total", dispensability: 2), { count($0.total) }))
    columns.append((Table.Column(name: "peak", dispensability: 3), { count($0.peak) }))
    return Table(
      columns: columns.map(\.column),
      rows: rows.map { row in Table.Row(cells: columns.map { $0.cell(row) }) })
  }

  /// Columns for the states of one version that any row shows.
  private static func states(
    _ name: String, _ rows: [Projection.Row], _ counts: @escaping (Projection.Row) -> ReplicaCounts
  ) -> [(column: Table.Column, cell: (Projection.Row) -> String)] {
    let states: [(name: String, value: (ReplicaCounts) -> Int, dispensability: Int)] = [
      ("ready", { $0.ready }, 1), ("starting", { $0.starting }, 5), ("waiting", { $0.pending }, 4),
      ("ending", { $0.terminating }, 6),
    ]
    return states.compactMap { state in
      guard state.name == "ready" || rows.contains(where: { state.value(counts($0)) > 0 }) else {
        return nil
      }
      let column = Table.Column(
        condition: name, name: state.name, dispensability: state.dispensability)
      return (column, { row in count(state.value(counts(row))) })
    }
  }

  private static func count(_ value: Int) -> String { NumberText.fixed(Double(value), decimals: 0) }

  private static func percent(_ share: Double) -> String {
    NumberText.trimmed(100 * share, decimals: 1)
  }
}

/// Times of a plan as a clock shows them since the beginning of the release.
struct PlanClock {
  private let hasHours: Bool
  private let hasTenths: Bool

  /// A clock with as many places as the instants need.
  init(_ instants: [Instant]) {
    hasHours = instants.contains { $0.nanoseconds >= 3_600_000_000_000 }
    hasTenths = instants.contains { Self.tenths($0) % 10 != 0 }
  }

  /// The places, for a column's heading.
  var unit: String { hasHours ? "h:min:s" : "min:s" }

  /// The time of an instant.
  func text(_ instant: Instant) -> String {
    let tenths = hasTenths ? Self.tenths(instant) : (Self.tenths(instant) + 5) / 10 * 10
    let seconds = tenths / 10
    var text = hasHours ? "\(seconds / 3600):\(two(seconds / 60 % 60))" : "\(seconds / 60)"
    text += ":\(two(seconds % 60))"
    return hasTenths ? text + ".\(tenths % 10)" : text
  }

  private static func tenths(_ instant: Instant) -> Int64 {
    (instant.nanoseconds + 50_000_000) / 100_000_000
  }

  private func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
