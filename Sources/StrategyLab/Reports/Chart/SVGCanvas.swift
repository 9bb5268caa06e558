/// An SVG drawing that grows element by element, in a fixed order and with fixed number formats.
struct SVGCanvas {
  /// Where a text stands relative to its point.
  enum Anchor: String {
    /// The text begins at the point.
    case start
    /// The point is the text's middle.
    case middle
    /// The text ends at the point.
    case end
  }

  private var body = ""
  private var definitions = ""

  /// An empty drawing.
  init() {}

  /// Adds a definition, such as a pattern.
  mutating func define(_ element: String) { definitions += element + "\n" }

  /// Adds a rectangle.
  mutating func rect(_ rect: ChartRect, class style: String, rounding: Double = 0) {
    let corner = rounding > 0 ? " rx=\"\(Self.number(rounding))\"" : ""
    body += "<rect class=\"\(style)\" x=\"\(Self.number(rect.x))\" y=\"\(Self.number(rect.y))\" "
    body +=
      "width=\"\(Self.number(rect.width))\" height=\"\(Self.number(rect.height))\"\(corner)/>\n"
  }

  /// Adds a straight line; `dash` is a pattern such as `4 3`.
  mutating func line(
    from start: ChartPoint, to end: ChartPoint, class style: String, width: Double = 1,
    dash: String = ""
  ) {
    body +=
      "<line class=\"\(style)\" x1=\"\(Self.number(start.x))\" y1=\"\(Self.number(start.y))\" "
    body += "x2=\"\(Self.number(end.x))\" y2=\"\(Self.number(end.y))\" "
    body += "stroke-width=\"\(Self.number(width))\"\(Self.dashes(dash))/>\n"
  }

  /// Adds a path from its commands, with a tooltip unless that is empty; `fill` names a pattern.
  mutating func path(
    _ commands: String, class style: String, width: Double = 0, dash: String = "",
    fill: String = "",
    tooltip: String = ""
  ) {
    body += "<path class=\"\(style)\""
    if width > 0 { body += " stroke-width=\"\(Self.number(width))\" stroke-linejoin=\"round\"" }
    if !fill.isEmpty { body += " fill=\"url(#\(fill))\"" }
    body += "\(Self.dashes(dash)) d=\"\(commands)\""
    body += tooltip.isEmpty ? "/>\n" : "><title>\(XMLText.escaped(tooltip))</title></path>\n"
  }

  /// Adds a circle, with a tooltip unless that is empty.
  mutating func circle(
    at center: ChartPoint, radius: Double, class style: String, width: Double = 0,
    tooltip: String = ""
  ) {
    body += "<circle class=\"\(style)\" cx=\"\(Self.number(center.x))\" "
    body += "cy=\"\(Self.number(center.y))\" r=\"\(Self.number(radius))\""
    if width > 0 { body += " stroke-width=\"\(Self.number(width))\"" }
    body += tooltip.isEmpty ? "/>\n" : "><title>\(XMLText.escaped(tooltip))</title></circle>\n"
  }

  /// Adds a text on its baseline, with a tooltip unless that is empty.
  mutating func text(
    _ text: String, at point: ChartPoint, class style: String, anchor: Anchor = .start,
    rotation: Int = 0, tooltip: String = ""
  ) {
    guard !text.isEmpty else { return }
    let position = "x=\"\(Self.number(point.x))\" y=\"\(Self.number(point.y))\""
    body += "<text class=\"\(style)\" \(position)"
    if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
    if rotation != 0 {
      body += " transform=\"rotate(\(rotation) \(Self.number(point.x)) \(Self.number(point.y)))\""
    }
    let title = tooltip.isEmpty ? "" : "<title>\(XMLText.escaped(tooltip))</title>"
    body += ">\(title)\(XMLText.escaped(text))</text>\n"
  }

  /// The whole document.
  func document(width: Double, height: Double, label: String, description: String) -> String {
    let (w, h) = (Self.number(width), Self.number(height))
    var text = "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"\(ChartTheme.rootClass)\" "
    text += "width=\"\(w)\" height=\"\(h)\" viewBox=\"0 0 \(w) \(h)\" role=\"img\" "
    text += "aria-label=\"\(XMLText.escaped(label))\">\n"
    text += "<desc>\(XMLText.escaped(description))</desc>\n"
    text += "<style>\(ChartTheme.styleSheet)</style>\n"
    if !definitions.isEmpty { text += "<defs>\n\(definitions)</defs>\n" }
    text += "<rect class=\"f-paper\" width=\"\(w)\" height=\"\(h)\"/>\n"
    return text + body + "</svg>\n"
  }

  /// A coordinate with one digit after the point at most.
  static func number(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let tenths = Int((min(max(value, -1e9), 1e9) * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
  }

  private static func dashes(_ dash: String) -> String {
    dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\""
  }
}

/// A place on a chart in pixels from its upper left corner.
struct ChartPoint: Equatable {
  var x: Double
  var y: Double

  init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// An upright rectangle on a chart, in pixels.
struct ChartRect: Equatable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var right: Double { x + width }
  var bottom: Double { y + height }

  /// Whether two rectangles share more than an edge.
  func overlaps(_ other: ChartRect) -> Bool {
    x < other.right && other.x < right && y < other.bottom && other.y < bottom
  }

  /// Whether the other rectangle lies wholly inside.
  func contains(_ other: ChartRect) -> Bool {
    other.x >= x && other.right <= right && other.y >= y && other.bottom <= bottom
  }
}
