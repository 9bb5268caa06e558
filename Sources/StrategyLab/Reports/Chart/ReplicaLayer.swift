import StrategyLab

/// One layer of the stacked replicas: a version in a state.
struct ReplicaLayer {
  /// How the layer looks, apart from its version's colour.
  enum Look {
    /// The full colour.
    case solid
    /// Diagonal stripes.
    case striped
    /// A pale tint.
    case pale
  }

  /// What the legend calls it.
  let name: String
  /// The colour: `stable` or `candidate`.
  let color: String
  /// The second cue beside the colour.
  let look: Look
  /// The replicas in it.
  let count: @Sendable (Timeline.Step) -> Int

  /// All layers from the bottom to the top.
  static let all: [ReplicaLayer] = [
    ReplicaLayer(name: "stable ready", color: "stable", look: .solid) { $0.stable.ready },
    ReplicaLayer(name: "terminating", color: "stable", look: .striped) { $0.stable.terminating },
    ReplicaLayer(name: "starting", color: "stable", look: .pale) {
      $0.stable.starting + $0.stable.pending
    },
    ReplicaLayer(name: "candidate starting", color: "candidate", look: .pale) {
      $0.candidate.starting + $0.candidate.pending
    },
    ReplicaLayer(name: "ready", color: "candidate", look: .solid) { $0.candidate.ready },
    ReplicaLayer(name: "terminating", color: "candidate", look: .striped) {
      $0.candidate.terminating
    },
  ]

  /// The name of the stripes' pattern, unique among charts that stand on one page.
  func pattern(_ prefix: String) -> String { "\(prefix)-\(color)-stripes" }

  /// Defines the stripes of both versions.
  static func definePatterns(_ prefix: String, on canvas: inout SVGCanvas) {
    for color in ["stable", "candidate"] {
      canvas.define(
        "<pattern id=\"\(prefix)-\(color)-stripes\" width=\"6\" height=\"6\" "
          + "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
          + "<rect class=\"f-\(color)\" width=\"6\" height=\"6\" opacity=\".2\"/>"
          + "<rect class=\"f-\(color)\" width=\"2.4\" height=\"6\"/></pattern>")
    }
  }

  /// Fills an outline the way the layer looks.
  func fill(_ outline: String, prefix: String, tooltip: String, on canvas: inout SVGCanvas) {
    switch look {
    case .solid: canvas.path(outline, class: "f-\(color)", tooltip: tooltip)
    case .pale: canvas.path(outline, class: "f-\(color) pale", tooltip: tooltip)
    case .striped:
      canvas.path(outline, class: "", fill: pattern(prefix), tooltip: tooltip)
    }
  }

  /// Writes the legend on one line.
  static func legend(prefix: String, from start: ChartPoint, on canvas: inout SVGCanvas) {
    var x = start.x
    for (index, layer) in all.enumerated() {
      if index == all.count / 2 { x += 14 }
      let top = start.y - 10
      layer.fill(
        "M\(SVGCanvas.number(x)) \(SVGCanvas.number(top))h16v11h-16z", prefix: prefix,
        tooltip: "", on: &canvas)
      canvas.text(layer.name, at: ChartPoint(x + 22, start.y), class: "f-ink")
      x += 22 + TextMetrics.width(layer.name) + 16
    }
    canvas.line(
      from: ChartPoint(x + 14, start.y - 4), to: ChartPoint(x + 34, start.y - 4), class: "s-ink",
      width: 1.5, dash: "5 3")
    canvas.text("desired", at: ChartPoint(x + 40, start.y), class: "f-ink")
  }
}
