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
      let heading = [table.columns[column].name, table.columns[column].unit].map(PlainText.width)
      return (heading + rows.map { PlainText.width($0.cells[column]) }).max() ?? 0
    }
    let kept = Self.fitting(table, rows: rows, widths: &widths, room: width - marker.count)
    omitted = table.columns.indices.filter { !kept.contains($0) }.map { table.columns[$0] }
    lines = Self.headingLines(table, kept: kept, widths: &widths).map { blank + style.dim($0) }
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
    func needed(_ widths: [Int]) -> Int {
      groups(table, kept: kept).reduce(-gap) { $0 + max($1.width(widths), $1.leastWidth) + gap }
    }
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
        let isEmpty = texts.allSatisfy { $0 == NumberText.absent }
        let isConstant = isEmpty || rows.count > 1 && texts.allSatisfy { $0 == texts[0] }
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

  /// Neighbours that speak of the same releases.
  private struct Group {
    var condition: String
    var columns: [Int]

    /// Room for the condition and a dash at either side of it, where it spans several columns.
    var leastWidth: Int { PlainText.width(condition) + (columns.count > 1 ? 4 : 0) }

    func width(_ widths: [Int]) -> Int { columns.reduce(-gap) { $0 + widths[$1] + gap } }
  }

  private static func groups(_ table: Table, kept: [Int]) -> [Group] {
    var groups: [Group] = []
    for column in kept {
      let condition = table.columns[column].condition
      if let last = groups.indices.last, groups[last].condition == condition, !condition.isEmpty {
        groups[last].columns.append(column)
      } else {
        groups.append(Group(condition: condition, columns: [column]))
      }
    }
    return groups
  }

  /// Conditions over their columns, names, units; a line that would be empty is left out.
  private static func headingLines(_ table: Table, kept: [Int], widths: inout [Int]) -> [String] {
    let groups = groups(table, kept: kept)
    for group in groups {
      widths[group.columns[0]] += max(0, group.leastWidth - group.width(widths))
    }
    let conditions = groups.map { group in
      let room = group.width(widths)
      guard group.columns.count > 1 else { return pad(group.condition, to: room, right: true) }
      let dashes = room - PlainText.width(group.condition) - 2
      let left = String(repeating: "─", count: dashes / 2)
      return "\(left) \(group.condition) \(left)" + (dashes % 2 == 1 ? "─" : "")
    }
    func line(_ text: (Table.Column) -> String) -> String {
      joined(
        kept.map { column in
          pad(
            text(table.columns[column]), to: widths[column], right: table.columns[column].isNumeric)
        })
    }
    return [joined(conditions), line(\.name), line(\.unit)].filter { !$0.isEmpty }
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
