/// Text made harmless for Markdown: it shows as it is and formats nothing.
enum MarkdownText {
  /// The text on one line with every mark of Markdown and HTML disarmed.
  static func escaped(_ text: String) -> String {
    let characters = Array(PlainText.oneLine(text).unicodeScalars)
    var result = String.UnicodeScalarView()
    for (index, scalar) in characters.enumerated() {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "_" where isInsideWord(characters, index): result.append(scalar)
      case "\\", "`", "*", "_", "[", "]", "|", "#", "~":
        result.append("\\")
        result.append(scalar)
      case "$":
        // A dollar sign before anything but a digit could start a formula on some hosts.
        let next = index + 1 < characters.count ? characters[index + 1] : " "
        if !("0"..."9").contains(next) { result.append("\\") }
        result.append(scalar)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// Whether letters or digits stand at both sides, where an underscore formats nothing.
  private static func isInsideWord(_ characters: [UnicodeScalar], _ index: Int) -> Bool {
    guard index > 0, index + 1 < characters.count else { return false }
    return [characters[index - 1], characters[index + 1]].allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
    }
  }

  /// The text as code inside a table cell or a sentence, whatever backticks it holds.
  static func code(_ text: String) -> String {
    let line = PlainText.oneLine(text)
    guard !line.contains("`"), !line.contains("|"), !line.isEmpty else { return escaped(line) }
    return "`\(line)`"
  }
}

/// Text made harmless for a cell of a CSV file (RFC 4180).
enum CSVText {
  /// A cell with text from a user's file: quoted where needed, and never the start of a formula.
  static func cell(_ text: String) -> String {
    var line = PlainText.oneLine(text)
    let starters: [Character] = ["=", "+", "-", "@", "\u{FFFD}", "＝", "＋", "－", "＠"]
    if let first = line.first(where: { $0 != " " }), starters.contains(first) {
      line = "'" + line
    }
    guard line.contains(where: { $0 == "," || $0 == "\"" || $0 == ";" }) else { return line }
    return "\""
      + line.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  /// Cells as one line with the line end that RFC 4180 asks for.
  static func line(_ cells: [String]) -> String { cells.joined(separator: ",") + "\r\n" }
}

/// Text made harmless for XML, in content and in attributes.
enum XMLText {
  /// The text on one line with the five marks of XML replaced by their entities.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in PlainText.oneLine(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
