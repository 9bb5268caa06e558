extension Table {
  /// The table as Markdown, every cell disarmed; a marked row is bold and bears an arrow.
  var markdown: String {
    var text = Self.line(columns.map { MarkdownText.escaped($0.heading) })
    text += Self.line(columns.map { $0.isNumeric ? "---:" : ":---" })
    for row in rows {
      let cells = row.cells.enumerated().map { index, cell in
        let escaped = MarkdownText.escaped(cell)
        guard row.isMarked, index == 0 else { return escaped }
        return "→ **\(escaped)**"
      }
      text += Self.line(cells)
    }
    return text
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |\n"
  }
}
