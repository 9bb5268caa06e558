import StrategyLab

extension ValidationReport {
  /// The tables alone, to paste into a page or a pull request.
  public var markdown: String { text(hasPicture: false) }

  /// The whole report, which shows the picture that lies beside it.
  var page: String { text(hasPicture: true) }

  private func text(hasPicture: Bool) -> String {
    var text = hasPicture ? "# Is the model right?\n\n" : ""
    text += answers.map { "- **\(MarkdownText.escaped($0))**\n" }.joined() + "\n"
    text += ValidationTable.summary(validation).markdown
    text +=
      "\nThe widest difference stands in half-widths of its own interval: among many, some exceed 1 by "
      + "chance.\n"
    if hasPicture, !validation.scenarios.isEmpty {
      text +=
        "\n![Differences of all comparisons in half-widths of their intervals, a lane a metric]"
      text += "(differences.svg)\n"
    }
    if !validation.scenarios.isEmpty { text += "\n\(MarkdownText.escaped(Self.reading))\n" }
    for scenario in validation.scenarios {
      text += "\n## \(MarkdownText.escaped(scenario.scenarioName))\n\n"
      text += "\(MarkdownText.escaped(Self.caption(scenario)))\n\n"
      text += ValidationTable.levels(scenario).markdown
    }
    if let check = validation.reference {
      text += "\n## Reference systems\n\n\(MarkdownText.escaped(Self.caption(check)))\n\n"
      text += ValidationTable.reference(check).markdown
    }
    return hasPicture ? text + reproduction : text
  }

  private var reproduction: String {
    """

    ## How to reproduce

    The same version, scenarios, seed and replications give this report again, to the byte, on any number of threads:
    StrategyLab \(MarkdownText.escaped(validation.programVersion)). levels.csv holds every comparison of levels, \
    reference.csv every measure of the reference systems.

    """
  }
}
