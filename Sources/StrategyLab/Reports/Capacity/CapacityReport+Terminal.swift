import StrategyLab

extension CapacityReport {
  /// The plan for a terminal: the answers, all things at once, then each one that has a limit.
  ///
  /// - Parameters:
  ///   - color: Whether the text may hold colour sequences.
  ///   - width: The columns of the terminal; less than 40 counts as 40.
  /// - Returns: The text, ending in a line end.
  public func terminal(color: Bool, width: Int) -> String {
    let style = TerminalStyle(color: color)
    let width = max(width, TerminalReport.leastWidth)
    var blocks = [
      weighed.flatMap { answer in
        PlainText.wrapped(PlainText.oneLine(answer.text), to: width).map { line in
          switch answer.weight {
          case .serious: style.red(line)
          case .mild: style.yellow(line)
          case .clear: style.bold(line)
          }
        }
      },
      lines(CapacityTable.overview(self), style: style, width: width),
    ]
    for index in plan.entries.indices where isShown(index) {
      let entry = plan.entries[index]
      let caption = "\(entry.name): \(CapacityTable.caption(index, of: self))"
      blocks.append(
        PlainText.wrapped(PlainText.oneLine(caption), to: width).map(style.bold)
          + lines(CapacityTable.entry(index, of: self), style: style, width: width))
    }
    blocks.append(PlainText.wrapped(PlainText.oneLine(caption), to: width).map(style.dim))
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  /// Whether a thing has a table of its own: what has a limit, and if nothing has one, the replicas.
  func isShown(_ index: Int) -> Bool {
    plan.entries[index].limit != nil
      || (index == 0 && plan.entries.allSatisfy { $0.limit == nil })
  }

  private func lines(_ table: Table, style: TerminalStyle, width: Int) -> [String] {
    let drawn = TerminalTable(table, style: style, width: width)
    guard !drawn.omitted.isEmpty else { return drawn.lines }
    let names = drawn.omitted.map(\.heading).joined(separator: "; ")
    return drawn.lines + PlainText.wrapped("No room for: \(names).", to: width).map(style.dim)
  }
}
