/// The colours and letters of all charts, light and dark.
///
/// The hues are those of Okabe and Ito, "Color Universal Design" (2008), which readers with any common
/// colour blindness can tell apart; no chart relies on hue alone. Every rule names the light colour first
/// and the variable second, so that a viewer without variables still draws the light chart, and a page
/// that shows the chart inline can set the variables itself.
enum ChartTheme {
  /// The class of every chart's root element, under which all rules stand.
  static let rootClass = "slc"

  /// The letters' size in pixels where nothing else is said.
  static let fontSize = 12.0

  private static let colors: [(name: String, light: String, dark: String)] = [
    ("paper", "#ffffff", "#0d1117"),
    ("ink", "#1f2328", "#f0f6fc"),
    ("soft", "#59636e", "#9198a1"),
    ("hair", "#e2e6ea", "#272d35"),
    ("line", "#8c959f", "#656c76"),
    ("stable", "#0072b2", "#56b4e9"),
    ("candidate", "#d55e00", "#e69f00"),
    ("good", "#009e73", "#2bc79b"),
    ("bad", "#d55e00", "#f08a3c"),
  ]

  /// The style sheet of a chart.
  static var styleSheet: String {
    var text =
      ".\(rootClass){" + colors.map { "--slc-\($0.name):\($0.light)" }.joined(separator: ";")
    text +=
      ";font:\(Int(fontSize))px system-ui,-apple-system,\"Segoe UI\",\"Helvetica Neue\",Arial,"
    text += "sans-serif}\n"
    text += "@media(prefers-color-scheme:dark){.\(rootClass){"
    text += colors.map { "--slc-\($0.name):\($0.dark)" }.joined(separator: ";") + "}}\n"
    for color in colors {
      let value = "\(color.light)"
      let variable = "var(--slc-\(color.name))"
      text += ".\(rootClass) .f-\(color.name){fill:\(value);fill:\(variable)}\n"
      text += ".\(rootClass) .s-\(color.name){stroke:\(value);stroke:\(variable);fill:none}\n"
    }
    text += ".\(rootClass) .title{font-size:16px;font-weight:600}\n"
    text += ".\(rootClass) .strong{font-weight:600}\n"
    text += ".\(rootClass) .halo{paint-order:stroke;stroke:#ffffff;stroke:var(--slc-paper);"
    text += "stroke-width:3px;stroke-linejoin:round}\n"
    text += ".\(rootClass) .small{font-size:11px}\n"
    text += ".\(rootClass) .pale{opacity:.35}\n"
    text += ".\(rootClass) .figures{font-variant-numeric:tabular-nums}\n"
    return text
  }
}
