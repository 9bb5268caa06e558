import LabUnits
import StrategyLab

/// The tables of a cost report.
enum CostTable {
  /// The bills: a row a strategy, a column a line.
  static func bills(_ report: CostReport) -> Table {
    let plan = report.plan
    let factor = report.basis.releases
    let lines = plan.bills.first?.lines.map(\.cause) ?? []
    let invoiced = lines.indices.filter { lines[$0].isInvoiced }
    let estimated = lines.indices.filter { !lines[$0].isInvoiced }
    func column(_ index: Int) -> Table.Column {
      Table.Column(
        condition: lines[index].isInvoiced ? "on the invoice" : "estimated",
        name: label(lines[index]), unit: "$", dispensability: lines[index].isInvoiced ? 3 : 2)
    }
    let best = plan.bills.indices.min {
      plan.bills[$0].total.all.mean < plan.bills[$1].total.all.mean
    }
    return Table(
      columns: [Table.Column(name: "strategy", isNumeric: false)]
        + invoiced.map(column)
        + [Table.Column(condition: "on the invoice", name: "sum", unit: "$", dispensability: 1)]
        + estimated.map(column)
        + [
          Table.Column(condition: "estimated", name: "sum", unit: "$", dispensability: 1),
          Table.Column(name: "total", unit: "$"),
        ],
      rows: plan.bills.enumerated().map { number, bill in
        let amounts = bill.lines.map { dollars($0.amount.all, factor: factor) }
        return Table.Row(
          cells: [bill.strategyName] + invoiced.map { amounts[$0] }
            + [dollars(bill.invoice.all, factor: factor)] + estimated.map { amounts[$0] }
            + [dollars(bill.estimate.all, factor: factor), total(bill.total.all, factor: factor)],
          isMarked: number == best)
      })
  }

  /// What good and defective releases cost, and what they sum to.
  static func risk(_ report: CostReport) -> Table {
    let plan = report.plan
    let factor = report.basis.releases
    let period = report.basis == .release ? "a release" : "a year"
    func mean(_ value: Double?, _ factor: Double = 1) -> String {
      value.map { plain($0 * factor) } ?? NumberText.absent
    }
    var columns = [
      Table.Column(name: "strategy", isNumeric: false),
      Table.Column(condition: "each", name: "good", unit: "$"),
      Table.Column(condition: "each", name: "defective", unit: "$"),
      Table.Column(condition: period, name: "by good ones", unit: "$", dispensability: 1),
      Table.Column(condition: period, name: "by defective ones", unit: "$", dispensability: 1),
    ]
    if case .year = report.basis {
      columns.append(Table.Column(name: "error budget left", unit: "%", dispensability: 2))
    }
    // As many as were played, so that both parts sum to the bill.
    let share = Double(plan.defective) / Double(max(plan.replications, 1))
    return Table(
      columns: columns,
      rows: plan.bills.map { bill in
        var cells = [
          bill.strategyName, mean(bill.total.good), mean(bill.total.defective),
          mean(bill.total.good, factor * (1 - share)),
          mean(bill.total.defective, factor * share),
        ]
        if case .year(let releases) = report.basis {
          let inWindow = Double(releases) * plan.objectiveSeconds / (365 * 86_400)
          cells.append(
            bill.errorBudget.map {
              NumberText.fixed(100 * (1 - $0 * inWindow), decimals: 0)
            } ?? NumberText.absent)
        }
        return Table.Row(cells: cells)
      })
  }

  /// What a line is called.
  static func label(_ cause: CostCause) -> String {
    cause.rawValue.split(separator: "_").joined(separator: " ")
  }

  /// A mean as exactly as its interval allows, to the cent at the finest.
  static func dollars(_ interval: StudentInterval, factor: Double) -> String {
    // A half-width of 0 is a mean that is exact.
    guard interval.halfWidth > 0 else { return plain(interval.mean * factor) }
    let decimals = min(2, CostReport.decimals(interval, factor: factor))
    return NumberText.fixed(interval.mean * factor, decimals: decimals)
  }

  private static func total(_ interval: StudentInterval, factor: Double) -> String {
    let decimals = min(2, CostReport.decimals(interval, factor: factor))
    return
      "\(dollars(interval, factor: factor)) ± \(NumberText.halfWidth(interval.halfWidth * factor, decimals: decimals))"
  }

  /// Dollars to the cent, and whole ones from a thousand on.
  static func plain(_ value: Double) -> String {
    NumberText.fixed(value, decimals: abs(value) < 1000 ? 2 : 0)
  }
}
