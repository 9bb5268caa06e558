/// A table drawn with spaces, as wide as the terminal allows.
struct TerminalTable {
  /// The lines to print.
  private(set) var lines: [String]
  /// The columns that had no room, in their order.
  private(set) var omitted: [Table.Column]

  private static let gap = 2
  private static let leastNameWidth = 12

  /// The table, with the columns that fit; the name column is cut before others than dispensable ones go.
  init(_ table: Table, style: TerminalStyle, width: Int) {
    let marker = table.rows.contains(where: \.isMarked) ? "→ " : ""
    let blank = String(repeating: " ", count: marker.count)
    let rows = table.rows.map { row in
      Table.Row(cells: row.cells.map(PlainText.oneLine), isMarked: row.isMarked)
    }
    var widths = table.columns.indices.map { column in
      let heading = Self.headingLines(table.columns[column]).map(PlainText.width)
      return (heading + rows.map { PlainText.width($0.cells[column]) }).max() ?? 0
    }
    let kept = Self.fitting(table, rows: rows, widths: &widths, room: width - marker.count)
    omitted = table.columns.indices.filter { !kept.contains($0) }.map { table.columns[$0] }
    let heads = kept.map { Self.headingLines(table.columns[$0]) }
    lines = []
    for level in 0..<3 where heads.contains(where: { !$0[level].isEmpty }) {
      let cells = zip(kept, heads).map { column, head in
        Self.pad(head[level], to: widths[column], right: table.columns[column].isNumeric)
      }
      lines.append(blank + style.dim(Self.joined(cells)))
    }
    for row in rows {
      let cells = kept.map { column in
        Self.pad(
          PlainText.truncated(row.cells[column], to: widths[column]), to: widths[column],
          right: table.columns[column].isNumeric)
      }
      let line = Self.joined(cells)
      lines.append(row.isMarked ? style.green(marker) + style.bold(line) : blank + line)
    }
  }

  /// The columns that stay, and the name column's width made to fit.
  private static func fitting(
    _ table: Table, rows: [Table.Row], widths: inout [Int], room: Int
  ) -> [Int] {
    var kept = Array(table.columns.indices)
    func needed(_ widths: [Int]) -> Int { kept.reduce(-gap) { $0 + widths[$1] + gap } }
    func shrink(_ widths: inout [Int], to least: Int) {
      for column in kept where !table.columns[column].isNumeric {
        let excess = needed(widths) - room
        if excess > 0 { widths[column] = max(min(widths[column], least), widths[column] - excess) }
      }
    }
    shrink(&widths, to: 28)
    while needed(widths) > room {
      // A column that says the same of every strategy decides nothing, so it goes before the others.
      func dispensability(_ column: Int) -> Int {
        let texts = rows.map { $0.cells[column] }
        let isConstant = rows.count > 1 && texts.allSatisfy { $0 == texts[0] }
        let base = table.columns[column].dispensability
        return base > 0 && isConstant ? base + 100 : base
      }
      guard let victim = kept.reversed().max(by: { dispensability($0) < dispensability($1) }),
        dispensability(victim) > 0
      else { break }
      kept.removeAll { $0 == victim }
    }
    shrink(&widths, to: leastNameWidth)
    return kept
  }

  private static func headingLines(_ column: Table.Column) -> [String] {
    [column.condition, column.name, column.unit]
  }

  private static func pad(_ text: String, to width: Int, right: Bool) -> String {
    let spaces = String(repeating: " ", count: max(0, width - PlainText.width(text)))
    return right ? spaces + text : text + spaces
  }

  private static func joined(_ cells: [String]) -> String {
    var line = cells.joined(separator: String(repeating: " ", count: gap))
    while line.hasSuffix(" ") { line.removeLast() }
    return line
  }
}
