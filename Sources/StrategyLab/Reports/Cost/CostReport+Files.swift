import StrategyLab

extension CostReport {
  /// The names of all files.
  public static let fileNames = ["cost.md", "cost.csv", "bill.svg"]

  /// The report, its table and its picture.
  public var files: [ReportFile] {
    [
      ReportFile(name: "cost.md", contents: page),
      ReportFile(name: "cost.csv", contents: csv),
      ReportFile(name: "bill.svg", contents: BillChart(self).svg),
    ]
  }

  /// One row a strategy and line, in dollars a release; an absent value is an empty cell.
  public var csv: String {
    var text = CSVText.line([
      "scenario", "strategy", "line", "invoiced", "mean_usd", "ci_low_usd", "ci_high_usd",
      "good_usd", "defective_usd",
    ])
    for bill in plan.bills {
      let sums = [
        ("invoice", "true", bill.invoice), ("estimate", "false", bill.estimate),
        ("total", "", bill.total),
      ]
      let lines = bill.lines.map { ($0.cause.rawValue, "\($0.cause.isInvoiced)", $0.amount) }
      for (name, isInvoiced, amount) in lines + sums {
        text += CSVText.line(
          [plan.scenarioName, bill.strategyName].map(CSVText.cell) + [
            name, isInvoiced, number(amount.all.mean), number(amount.all.low),
            number(amount.all.high), number(amount.good), number(amount.defective),
          ])
      }
    }
    return text
  }

  private func number(_ value: Double?) -> String { value.flatMap(NumberText.exact) ?? "" }
}
