import LabStrategies
import StrategyLab

/// The replicas of one strategy over time, by version and state: a good release above a defective one.
struct ReplicaChart {
  /// The record that the timelines come from.
  let record: ExperimentRecord
  /// Which strategy is drawn.
  let strategyIndex: Int
  /// A word that makes the drawing's inner names unique on a page: the strategy's file name.
  let slug: String

  private static let left = 70.0
  private static let plotHeight = 190.0
  private static let laneHeight = 16.0
  private static let lanes = 4

  /// The drawing.
  var svg: String {
    let strategy = record.header.strategies[strategyIndex]
    let title = "Replicas during the release: \(strategy.name)"
    let timelines = drawnTimelines
    guard !timelines.isEmpty else {
      return ChartFrame.empty(
        title: title, subtitle: "By version and state.",
        reason: "No replication of this strategy was written down moment by moment.")
    }
    var canvas = SVGCanvas()
    ReplicaLayer.definePatterns(slug, on: &canvas)
    let peak = timelines.flatMap(\.rows).map { $0.stable.notGone + $0.candidate.notGone }.max() ?? 0
    let desired = record.header.desiredReplicas
    let subtitle =
      "Replicas that are not gone, by version and state; at most "
      + "\(NumberText.trimmed(Double(peak))) at once, "
      + "\(NumberText.trimmed(Double(desired))) desired. Starting includes waiting for room and crash back-off."
    var y = ChartFrame.heading(title, subtitle, on: &canvas) + 14
    ReplicaLayer.legend(prefix: slug, from: ChartPoint(ChartFrame.margin, y), on: &canvas)
    y += 24
    for timeline in timelines {
      y = draw(timeline, top: y, most: max(peak, desired), on: &canvas)
    }
    return canvas.document(
      width: ChartFrame.width, height: y, label: title,
      description: subtitle + " Good and defective releases stand in panels of their own.")
  }

  /// One good and one defective release, as far as there are any.
  private var drawnTimelines: [Timeline] {
    let own = record.timelines.filter { $0.strategyIndex == strategyIndex && !$0.rows.isEmpty }
    return [own.first { $0.defect == nil }, own.first { $0.defect != nil }].compactMap { $0 }
  }

  private func draw(_ timeline: Timeline, top: Double, most: Int, on canvas: inout SVGCanvas)
    -> Double
  {
    var plot = ChartRect(
      x: Self.left, y: top + 32, width: ChartFrame.width - Self.left - 30, height: Self.plotHeight)
    let times = TimeScale(
      seconds: shownSeconds(timeline), start: plot.x, end: plot.right, tickCount: 10)
    let markers = EventMarkers(
      timeline: timeline, times: times, range: (plot.x - 4)...plot.right, lanes: Self.lanes,
      laneHeight: Self.laneHeight)
    plot.y += markers.height
    canvas.text(
      TextMetrics.truncated(heading(timeline), to: plot.right - ChartFrame.margin, isStrong: true),
      at: ChartPoint(ChartFrame.margin, top + 14), class: "f-ink strong")
    let values = AxisScale.linear(
      from: 0, to: Double(max(most, 1)) * 1.06, start: plot.bottom, end: plot.y, tickCount: 4,
      isWhole: true, fitsExactly: true)
    ChartFrame.verticalAxis(values, plot: plot, on: &canvas)
    canvas.text(
      "replicas", at: ChartPoint(ChartFrame.margin + 2, plot.y + plot.height / 2),
      class: "f-soft small", anchor: .middle, rotation: -90)
    let steps = ThinnedSteps(timeline.steps, times: times)
    for (index, layer) in ReplicaLayer.all.enumerated() {
      let outline = steps.outline(of: index, values: values, end: plot.right)
      if !outline.isEmpty {
        layer.fill(
          outline, prefix: slug, tooltip: "\(layer.color): \(layer.shortName)", on: &canvas)
      }
    }
    let desired = values.position(Double(record.header.desiredReplicas))
    canvas.line(
      from: ChartPoint(plot.x, desired), to: ChartPoint(plot.right, desired), class: "s-ink",
      width: 1.5, dash: "5 3")
    markers.draw(above: plot, on: &canvas)
    ChartFrame.horizontalAxis(
      times.axis, name: "time since the release began, \(times.unit)", plot: plot, on: &canvas)
    return plot.bottom + 56
  }

  private func heading(_ timeline: Timeline) -> String {
    let run = record.runs.first {
      $0.strategyIndex == strategyIndex && $0.replication == timeline.replication
    }
    let outcome =
      switch run?.outcome {
      case .promoted: ", promoted"
      case .rolledBack: ", rolled back"
      case .stalled: ", stalled"
      case nil: ""
      }
    let start = timeline.defect.map { "Defective release (\($0))" } ?? "Good release"
    return "\(start)\(outcome): replication \(timeline.replication)"
  }

  /// The time until nothing happens any more and a little beyond, within the horizon.
  private func shownSeconds(_ timeline: Timeline) -> Double {
    let horizon = Double(record.header.horizonNanoseconds) / 1e9
    let last = timeline.lastChange.seconds
    return min(max(last * 1.06, 10), max(horizon, last))
  }
}

extension ReplicaLayer {
  /// The state without the version.
  fileprivate var shortName: String {
    switch look {
    case .solid: "ready"
    case .striped: "terminating"
    case .pale: "starting or waiting"
    }
  }
}

/// The steps of a timeline, at most one a third of a pixel, so that large fleets make no large files.
private struct ThinnedSteps {
  /// For each step the pixel at which it begins, and the heights of the layers' upper edges.
  private var steps: [(x: Double, edges: [Int])] = []

  init(_ all: [Timeline.Step], times: TimeScale) {
    for step in all {
      let x = (times.position(seconds: step.time.seconds) * 3).rounded() / 3
      var edges: [Int] = []
      var sum = 0
      for layer in ReplicaLayer.all {
        sum += max(0, layer.count(step))
        edges.append(sum)
      }
      if let last = steps.last, last.x == x { steps.removeLast() }
      steps.append((x, edges))
    }
  }

  /// The outline of one layer, empty where the layer never holds a replica.
  func outline(of layer: Int, values: AxisScale, end: Double) -> String {
    func lower(_ edges: [Int]) -> Int { layer == 0 ? 0 : edges[layer - 1] }
    var result = ""
    var index = 0
    while index < steps.count {
      guard steps[index].edges[layer] > lower(steps[index].edges) else {
        index += 1
        continue
      }
      var last = index
      while last + 1 < steps.count, steps[last + 1].edges[layer] > lower(steps[last + 1].edges) {
        last += 1
      }
      let close = last + 1 < steps.count ? steps[last + 1].x : end
      result += area(Array(steps[index...last]), to: close, values: values, layer: layer, lower)
      index = last + 1
    }
    return result
  }

  private func area(
    _ run: [(x: Double, edges: [Int])], to close: Double, values: AxisScale, layer: Int,
    _ lower: ([Int]) -> Int
  ) -> String {
    func y(_ count: Int) -> String { SVGCanvas.number(values.position(Double(count))) }
    let ends = run.dropFirst().map(\.x) + [close]
    var text = "M\(SVGCanvas.number(run[0].x)) \(y(lower(run[0].edges)))"
    var height = ""
    for (step, end) in zip(run, ends) {
      let next = y(step.edges[layer])
      if next != height { text += "V\(next)" }
      height = next
      text += "H\(SVGCanvas.number(end))"
    }
    height = ""
    for (step, _) in zip(run, ends).reversed() {
      let next = y(lower(step.edges))
      if next != height { text += "V\(next)" }
      height = next
      text += "H\(SVGCanvas.number(step.x))"
    }
    return text + "z"
  }
}
