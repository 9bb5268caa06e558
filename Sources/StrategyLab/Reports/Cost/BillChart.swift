import StrategyLab

/// The bills as waterfalls: a panel a strategy, each line beginning where the one above it ends.
struct BillChart {
  private static let rowHeight = 18.0
  private static let barHeight = 11.0
  private static let gap = 34.0
  private static let labelWidth = 96.0
  private static let amountWidth = 66.0

  private let report: CostReport

  /// The chart of a report.
  init(_ report: CostReport) { self.report = report }

  private var title: String {
    report.basis == .release ? "What a release costs" : "What the releases of a year cost"
  }

  private let subtitle =
    "Mean dollars beyond the steady state, line by line; each line begins where the one above it ends. Blue comes on "
    + "an invoice, orange is estimated. Every panel has its own scale."

  /// One row of a waterfall.
  private struct Row {
    var label: String
    var style: String
    var from: Double
    var to: Double
  }

  private func rows(of bill: ReleaseBill) -> [Row] {
    let factor = report.basis.releases
    var end = 0.0
    var rows = bill.lines.map { line in
      let start = end
      end += line.amount.all.mean * factor
      return Row(
        label: CostTable.label(line.cause),
        style: line.cause.isInvoiced ? "s-stable" : "s-candidate", from: start, to: end)
    }
    rows.append(
      Row(label: "total", style: "s-ink", from: 0, to: bill.total.all.mean * factor))
    return rows
  }

  /// The drawing.
  var svg: String {
    let bills = report.plan.bills
    guard !bills.isEmpty else {
      return ChartFrame.empty(title: title, subtitle: subtitle, reason: "There is no bill.")
    }
    var canvas = SVGCanvas()
    let top = ChartFrame.heading(title, subtitle, on: &canvas) + 22
    let columns = min(bills.count, 2)
    let room = ChartFrame.width - 2 * ChartFrame.margin
    let width = (room - Double(columns - 1) * Self.gap) / Double(columns)
    let height = Double((bills.first?.lines.count ?? 0) + 1) * Self.rowHeight
    var bottom = top
    for (number, bill) in bills.enumerated() {
      let (row, column) = number.quotientAndRemainder(dividingBy: columns)
      let panel = ChartRect(
        x: ChartFrame.margin + Double(column) * (width + Self.gap),
        y: top + Double(row) * (height + 46), width: width, height: height)
      draw(bill, in: panel, on: &canvas)
      bottom = max(bottom, panel.bottom)
    }
    return canvas.document(
      width: ChartFrame.width, height: bottom + 24, label: title,
      description: "\(subtitle) \(report.answers.joined(separator: ". ")).")
  }

  private func draw(_ bill: ReleaseBill, in panel: ChartRect, on canvas: inout SVGCanvas) {
    let name = PlainText.oneLine(bill.strategyName)
    canvas.text(
      TextMetrics.truncated(name, to: panel.width, isStrong: true),
      at: ChartPoint(panel.x, panel.y - 6), class: "f-ink strong", tooltip: name)
    let rows = rows(of: bill)
    let ends = rows.flatMap { [$0.from, $0.to] }
    let (low, high) = (ends.min() ?? 0, max(ends.max() ?? 0, (ends.min() ?? 0) + 1e-9))
    let left = panel.x + Self.labelWidth
    let right = panel.right - Self.amountWidth
    func x(_ value: Double) -> Double { left + (value - low) / (high - low) * (right - left) }
    canvas.line(
      from: ChartPoint(x(0), panel.y), to: ChartPoint(x(0), panel.bottom), class: "s-line")
    for (index, row) in rows.enumerated() {
      let y = panel.y + (Double(index) + 0.5) * Self.rowHeight
      let isTotal = index == rows.count - 1
      let style = isTotal ? "f-ink strong small" : "f-soft small"
      canvas.text(row.label, at: ChartPoint(left - 8, y + 4), class: style, anchor: .end)
      canvas.text(
        CostTable.plain(row.to - row.from), at: ChartPoint(panel.right, y + 4),
        class: "\(style) figures", anchor: .end)
      guard row.from != row.to else { continue }
      let start = x(min(row.from, row.to))
      // What is too small to be seen is there all the same.
      let end = max(x(max(row.from, row.to)), start + 1)
      canvas.path(
        "M\(SVGCanvas.number(start)) \(SVGCanvas.number(y))H\(SVGCanvas.number(end))",
        class: row.style, width: Self.barHeight,
        tooltip: "\(name), \(row.label): $\(CostTable.plain(row.to - row.from))")
      guard !isTotal else { continue }
      canvas.line(
        from: ChartPoint(x(row.to), y), to: ChartPoint(x(row.to), y + Self.rowHeight),
        class: "s-hair")
    }
  }
}
