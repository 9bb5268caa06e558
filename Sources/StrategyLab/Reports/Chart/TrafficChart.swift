import StrategyLab

/// The candidate's share of traffic over time: one small panel a strategy, all on the same time axis.
struct TrafficChart {
  /// The record that the timelines come from.
  let record: ExperimentRecord
  /// The strategies in the order of the panels.
  let order: [Int]

  private static let left = 52.0
  private static let gap = 26.0
  private static let plotHeight = 104.0
  private static let title = "Traffic on the candidate"

  /// The drawing.
  var svg: String {
    let shown = order.filter { index in
      record.timelines.contains { $0.strategyIndex == index && !$0.rows.isEmpty }
    }
    let subtitle =
      "Share of requests that the candidate answers, in one good and one defective release "
      + "of each strategy; all panels share their axes."
    guard !shown.isEmpty else {
      return ChartFrame.empty(
        title: Self.title, subtitle: subtitle,
        reason: "No replication was written down moment by moment.")
    }
    var canvas = SVGCanvas()
    let start = ChartFrame.heading(Self.title, subtitle, on: &canvas) + 14
    legend(y: start, on: &canvas)
    let columns = shown.count == 1 ? 1 : (shown.count <= 4 ? 2 : 3)
    let room = ChartFrame.width - Self.left - ChartFrame.margin
    let plotWidth = (room - Double(columns - 1) * Self.gap) / Double(columns)
    let seconds = shownSeconds
    var bottom = start
    for (place, index) in shown.enumerated() {
      let (row, column) = place.quotientAndRemainder(dividingBy: columns)
      let plot = ChartRect(
        x: Self.left + Double(column) * (plotWidth + Self.gap),
        y: start + 46 + Double(row) * (Self.plotHeight + 58), width: plotWidth,
        height: Self.plotHeight)
      let isLowest = place + columns >= shown.count
      draw(index, in: plot, seconds: seconds, isFirst: column == 0, isLowest: isLowest, on: &canvas)
      bottom = max(bottom, plot.bottom)
    }
    return canvas.document(
      width: ChartFrame.width, height: bottom + 50, label: Self.title, description: subtitle)
  }

  /// The time until nothing happens any more in any timeline, within the horizon.
  private var shownSeconds: Double {
    let last = record.timelines.map(\.lastChange.seconds).max() ?? 0
    let horizon = Double(record.header.horizonNanoseconds) / 1e9
    return min(max(last * 1.05, 10), max(horizon, last))
  }

  private func legend(y: Double, on canvas: inout SVGCanvas) {
    var x = ChartFrame.margin
    for (name, style, dash, isDefective) in [
      ("good release", "s-good", "", false), ("defective release", "s-bad", "6 3", true),
    ] where record.timelines.contains(where: { ($0.defect != nil) == isDefective }) {
      canvas.line(
        from: ChartPoint(x, y - 4), to: ChartPoint(x + 24, y - 4), class: style, width: 2.5,
        dash: dash)
      canvas.text(name, at: ChartPoint(x + 31, y), class: "f-ink")
      x += 31 + TextMetrics.width(name) + 24
    }
  }

  private func draw(
    _ strategyIndex: Int, in plot: ChartRect, seconds: Double, isFirst: Bool, isLowest: Bool,
    on canvas: inout SVGCanvas
  ) {
    let name = record.header.strategies[strategyIndex].name
    canvas.text(
      TextMetrics.truncated(PlainText.oneLine(name), to: plot.width, isStrong: true),
      at: ChartPoint(plot.x, plot.y - 12), class: "f-ink strong", tooltip: name)
    let times = TimeScale(
      seconds: seconds, start: plot.x, end: plot.right, tickCount: Int(plot.width / 50))
    let shares = AxisScale(
      low: 0, high: 1, start: plot.bottom, end: plot.y, isLogarithmic: false,
      ticks: [0, 0.5, 1].map {
        AxisScale.Tick(value: $0, label: NumberText.trimmed(100 * $0) + "%")
      })
    ChartFrame.verticalAxis(shares, plot: plot, on: &canvas, showsLabels: isFirst)
    ChartFrame.horizontalAxis(
      times.axis, name: isLowest ? "time since the release began, \(times.unit)" : "",
      plot: plot, on: &canvas)
    let own = record.timelines.filter { $0.strategyIndex == strategyIndex }
    for (timeline, style, dash, label) in [
      (own.first { $0.defect == nil }, "s-good", "", "good release"),
      (own.first { $0.defect != nil }, "s-bad", "6 3", "defective release"),
    ] {
      guard let timeline, !timeline.rows.isEmpty else { continue }
      canvas.path(
        line(timeline, times: times, shares: shares, end: plot.right), class: style, width: 2,
        dash: dash, tooltip: "\(name): \(label), replication \(timeline.replication)")
    }
  }

  private func line(_ timeline: Timeline, times: TimeScale, shares: AxisScale, end: Double)
    -> String
  {
    var text = ""
    var height = ""
    for step in timeline.steps {
      let x = SVGCanvas.number(times.position(seconds: step.time.seconds))
      let y = SVGCanvas.number(shares.position(step.candidateWeight))
      if text.isEmpty {
        text = "M\(x) \(y)"
      } else if y != height {
        text += "H\(x)V\(y)"
      }
      height = y
    }
    return text + "H\(SVGCanvas.number(end))"
  }
}
