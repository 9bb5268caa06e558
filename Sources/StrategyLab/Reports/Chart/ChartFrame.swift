/// What every chart has around its marks: title, subtitle, axes, grid.
struct ChartFrame {
  /// The chart's width in pixels.
  static let width = 860.0
  /// The space to the left of titles.
  static let margin = 20.0

  /// Writes title and subtitle, and answers where the next thing may begin.
  static func heading(
    _ title: String, _ subtitle: String, on canvas: inout SVGCanvas, width: Double = Self.width
  ) -> Double {
    let room = width - 2 * margin
    canvas.text(
      TextMetrics.truncated(title, to: room, size: 16, isStrong: true), at: ChartPoint(margin, 32),
      class: "f-ink title")
    var y = 52.0
    for line in lines(subtitle, room: room) {
      canvas.text(line, at: ChartPoint(margin, y), class: "f-soft")
      y += 17
    }
    return y
  }

  /// Draws a horizontal hairline and a number for each tick of a vertical axis.
  static func verticalAxis(
    _ scale: AxisScale, plot: ChartRect, on canvas: inout SVGCanvas, showsLabels: Bool = true
  ) {
    for tick in scale.ticks {
      let y = scale.position(tick.value)
      canvas.line(
        from: ChartPoint(plot.x, y), to: ChartPoint(plot.right, y), class: "s-hair")
      if showsLabels {
        canvas.text(
          tick.label, at: ChartPoint(plot.x - 7, y + 4), class: "f-soft small figures",
          anchor: .end)
      }
    }
  }

  /// Draws a tick and a number for each tick of a horizontal axis, and what it measures.
  static func horizontalAxis(
    _ scale: AxisScale, name: String, plot: ChartRect, on canvas: inout SVGCanvas,
    hasGrid: Bool = false, showsLabels: Bool = true
  ) {
    canvas.line(
      from: ChartPoint(plot.x, plot.bottom), to: ChartPoint(plot.right, plot.bottom),
      class: "s-line")
    for tick in scale.ticks {
      let x = scale.position(tick.value)
      if hasGrid {
        canvas.line(from: ChartPoint(x, plot.y), to: ChartPoint(x, plot.bottom), class: "s-hair")
      }
      canvas.line(
        from: ChartPoint(x, plot.bottom), to: ChartPoint(x, plot.bottom + 4), class: "s-line")
      if showsLabels {
        canvas.text(
          tick.label, at: ChartPoint(x, plot.bottom + 17), class: "f-soft small figures",
          anchor: .middle)
      }
    }
    if !name.isEmpty {
      canvas.text(
        name, at: ChartPoint(plot.right, plot.bottom + 33), class: "f-soft small", anchor: .end)
    }
  }

  /// A chart that has nothing to show, and says why.
  static func empty(title: String, subtitle: String, reason: String) -> String {
    var canvas = SVGCanvas()
    let y = heading(title, subtitle, on: &canvas)
    canvas.text(reason, at: ChartPoint(margin, y + 20), class: "f-ink")
    return canvas.document(
      width: width, height: y + 44, label: title, description: "\(subtitle) \(reason)")
  }

  private static func lines(_ text: String, room: Double) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if TextMetrics.width(longer) > room, !line.isEmpty {
        lines.append(line)
        line = String(word)
      } else {
        line = longer
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines.map { TextMetrics.truncated($0, to: room) }
  }
}
