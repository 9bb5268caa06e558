import LabUnits
import StrategyLab

extension PlanReport {
  /// The plans for a terminal: the answer, a picture, the rows, what to be careful about.
  ///
  /// - Parameters:
  ///   - color: Whether the text may hold colour sequences.
  ///   - width: The columns of the terminal; less than 40 counts as 40.
  /// - Returns: The text, ending in a line end.
  public func terminal(color: Bool, width: Int) -> String {
    let style = TerminalStyle(color: color)
    let width = max(width, TerminalReport.leastWidth)
    var blocks: [[String]] = []
    if projections.count > 1 {
      let table = TerminalTable(PlanSummaryTable.make(projections), style: style, width: width)
      blocks.append(
        ["\(PlainText.oneLine(scenarioName)): \(NumberText.count(projections.count, "plan"))", ""]
          + table.lines)
    }
    for projection in projections { blocks += plan(projection, style: style, width: width) }
    blocks.append(PlainText.wrapped(Self.reading, to: width).map(style.dim))
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  private func plan(_ projection: Projection, style: TerminalStyle, width: Int) -> [[String]] {
    let content = PlanContent(projection: projection)
    let name = PlainText.truncated(PlainText.oneLine(projection.strategyName), to: width / 2)
    let answer = PlainText.wrapped("\(name) \(content.answer)", to: width)
    let head = answer.enumerated().map { offset, line in
      offset == 0 && line.hasPrefix(name)
        ? style.bold(name) + line.dropFirst(name.count) : line
    }
    let facts = PlainText.wrapped(content.facts.joined(separator: " "), to: width).map(style.dim)
    let table = TerminalTable(
      PlanTable.make(projection, all: showsEveryRow), style: style, width: width)
    var lines = table.lines
    if !table.omitted.isEmpty {
      let names = table.omitted.map { $0.heading }.joined(separator: "; ")
      lines += PlainText.wrapped("No room for: \(names).", to: width).map(style.dim)
    }
    let warnings = projection.warnings.flatMap { warning($0, style: style, width: width) }
    return [
      head + facts, PlanPicture(projection, style: style, width: width).lines, lines, warnings,
    ]
  }

  private func warning(_ warning: PlanWarning, style: TerminalStyle, width: Int) -> [String] {
    let label = warning.label + ": "
    let colored =
      switch warning.severity {
      case .serious: style.red(label)
      case .warning: style.yellow(label)
      case .note: style.dim(label)
      }
    let lines = PlainText.wrapped(PlainText.oneLine(warning.text), to: width - label.count)
    return lines.enumerated().map {
      $0.offset == 0
        ? colored + $0.element : String(repeating: " ", count: label.count) + $0.element
    }
  }
}
