import StrategyLab

/// How long a defect hurts before all traffic is back: the spread over replications, a strip a strategy.
struct RollbackChart {
  /// The record that the runs come from.
  let record: ExperimentRecord
  /// The strategies from the top to the bottom where their medians are equal.
  let order: [Int]

  private static let title = "Time to detect and undo a defect"
  private static let subtitle =
    "Seconds from the first request that the defect could hurt until the candidate has no traffic, in "
    + "defective releases that were rolled back. Thin: 5% to 95% of them; thick: the middle half; "
    + "tick: median; dots: single releases, where they are few."
  private static let rowHeight = 40.0
  private static let medianRight = ChartFrame.width - ChartFrame.margin - 90
  /// Up to so many runs every one is drawn as a dot.
  private static let fewRuns = 60
  /// From so many runs on their quantiles are drawn; fewer have none worth the name.
  private static let enoughForStrip = 5

  /// The times of one strategy, in ascending order.
  private struct Row {
    let name: String
    let seconds: [Double]
    let defective: Int

    /// The value that the given share of the runs does not exceed.
    func quantile(_ percent: Int) -> Double {
      let rank = (seconds.count * percent + 99) / 100
      return seconds[min(max(rank - 1, 0), seconds.count - 1)]
    }
  }

  /// The drawing.
  var svg: String {
    let rows = self.rows
    guard rows.contains(where: { !$0.seconds.isEmpty }) else {
      return ChartFrame.empty(
        title: Self.title, subtitle: Self.subtitle, reason: "No roll-back occurred.")
    }
    var canvas = SVGCanvas()
    let top = ChartFrame.heading(Self.title, Self.subtitle, on: &canvas) + 10
    let names = rows.map { TextMetrics.truncated(PlainText.oneLine($0.name), to: 180) }
    let left = ChartFrame.margin + (names.map { TextMetrics.width($0) }.max() ?? 0) + 14
    let plot = ChartRect(
      x: left, y: top, width: ChartFrame.width - left - 190,
      height: Double(rows.count) * Self.rowHeight + 6)
    let scale = Self.scale(rows, plot: plot)
    ChartFrame.horizontalAxis(
      scale, name: "detection and roll-back, s" + (scale.isLogarithmic ? ", logarithmic" : ""),
      plot: plot, on: &canvas, hasGrid: true)
    canvas.text(
      "median, s", at: ChartPoint(Self.medianRight, plot.y - 2), class: "f-soft small",
      anchor: .end)
    canvas.text(
      "rolled back", at: ChartPoint(ChartFrame.width - ChartFrame.margin, plot.y - 2),
      class: "f-soft small", anchor: .end)
    for (index, row) in rows.enumerated() {
      let y = plot.y + 3 + (Double(index) + 0.5) * Self.rowHeight
      canvas.text(
        names[index], at: ChartPoint(plot.x - 12, y + 4), class: "f-ink", anchor: .end,
        tooltip: row.name)
      draw(row, y: y, scale: scale, on: &canvas)
    }
    return canvas.document(
      width: ChartFrame.width, height: plot.bottom + 50, label: Self.title,
      description: Self.subtitle + " " + rows.map(Self.summary).joined(separator: " "))
  }

  private var rows: [Row] {
    var seconds = record.header.strategies.map { _ in [Double]() }
    var defective = record.header.strategies.map { _ in 0 }
    for run in record.runs where seconds.indices.contains(run.strategyIndex) && run.defect != nil {
      defective[run.strategyIndex] += 1
      guard let detection = run.metrics[.detection], let rollback = run.metrics[.rollback],
        (detection + rollback).isFinite
      else { continue }
      seconds[run.strategyIndex].append(max(0, detection + rollback))
    }
    let rows = order.map {
      Row(
        name: record.header.strategies[$0].name, seconds: seconds[$0].sorted(),
        defective: defective[$0])
    }
    return rows.enumerated().sorted { left, right in
      switch (left.element.seconds.isEmpty, right.element.seconds.isEmpty) {
      case (false, true): return true
      case (true, false): return false
      case (true, true): return left.offset < right.offset
      case (false, false):
        let medians = (left.element.quantile(50), right.element.quantile(50))
        return medians.0 == medians.1 ? left.offset < right.offset : medians.0 < medians.1
      }
    }.map(\.element)
  }

  private static func scale(_ rows: [Row], plot: ChartRect) -> AxisScale {
    let all = rows.flatMap(\.seconds)
    let (low, high) = (all.min() ?? 0, all.max() ?? 1)
    let positive = all.filter { $0 > 0 }.min() ?? 0
    // Times of nothing stand at the left end of a logarithmic axis, which begins at a second then.
    let floor = low > 0 ? low : min(1, positive)
    if floor > 0, high / floor > 20 {
      return .logarithmic(from: floor, to: high, start: plot.x, end: plot.right)
    }
    return .linear(from: 0, to: high, start: plot.x, end: plot.right, tickCount: 7)
  }

  private func draw(_ row: Row, y: Double, scale: AxisScale, on canvas: inout SVGCanvas) {
    let counts = "\(row.seconds.count) of \(row.defective)"
    let right = ChartFrame.width - ChartFrame.margin
    guard !row.seconds.isEmpty else {
      canvas.text(
        row.defective == 0 ? "no defective release" : "no roll-back in \(row.defective)",
        at: ChartPoint(right, y + 4), class: "f-soft", anchor: .end)
      return
    }
    func x(_ percent: Int) -> Double { scale.position(row.quantile(percent)) }
    let tooltip = Self.summary(row)
    let hasStrip = row.seconds.count >= Self.enoughForStrip
    if hasStrip {
      canvas.line(from: ChartPoint(x(5), y), to: ChartPoint(x(95), y), class: "s-stable", width: 2)
      canvas.rect(
        ChartRect(x: x(25), y: y - 6, width: max(x(75) - x(25), 1.5), height: 12),
        class: "f-stable", rounding: 2)
    }
    if row.seconds.count <= Self.fewRuns {
      for value in row.seconds {
        canvas.circle(
          at: ChartPoint(scale.position(value), hasStrip ? y + 12 : y), radius: hasStrip ? 2 : 4,
          class: "f-stable pale")
      }
    }
    canvas.path(
      "M\(SVGCanvas.number(x(50))) \(SVGCanvas.number(y - 9))v18", class: "s-ink", width: 3,
      tooltip: tooltip)
    let median = NumberText.fixed(row.quantile(50), decimals: row.quantile(50) < 10 ? 1 : 0)
    canvas.text(
      median, at: ChartPoint(Self.medianRight, y + 4), class: "f-ink figures", anchor: .end)
    canvas.text(counts, at: ChartPoint(right, y + 4), class: "f-ink figures", anchor: .end)
  }

  private static func summary(_ row: Row) -> String {
    guard !row.seconds.isEmpty else {
      return "\(row.name): no roll-back in \(row.defective) defective releases."
    }
    let quantiles = [5, 25, 50, 75, 95].map {
      NumberText.trimmed(row.quantile($0), decimals: 1)
    }
    return "\(row.name): 5% \(quantiles[0]) s, 25% \(quantiles[1]) s, median \(quantiles[2]) s, "
      + "75% \(quantiles[3]) s, 95% \(quantiles[4]) s; \(row.seconds.count) of \(row.defective) "
      + "defective releases rolled back."
  }
}
