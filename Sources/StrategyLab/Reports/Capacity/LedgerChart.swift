import LabUnits
import StrategyLab

/// What a typical release asks for over time, against what there is: a row a strategy, a column a scarce thing.
struct LedgerChart {
  private static let title = "What a typical release asks for"
  private static let subtitle =
    "Demand over time of one good release at its typical pace, replicas that wait for a place included. "
    + "Dashed: what there is. Panels of a column share their scale, all panels share their time."
  private static let labels = 40.0
  private static let gap = 14.0
  private static let plotHeight = 56.0
  private static let mostColumns = 6

  private let plan: CapacityPlan
  /// The entries that have a column.
  private let columns: [Int]

  /// The chart of a plan.
  init(_ plan: CapacityPlan) {
    self.plan = plan
    // What all replicas take in proportion looks like the replicas themselves.
    let own = plan.entries.indices.filter { index in
      let entry = plan.entries[index]
      return index == 0 || entry.limit != nil || entry.unit == .count
    }
    let limited = own.filter { plan.entries[$0].limit != nil }
    let rest = own.filter { plan.entries[$0].limit == nil }
    columns = (limited + rest).prefix(Self.mostColumns).sorted()
  }

  /// The drawing.
  var svg: String {
    let rows = plan.strategies.filter { !$0.course.isEmpty }
    guard !rows.isEmpty, !columns.isEmpty else {
      return ChartFrame.empty(
        title: Self.title, subtitle: Self.subtitle, reason: "There is nothing to show.")
    }
    var canvas = SVGCanvas()
    let top = ChartFrame.heading(Self.title, Self.subtitle, on: &canvas) + 16
    let room = ChartFrame.width - 2 * ChartFrame.margin
    let pitch = (room + Self.gap) / Double(columns.count)
    let width = pitch - Self.gap - Self.labels
    var bottom = top
    for (place, index) in columns.enumerated() {
      let x = ChartFrame.margin + Double(place) * pitch + Self.labels
      canvas.text(
        TextMetrics.truncated(LedgerAmount(entry: plan.entries[index]).heading, to: width + 30),
        at: ChartPoint(x, top + 8), class: "f-soft")
    }
    for (number, strategy) in rows.enumerated() {
      let y = top + 36 + Double(number) * (Self.plotHeight + 40)
      canvas.text(
        TextMetrics.truncated(PlainText.oneLine(strategy.name), to: room, isStrong: true),
        at: ChartPoint(ChartFrame.margin, y - 6), class: "f-ink strong", tooltip: strategy.name)
      for (place, index) in columns.enumerated() {
        let plot = ChartRect(
          x: ChartFrame.margin + Double(place) * pitch + Self.labels, y: y + 4, width: width,
          height: Self.plotHeight)
        draw(index, of: strategy, in: plot, isLowest: number == rows.count - 1, on: &canvas)
        bottom = plot.bottom
      }
    }
    return canvas.document(
      width: ChartFrame.width, height: bottom + 50, label: Self.title,
      description: "\(Self.subtitle) \(CapacityReport(plan).answers.joined(separator: ". ")).")
  }

  /// The time until no release changes any more, within the horizon.
  private var shownSeconds: Double {
    let last = plan.strategies.compactMap { $0.course.last?.time.seconds }.max() ?? 0
    return min(max(last * 1.08, 10), max(plan.horizon.seconds, 10))
  }

  private func draw(
    _ index: Int, of strategy: CapacityPlan.StrategyNeeds, in plot: ChartRect, isLowest: Bool,
    on canvas: inout SVGCanvas
  ) {
    let entry = plan.entries[index]
    let amount = LedgerAmount(entry: entry)
    let most =
      plan.strategies.flatMap { $0.course.map { $0.demands[index] } }.max() ?? 0
    let high = max(most, entry.limit.map { min($0, 3 * most) } ?? 0, 1e-9) * 1.05
    func y(_ value: Double) -> Double { plot.bottom - min(value / high, 1) * plot.height }
    let times = TimeScale(
      seconds: shownSeconds, start: plot.x, end: plot.right,
      tickCount: max(2, Int(plot.width / 50)))
    let peak = strategy.course.map { $0.demands[index] }.max() ?? 0
    for value in [0, peak] {
      canvas.line(
        from: ChartPoint(plot.x, y(value)), to: ChartPoint(plot.right, y(value)), class: "s-hair")
    }
    let isShort = entry.limit.map { peak > $0 * (1 + 1e-12) } ?? false
    canvas.text(
      amount.text(peak), at: ChartPoint(plot.x - 6, y(peak) + 4),
      class: "\(isShort ? "f-bad" : "f-ink") small figures", anchor: .end)
    ChartFrame.horizontalAxis(
      times.axis, name: isLowest ? "time, \(times.unit)" : "", plot: plot, on: &canvas,
      showsLabels: isLowest)
    canvas.path(
      line(of: index, strategy, times: times, end: plot.right, y),
      class: isShort ? "s-bad" : "s-stable",
      width: 2, tooltip: "\(strategy.name): \(entry.name), at most \(amount.text(peak))")
    if let limit = entry.limit, limit <= high {
      canvas.line(
        from: ChartPoint(plot.x, y(limit)), to: ChartPoint(plot.right, y(limit)), class: "s-ink",
        dash: "4 3")
    }
  }

  private func line(
    of index: Int, _ strategy: CapacityPlan.StrategyNeeds, times: TimeScale, end: Double,
    _ y: (Double) -> Double
  ) -> String {
    var text = ""
    var height = ""
    for point in strategy.course where point.time.seconds <= shownSeconds {
      let here = SVGCanvas.number(y(point.demands[index]))
      let x = SVGCanvas.number(times.position(seconds: point.time.seconds))
      if text.isEmpty {
        text = "M\(x) \(here)"
      } else if here != height {
        text += "H\(x)V\(here)"
      }
      height = here
    }
    return text + "H\(SVGCanvas.number(end))"
  }
}
