import LabStrategies
import LabUnits
import StrategyLab

/// A plan as three lines of bars: replicas of both versions and the candidate's traffic, over time.
struct PlanPicture {
  /// The lines to print, colour included.
  let lines: [String]

  private static let bars: [Character] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let labelWidth = 10
  private static let noteWidth = 18

  /// The picture of a plan, so many columns wide; no lines if there is no time to draw.
  init(_ projection: Projection, style: TerminalStyle, width: Int) {
    let rows = projection.everyRow
    let shown = min(max(width - Self.labelWidth - Self.noteWidth, 12), 72)
    let last = projection.rows.compactMap { $0.end }.max() ?? rows.last?.begin ?? .zero
    guard last > .zero, !rows.isEmpty else {
      lines = []
      return
    }
    let columns = Columns(rows, until: last, count: shown)
    let stable = columns.values { Double($0.stable.notGone) }
    let candidate = columns.values { Double($0.candidate.notGone) }
    let traffic = columns.values { $0.trueWeight }
    let most = max(stable.max() ?? 1, candidate.max() ?? 1, 1)
    func line(_ label: String, _ bars: String, _ note: String) -> String {
      let padding = String(repeating: " ", count: max(0, Self.labelWidth - label.count))
      return label + padding + bars + "  " + note
    }
    func top(_ values: [Double]) -> String {
      NumberText.fixed(values.max() ?? 0, decimals: 0)
    }
    let clock = PlanClock([last])
    let end = clock.text(last)
    let axis = "0" + String(repeating: " ", count: max(1, shown - 1 - end.count)) + end
    lines = [
      line("stable", style.blue(Self.bars(stable, of: most)), "up to \(top(stable))"),
      line("candidate", style.green(Self.bars(candidate, of: most)), "up to \(top(candidate))"),
      line("traffic", style.yellow(Self.bars(traffic, of: 1)), "to the candidate"),
      line("", style.dim(axis), clock.unit),
    ]
  }

  /// A bar for each value; what is not nothing shows at least a little.
  private static func bars(_ values: [Double], of most: Double) -> String {
    String(
      values.map { value in
        guard value > 0 else { return bars[0] }
        let height = Int((value / most * 8).rounded())
        return bars[min(max(height, 1), 8)]
      })
  }

  /// Time cut into columns of equal length.
  private struct Columns {
    let rows: [Projection.Row]
    let length: Int64
    let count: Int

    init(_ rows: [Projection.Row], until last: Instant, count: Int) {
      self.rows = rows
      self.count = count
      length = max(1, (last.nanoseconds + Int64(count) - 1) / Int64(count))
    }

    /// The greatest value in each column.
    func values(_ value: (Projection.Row) -> Double) -> [Double] {
      var result = [Double](repeating: 0, count: count)
      for row in rows {
        let first = min(Int(row.begin.nanoseconds / length), count - 1)
        let end = row.end.map { max(row.begin.nanoseconds, $0.nanoseconds - 1) } ?? .max
        let last = min(Int(end / length), count - 1)
        for column in first...max(first, last) { result[column] = max(result[column], value(row)) }
      }
      return result
    }
  }
}
