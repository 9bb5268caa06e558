import StrategyLab

extension CostReport {
  /// The plan for a terminal: the answers, the bills, the share of defective releases, the prices.
  ///
  /// - Parameters:
  ///   - color: Whether the text may hold colour sequences.
  ///   - width: The columns of the terminal; less than 40 counts as 40.
  /// - Returns: The text, ending in a line end.
  public func terminal(color: Bool, width: Int) -> String {
    let style = TerminalStyle(color: color)
    let width = max(width, TerminalReport.leastWidth)
    func prose(_ text: String, _ paint: (String) -> String) -> [String] {
      PlainText.wrapped(PlainText.oneLine(text), to: width).map(paint)
    }
    let blocks = [
      answers.flatMap { prose($0, style.bold) },
      lines(CostTable.bills(self), style: style, width: width),
      lines(CostTable.risk(self), style: style, width: width),
      prose(caption, style.dim),
      plan.prices.flatMap { prose(Self.sentence($0), style.dim) },
    ]
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  /// A price with where it comes from.
  static func sentence(_ price: Assumption) -> String {
    "\(price.path) \(price.value): \(price.isGiven ? "as the scenario says" : price.source)"
  }

  private func lines(_ table: Table, style: TerminalStyle, width: Int) -> [String] {
    let drawn = TerminalTable(table, style: style, width: width)
    guard !drawn.omitted.isEmpty else { return drawn.lines }
    let names = drawn.omitted.map(\.heading).joined(separator: "; ")
    return drawn.lines + PlainText.wrapped("No room for: \(names).", to: width).map(style.dim)
  }
}
