import StrategyLab

/// What a strategy costs against how many users it exposes to a defect: the trade-off of the choice.
struct CostExposureChart {
  private static let title = "Cost against exposure"
  private static let subtitle =
    "Mean total cost of a release, and the users that had met the candidate when a defective release "
    + "was rolled back; whiskers are 95% intervals. Lower left is better."

  /// A strategy's place on the chart.
  private struct Mark {
    let name: String
    let isRecommended: Bool
    let exposure: MetricSummary
    let cost: MetricSummary
  }

  private let marks: [Mark]
  private let absent: [String]

  /// The chart of a comparison.
  init(_ record: ExperimentRecord, _ comparison: Comparison) {
    var marks: [Mark] = []
    var absent: [String] = []
    for standing in Standing.ranked(record, comparison) {
      let exposure = standing.summary.defectiveReleases[Metric.exposedUsersAtDecision.ordinal]
      guard let exposure, let cost = standing.summary[.totalCost] else {
        absent.append(standing.strategy.name)
        continue
      }
      marks.append(
        Mark(
          name: standing.strategy.name, isRecommended: standing.isRecommended,
          exposure: Self.scaled(exposure), cost: cost))
    }
    self.marks = marks
    self.absent = absent
  }

  /// The drawing.
  var svg: String {
    guard !marks.isEmpty else {
      return ChartFrame.empty(
        title: Self.title, subtitle: Self.subtitle,
        reason: "No defective release was rolled back, so no exposure at the decision is known.")
    }
    var canvas = SVGCanvas()
    var notes = Self.subtitle
    if front.count > 1 { notes += " No strategy is below and left of those on the dashed line." }
    if !absent.isEmpty {
      notes += " Never decided on a roll-back: \(absent.joined(separator: ", "))."
    }
    let top = ChartFrame.heading(Self.title, notes, on: &canvas) + 22
    let plot = ChartRect(
      x: 74, y: top, width: ChartFrame.width - 74 - 36, height: 330)
    let (x, y) = scales(plot)
    ChartFrame.verticalAxis(y, plot: plot, on: &canvas)
    ChartFrame.horizontalAxis(
      x, name: "exposed users at the decision, % of active users (defective releases)", plot: plot,
      on: &canvas, hasGrid: true)
    canvas.text(
      "mean total cost, $", at: ChartPoint(ChartFrame.margin, plot.y - 10), class: "f-soft small")
    let points = marks.map {
      ChartPoint(x.position($0.exposure.mean), y.position($0.cost.mean))
    }
    drawFront(points, on: &canvas)
    for (mark, point) in zip(marks, points) { drawMark(mark, point, x: x, y: y, on: &canvas) }
    drawLabels(points, plot: plot, x: x, y: y, on: &canvas)
    return canvas.document(
      width: ChartFrame.width, height: plot.bottom + 50, label: Self.title,
      description: notes + " " + descriptions)
  }

  private var descriptions: String {
    marks.map {
      "\($0.name): \(NumberText.trimmed($0.exposure.mean))% exposed, "
        + "\(NumberText.trimmed($0.cost.mean)) dollars."
    }.joined(separator: " ")
  }

  /// The indices of the marks that no other beats in both respects, from left to right.
  private var front: [Int] {
    marks.indices.filter { own in
      !marks.indices.contains { other in
        let (a, b) = (marks[other], marks[own])
        return a.exposure.mean <= b.exposure.mean && a.cost.mean <= b.cost.mean
          && (a.exposure.mean < b.exposure.mean || a.cost.mean < b.cost.mean)
      }
    }.sorted {
      (marks[$0].exposure.mean, $0) < (marks[$1].exposure.mean, $1)
    }
  }

  private func scales(_ plot: ChartRect) -> (x: AxisScale, y: AxisScale) {
    let exposures = marks.flatMap { [$0.exposure.low, $0.exposure.mean, $0.exposure.high] }
    let costs = marks.flatMap { [$0.cost.low, $0.cost.mean, $0.cost.high] }
    return (
      Self.scale(
        exposures, means: marks.map(\.exposure.mean), start: plot.x, end: plot.right, most: 100),
      Self.scale(
        costs, means: marks.map(\.cost.mean), start: plot.bottom, end: plot.y, most: .infinity)
    )
  }

  /// Logarithmic where the means are above zero and more than a factor of thirty apart, else linear.
  private static func scale(
    _ values: [Double], means: [Double], start: Double, end: Double, most: Double
  ) -> AxisScale {
    let finite = values.filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, min(finite.max() ?? 1, most))
    let (least, largest) = (means.min() ?? 0, means.max() ?? 0)
    if least > 0, largest / least > 30 {
      return .logarithmic(from: max(low, least / 3), to: high, start: start, end: end)
    }
    let begin = low >= 0 && low < 0.4 * high ? 0 : low
    return .linear(from: begin, to: high, start: start, end: end, tickCount: 6)
  }

  private func drawFront(_ points: [ChartPoint], on canvas: inout SVGCanvas) {
    let line = front.map { points[$0] }
    guard line.count > 1 else { return }
    let commands = line.map { "\(SVGCanvas.number($0.x)) \(SVGCanvas.number($0.y))" }
    canvas.path(
      "M" + commands.joined(separator: "L"), class: "s-line", width: 1.5, dash: "5 4",
      tooltip: "no strategy is both cheaper and less exposing than these")
  }

  private func drawMark(
    _ mark: Mark, _ point: ChartPoint, x: AxisScale, y: AxisScale, on canvas: inout SVGCanvas
  ) {
    canvas.line(
      from: ChartPoint(x.position(mark.exposure.low), point.y),
      to: ChartPoint(x.position(mark.exposure.high), point.y), class: "s-soft")
    canvas.line(
      from: ChartPoint(point.x, y.position(mark.cost.low)),
      to: ChartPoint(point.x, y.position(mark.cost.high)), class: "s-soft")
    let tooltip =
      "\(mark.name): \(NumberText.trimmed(mark.cost.mean)) $, "
      + "\(NumberText.trimmed(mark.exposure.mean))% exposed"
    canvas.circle(
      at: point, radius: mark.isRecommended ? 7 : 5,
      class: mark.isRecommended ? "f-good" : "f-stable", tooltip: tooltip)
  }

  private func drawLabels(
    _ points: [ChartPoint], plot: ChartRect, x: AxisScale, y: AxisScale,
    on canvas: inout SVGCanvas
  ) {
    let names = marks.map {
      TextMetrics.truncated(
        PlainText.oneLine($0.name), to: 240, isStrong: $0.isRecommended)
        + ($0.isRecommended ? " (recommended)" : "")
    }
    let placement = LabelPlacement(
      bounds: ChartRect(x: plot.x, y: plot.y - 4, width: plot.width + 30, height: plot.height + 2),
      obstacles: points.map { ChartRect(x: $0.x - 6, y: $0.y - 6, width: 12, height: 12) },
      nuisances: zip(marks, points).flatMap { whiskers($0, $1, x: x, y: y) })
    let places = placement.places(
      for: zip(zip(names, marks), points).map { entry, point in
        LabelPlacement.Request(
          anchor: point,
          width: TextMetrics.width(entry.0, isStrong: entry.1.isRecommended), height: 15)
      })
    for (index, place) in places.enumerated() {
      guard let place else { continue }
      let (point, middle) = (points[index], place.y + place.height / 2)
      let nearest = ChartPoint(min(max(point.x, place.x), place.right), middle)
      if (nearest.x - point.x).magnitude > 14 || (nearest.y - point.y).magnitude > 16 {
        canvas.line(from: point, to: nearest, class: "s-line", width: 0.7)
      }
      canvas.text(
        names[index], at: ChartPoint(place.x, place.y + 11.5),
        class: (marks[index].isRecommended ? "f-good strong" : "f-ink") + " halo",
        tooltip: marks[index].name)
    }
  }

  /// The strips that a mark's whiskers take.
  private func whiskers(_ mark: Mark, _ point: ChartPoint, x: AxisScale, y: AxisScale)
    -> [ChartRect]
  {
    let (left, right) = (x.position(mark.exposure.low), x.position(mark.exposure.high))
    let (top, bottom) = (y.position(mark.cost.high), y.position(mark.cost.low))
    return [
      ChartRect(x: left, y: point.y - 1, width: right - left, height: 2),
      ChartRect(x: point.x - 1, y: top, width: 2, height: bottom - top),
    ]
  }

  private static func scaled(_ summary: MetricSummary) -> MetricSummary {
    var result = summary
    result.mean *= 100
    result.low = max(0, summary.low * 100)
    result.high = min(100, summary.high * 100)
    return result
  }
}
