import StrategyLab

/// What happened, marked on a panel: a stem at its time, and its words above where there is room.
struct EventMarkers {
  /// The timeline whose events are marked.
  let timeline: Timeline
  /// Where times stand.
  let times: TimeScale
  /// The panel.
  let plot: ChartRect
  /// How many lanes of words there are above the panel.
  let lanes: Int
  /// The height of a lane in pixels.
  let laneHeight: Double

  private static let longest = 210.0
  private static let most = 60

  /// Words of events that say how a release turned; such events ask for room first.
  private static let turningWords = [
    "roll", "abort", "promot", "detect", "decid", "decision", "defect", "fail", "stall", "switch",
    "complete", "finish",
  ]

  /// Draws stems and words.
  func draw(on canvas: inout SVGCanvas) {
    let moments = KeyMoments(timeline, limit: Self.most).moments
    let stems = moments.map { times.position(seconds: $0.row.time.seconds) }
    let labels = moments.map { moment in
      let text = moment.count > 1 ? "\(moment.row.event) ×\(moment.count)" : moment.row.event
      return TextMetrics.truncated(PlainText.oneLine(text), to: Self.longest, size: 11)
    }
    let order = moments.indices.sorted { left, right in
      let (a, b) = (Self.isTurn(moments[left].row.event), Self.isTurn(moments[right].row.event))
      return a == b ? left < right : a
    }
    let placed = LaneLabels(lanes: lanes, range: (plot.x - 4)...plot.right).place(
      order.map { (stem: stems[$0], width: TextMetrics.width(labels[$0], size: 11)) })
    for (index, moment) in moments.enumerated() {
      let own = placed.first { order[$0.index] == index }
      let top = own.map { plot.y - 6 - Double($0.lane) * laneHeight } ?? (plot.y - 4)
      canvas.line(
        from: ChartPoint(stems[index], top), to: ChartPoint(stems[index], plot.bottom),
        class: own == nil ? "s-hair" : "s-line", dash: own == nil ? "" : "1 2")
      let tooltip =
        "\(NumberText.fixed(moment.row.time.seconds, decimals: 1)) s: \(moment.row.event)"
      canvas.path(
        triangle(at: stems[index]), class: "f-ink", tooltip: tooltip)
      if let own {
        canvas.text(
          labels[index], at: ChartPoint(own.x, top - 2), class: "f-ink small", tooltip: tooltip)
      }
    }
  }

  private func triangle(at x: Double) -> String {
    "M\(SVGCanvas.number(x - 3)) \(SVGCanvas.number(plot.y - 5))h6l-3 5z"
  }

  private static func isTurn(_ event: String) -> Bool {
    let lowered = event.lowercased()
    return turningWords.contains { word in
      lowered.split(whereSeparator: { !$0.isLetter }).contains { $0.hasPrefix(word) }
    }
  }
}
