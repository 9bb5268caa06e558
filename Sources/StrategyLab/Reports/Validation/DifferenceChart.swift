import StrategyLab

/// How far the two levels are apart: a lane a metric, a dot a strategy of a scenario.
struct DifferenceChart {
  private static let title = "Flow against request"
  private static let subtitle =
    "Mean of request minus flow in half-widths of its own 99% interval, a dot a strategy of a scenario. "
    + "Dots beyond the dashed lines are as rare as 1 of 100 where the levels agree; full ones differ after "
    + "the correction for all comparisons of the scenario. Dots at the ends lie beyond."
  private static let laneHeight = 18.0
  /// The axis ends here; what lies beyond is drawn at the end.
  private static let reach = 3.0

  /// One comparison.
  private struct Dot {
    let position: Double
    let differs: Bool
    let tooltip: String
  }

  private let lanes: [(name: String, dots: [Dot])]

  /// The chart of some scenarios.
  init(_ scenarios: [LevelComparison]) {
    lanes = LevelComparison.Subject.all.compactMap { subject in
      let dots = scenarios.flatMap { Self.dots(of: subject, in: $0) }
      return dots.isEmpty ? nil : (ValidationSubject(subject).label, dots)
    }
  }

  private static func dots(
    of subject: LevelComparison.Subject, in scenario: LevelComparison
  ) -> [Dot] {
    scenario.rows.compactMap { row in
      guard row.subject == subject, scenario.strategies.indices.contains(row.strategyIndex),
        row.verdict == .agree || row.verdict == .differ, let difference = row.difference
      else { return nil }
      // Without a spread, any difference at all is beyond.
      let position = row.halfWidths ?? (difference == 0 ? 0 : difference < 0 ? -reach : reach)
      let strategy = scenario.strategies[row.strategyIndex]
      return Dot(
        position: min(max(position, -reach), reach), differs: row.verdict == .differ,
        tooltip: "\(scenario.scenarioName), \(strategy): "
          + "\(NumberText.trimmed(position)) half-widths")
    }
  }

  /// The drawing.
  var svg: String {
    guard !lanes.isEmpty else {
      return ChartFrame.empty(
        title: Self.title, subtitle: Self.subtitle, reason: "Nothing can be compared.")
    }
    var canvas = SVGCanvas()
    let top = ChartFrame.heading(Self.title, Self.subtitle, on: &canvas) + 10
    let left = ChartFrame.margin + (lanes.map { TextMetrics.width($0.name) }.max() ?? 0) + 14
    let plot = ChartRect(
      x: left, y: top, width: ChartFrame.width - left - 36,
      height: Double(lanes.count) * Self.laneHeight + 6)
    let scale = AxisScale.linear(
      from: -Self.reach, to: Self.reach, start: plot.x, end: plot.right, tickCount: 6)
    ChartFrame.horizontalAxis(
      scale, name: "request minus flow, half-widths of the 99% interval", plot: plot, on: &canvas,
      hasGrid: true)
    for edge in [-1.0, 1.0] {
      let x = scale.position(edge)
      canvas.line(
        from: ChartPoint(x, plot.y), to: ChartPoint(x, plot.bottom), class: "s-line", dash: "4 3")
    }
    for (index, lane) in lanes.enumerated() {
      let y = plot.y + 3 + (Double(index) + 0.5) * Self.laneHeight
      canvas.text(
        lane.name, at: ChartPoint(plot.x - 12, y + 4), class: "f-ink", anchor: .end)
      // Full dots last, so that none of them is hidden.
      for dot in lane.dots.filter({ !$0.differs }) + lane.dots.filter(\.differs) {
        canvas.circle(
          at: ChartPoint(scale.position(dot.position), y), radius: dot.differs ? 4 : 3,
          class: dot.differs ? "f-bad" : "f-stable pale", tooltip: dot.tooltip)
      }
    }
    let counts = lanes.reduce(0) { $0 + $1.dots.count }
    let differ = lanes.reduce(0) { $0 + $1.dots.count(where: \.differs) }
    return canvas.document(
      width: ChartFrame.width, height: plot.bottom + 50, label: Self.title,
      description: "\(Self.subtitle) \(differ) of \(counts) differ.")
  }
}
