/// How wide a text will be, estimated, because whoever draws the chart picks the font.
///
/// The widths are those of common sans-serif faces in thousandths of the font size, rounded up a little:
/// a label that has too much room is better than two that touch.
enum TextMetrics {
  /// The estimated width of a text in pixels.
  static func width(_ text: String, size: Double = ChartTheme.fontSize, isStrong: Bool = false)
    -> Double
  {
    let units = text.reduce(0) { $0 + thousandths($1) }
    return Double(units) / 1000 * size * (isStrong ? 1.07 : 1)
  }

  /// The text cut to so many pixels, with an ellipsis where something was lost.
  static func truncated(
    _ text: String, to room: Double, size: Double = ChartTheme.fontSize, isStrong: Bool = false
  ) -> String {
    guard width(text, size: size, isStrong: isStrong) > room else { return text }
    var result = ""
    for character in text {
      let longer = result + String(character)
      if width(longer + "…", size: size, isStrong: isStrong) > room { break }
      result = longer
    }
    while result.hasSuffix(" ") { result.removeLast() }
    return result + "…"
  }

  private static func thousandths(_ character: Character) -> Int {
    switch character {
    case "i", "j", "l", "'", "|", "!", ".", ",", ":", ";", "I": 290
    case " ", "f", "t", "r", "(", ")", "[", "]", "/", "-", "\"": 380
    case "m", "w", "M", "W", "%", "@", "…", "→", "±", "×": 930
    case "A"..."Z": 720
    case "0"..."9", "a"..."z", "$", "–": 590
    default: PlainText.width(String(character)) > 1 ? 1150 : 680
    }
  }
}
