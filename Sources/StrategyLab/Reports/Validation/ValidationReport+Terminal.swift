import StrategyLab

extension ValidationReport {
  /// The validation for a terminal: the answers, a summary, every comparison.
  ///
  /// - Parameters:
  ///   - color: Whether the text may hold colour sequences.
  ///   - width: The columns of the terminal; less than 40 counts as 40.
  /// - Returns: The text, ending in a line end.
  public func terminal(color: Bool, width: Int) -> String {
    let style = TerminalStyle(color: color)
    let width = max(width, TerminalReport.leastWidth)
    let failed = Set(failures)
    var blocks = [
      answers.flatMap { answer in
        PlainText.wrapped(PlainText.oneLine(answer), to: width)
          .map { failed.contains(answer) ? style.red($0) : style.bold($0) }
      }
    ]
    if answers.count > 1 {
      blocks.append(lines(ValidationTable.summary(validation), style: style, width: width))
    }
    for scenario in validation.scenarios {
      blocks.append(
        lines(ValidationTable.levels(scenario), style: style, width: width)
          + notes(
            "\(scenario.scenarioName): \(Self.caption(scenario))", style: style, width: width))
    }
    if !validation.scenarios.isEmpty {
      blocks.append(PlainText.wrapped(Self.reading, to: width).map(style.dim))
    }
    if let check = validation.reference {
      blocks.append(
        lines(ValidationTable.reference(check), style: style, width: width)
          + notes(Self.caption(check), style: style, width: width))
    }
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  private func lines(_ table: Table, style: TerminalStyle, width: Int) -> [String] {
    let drawn = TerminalTable(table, style: style, width: width)
    guard !drawn.omitted.isEmpty else { return drawn.lines }
    let names = drawn.omitted.map(\.heading).joined(separator: "; ")
    return drawn.lines + PlainText.wrapped("No room for: \(names).", to: width).map(style.dim)
  }

  private func notes(_ text: String, style: TerminalStyle, width: Int) -> [String] {
    [""] + PlainText.wrapped(PlainText.oneLine(text), to: width).map(style.dim)
  }
}
