/// JSON on one line, for streams of several objects.
enum JSONLine {
  /// The text without the white space between its tokens, and with one line break at the end.
  ///
  /// - Parameter text: Valid JSON, laid out in any way.
  /// - Returns: the same object.
  static func compact(_ text: String) -> String {
    var result = ""
    var isInString = false
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isInString {
        result.unicodeScalars.append(scalar)
        if isEscaped {
          isEscaped = false
        } else if scalar == "\\" {
          isEscaped = true
        } else if scalar == "\"" {
          isInString = false
        }
      } else if !" \n\r\t".unicodeScalars.contains(scalar) {
        result.unicodeScalars.append(scalar)
        isInString = scalar == "\""
      }
    }
    return result + "\n"
  }
}
