import StrategyLab

extension CostReport {
  /// The tables alone, to paste into a page or a pull request.
  public var markdown: String { text(isPage: false) }

  /// The whole report, which shows the picture that lies beside it.
  var page: String { text(isPage: true) }

  private func text(isPage: Bool) -> String {
    let name = MarkdownText.escaped(plan.scenarioName)
    var text = "\(isPage ? "#" : "##") What releases of \(name) cost\n\n"
    text += answers.map { "- **\(MarkdownText.escaped($0))**\n" }.joined() + "\n"
    text += CostTable.bills(self).markdown + "\n"
    if isPage { text += "![The bill of each strategy as a waterfall](bill.svg)\n\n" }
    text += CostTable.risk(self).markdown + "\n"
    text += "\(MarkdownText.escaped(caption))\n\n"
    text += plan.prices.map { "- \(MarkdownText.escaped(Self.sentence($0)))\n" }.joined()
    return text
  }
}
