/// Draws diagnostics for a terminal: place, message, the line, a caret, the hint.
///
///     canary.yaml:14:11: error: weight 120% is above 100% [SL065]
///        14 |   - weight: 120%
///           |             ^~~~  hint: write at most 100%
public struct DiagnosticRenderer: Sendable {
  /// Whether to use the escape sequences of a colour terminal.
  public var color: Bool
  /// The most characters of a source line that are shown.
  public var width: Int

  /// A renderer.
  public init(color: Bool, width: Int = 96) {
    self.color = color
    self.width = max(width, 20)
  }

  /// One diagnostic as lines, each with its end.
  public func render(_ diagnostic: Diagnostic) -> String {
    let tint = diagnostic.severity == .error ? "31" : "33"
    var text =
      styled(place(diagnostic.file, diagnostic.mark), "1") + " "
      + styled(diagnostic.severity.rawValue + ":", "1;\(tint)") + " "
      + styled(DiagnosticRenderer.printable(diagnostic.message), "1")
      + " [\(diagnostic.code.rawValue)]\n"
    let hint =
      diagnostic.hint.isEmpty
      ? "" : styled("hint:", "36") + " " + DiagnosticRenderer.printable(diagnostic.hint)
    if let excerpt = diagnostic.excerpt, diagnostic.line > 0 {
      text += source(excerpt, at: diagnostic.mark, tint: tint, hint: hint)
    } else if !hint.isEmpty {
      text += "  \(hint)\n"
    }
    for note in diagnostic.notes {
      let place = note.mark.map { styled(self.place(diagnostic.file, $0), "1") + " " } ?? "  "
      text +=
        place + styled("note:", "36") + " " + DiagnosticRenderer.printable(note.message) + "\n"
    }
    return text
  }

  private func place(_ file: String, _ mark: SourceMark) -> String {
    let name = DiagnosticRenderer.printable(file)
    return mark.line > 0 ? "\(name):\(mark.line):\(mark.column):" : "\(name):"
  }

  private func source(_ excerpt: SourceExcerpt, at mark: SourceMark, tint: String, hint: String)
    -> String
  {
    let scalars = Array(excerpt.text.unicodeScalars)
    let caret = min(max(mark.column - excerpt.firstColumn, 0), scalars.count)
    let length = max(1, min(mark.length, scalars.count - caret))
    // A window around the caret, moved so that as little as possible of the line is lost.
    let first = scalars.count <= width ? 0 : max(0, min(caret - width / 2, scalars.count - width))
    let end = min(scalars.count, first + width)
    let before = first > 0 || excerpt.firstColumn > 1 ? "..." : ""
    let after = end < scalars.count || excerpt.isCut ? "..." : ""
    let lead = scalars[first..<caret].map(DiagnosticRenderer.shown).joined()
    let marked = scalars[caret..<min(end, caret + length)].map(DiagnosticRenderer.shown).joined()
    let rest = scalars[min(end, caret + length)..<end].map(DiagnosticRenderer.shown).joined()
    let number = "\(mark.line)"
    let gutter = String(repeating: " ", count: max(5 - number.unicodeScalars.count, 1)) + number
    let blank = String(repeating: " ", count: gutter.unicodeScalars.count)
    let indent = String(repeating: " ", count: before.count + lead.unicodeScalars.count)
    let tail = String(repeating: "~", count: max(marked.unicodeScalars.count - 1, 0))
    var line = "\(blank) | \(indent)" + styled("^" + tail, "1;\(tint)")
    if !hint.isEmpty { line += "  " + hint }
    return "\(gutter) | \(before)\(lead)\(marked)\(rest)\(after)\n" + line + "\n"
  }

  private func styled(_ text: String, _ style: String) -> String {
    color ? "\u{1B}[\(style)m\(text)\u{1B}[0m" : text
  }

  /// A text from a user's file without anything that steers a terminal.
  static func printable(_ text: String) -> String {
    text.unicodeScalars.contains(where: steers) ? text.unicodeScalars.map(shown).joined() : text
  }

  private static func shown(_ scalar: Unicode.Scalar) -> String {
    if scalar == "\t" { return " " }
    return steers(scalar)
      ? "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}" : String(scalar)
  }

  /// Control characters, line separators, and the marks that turn the direction of writing.
  private static func steers(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}
