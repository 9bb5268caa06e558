import StrategyLab

/// What happened, marked on a panel: a stem at its time, and its words above where there is room.
struct EventMarkers {
  private struct Mark {
    let moment: KeyMoments.Moment
    let stem: Double
    let label: String
  }

  private let marks: [Mark]
  private let placed: [Int: LaneLabels.Placed]
  private let laneHeight: Double

  private static let longest = 240.0
  private static let most = 60

  /// Words of events that say how a release turned; such events ask for room first.
  private static let turningWords = [
    "roll", "abort", "promot", "detect", "decid", "decision", "defect", "fail", "stall", "switch",
    "complete", "finish",
  ]

  /// The marks of a timeline; `range` says between which pixels words may stand.
  init(
    timeline: Timeline, times: TimeScale, range: ClosedRange<Double>, lanes: Int,
    laneHeight: Double
  ) {
    let marks = KeyMoments(timeline, limit: Self.most).moments.map { moment in
      let text = moment.count > 1 ? "\(moment.row.event) ×\(moment.count)" : moment.row.event
      return Mark(
        moment: moment, stem: times.position(seconds: moment.row.time.seconds),
        label: TextMetrics.truncated(PlainText.oneLine(text), to: Self.longest, size: 11))
    }
    let order = marks.indices.sorted { left, right in
      let isTurn = (
        Self.isTurn(marks[left].moment.row.event), Self.isTurn(marks[right].moment.row.event)
      )
      return isTurn.0 == isTurn.1 ? left < right : isTurn.0
    }
    let placed = LaneLabels(lanes: lanes, range: range).place(
      order.map { (stem: marks[$0].stem, width: TextMetrics.width(marks[$0].label, size: 11)) })
    self.marks = marks
    self.placed = Dictionary(uniqueKeysWithValues: placed.map { (order[$0.index], $0) })
    self.laneHeight = laneHeight
  }

  /// The space that the words need above the panel, in pixels.
  var height: Double {
    let lanes = placed.values.reduce(0) { max($0, $1.lane + 1) }
    return Double(lanes) * laneHeight
  }

  /// Draws stems and words.
  func draw(above plot: ChartRect, on canvas: inout SVGCanvas) {
    for (index, mark) in marks.enumerated() {
      let own = placed[index]
      let baseline = plot.y - 8 - Double(own?.lane ?? 0) * laneHeight
      let top = own == nil ? plot.y - 4 : baseline - 8
      canvas.line(
        from: ChartPoint(mark.stem, top), to: ChartPoint(mark.stem, plot.bottom), class: "s-line",
        dash: "1 2")
      let time = NumberText.fixed(mark.moment.row.time.seconds, decimals: 1)
      let tooltip = "\(time) s: \(mark.moment.row.event)"
      canvas.path(
        "M\(SVGCanvas.number(mark.stem - 3)) \(SVGCanvas.number(plot.y - 5))h6l-3 5z",
        class: "f-ink", tooltip: tooltip)
      if let own {
        canvas.text(
          mark.label, at: ChartPoint(own.x, baseline), class: "f-ink small", tooltip: tooltip)
      }
    }
  }

  private static func isTurn(_ event: String) -> Bool {
    let lowered = event.lowercased()
    return turningWords.contains { word in
      lowered.split(whereSeparator: { !$0.isLetter }).contains { $0.hasPrefix(word) }
    }
  }
}
