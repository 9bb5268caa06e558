import LabUnits
import StrategyLab

extension PlanReport {
  /// The plans as a page to paste into a pull request.
  ///
  /// - Returns: The text, ending in a line end.
  public var markdown: String {
    var text = "## Plan of \(MarkdownText.escaped(scenarioName))\n\n"
    if projections.count > 1 { text += PlanSummaryTable.make(projections).markdown + "\n" }
    for projection in projections {
      let content = PlanContent(projection: projection)
      let name = MarkdownText.escaped(projection.strategyName)
      text += "### \(name)\n\n"
      text += "**\(name)** \(MarkdownText.escaped(content.answer))"
      text += " \(MarkdownText.escaped(content.facts.joined(separator: " ")))\n\n"
      text += PlanTable.make(projection, all: showsEveryRow).markdown + "\n"
      for warning in projection.warnings {
        text += "- **\(warning.label)** \(MarkdownText.escaped(warning.text))\n"
      }
      if !projection.warnings.isEmpty { text += "\n" }
    }
    return text + Self.reading + "\n"
  }
}
