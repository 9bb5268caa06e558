import StrategyLab

extension CapacityReport {
  /// The tables alone, to paste into a page or a pull request.
  public var markdown: String { text(isPage: false) }

  /// The whole report, which shows the picture that lies beside it.
  var page: String { text(isPage: true) }

  private func text(isPage: Bool) -> String {
    let name = MarkdownText.escaped(plan.scenarioName)
    var text = "\(isPage ? "#" : "##") Capacity of \(name)\n\n"
    text += answers.map { "- **\(MarkdownText.escaped($0))**\n" }.joined() + "\n"
    text += CapacityTable.overview(self).markdown
    if isPage {
      text += "\n![What a typical release asks for over time, a row a strategy](ledger.svg)\n"
    }
    for index in plan.entries.indices where isPage || isShown(index) {
      text += "\n\(isPage ? "##" : "###") \(MarkdownText.escaped(plan.entries[index].name))\n\n"
      text += "\(MarkdownText.escaped(CapacityTable.caption(index, of: self)))\n\n"
      text += CapacityTable.entry(index, of: self).markdown
    }
    return text + "\n\(MarkdownText.escaped(caption))\n"
  }
}
