/// Words for a command line that a person may copy.
enum ShellWord {
  /// The word as a POSIX shell reads it back, in quotes only where it needs them.
  static func quoted(_ word: String) -> String {
    let plain = word.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || $0.properties.numericType == .decimal
          || "/._-".unicodeScalars.contains($0))
    }
    if plain, !word.isEmpty, !word.hasPrefix("-") { return word }
    let parts = word.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.joined(separator: "'\\''") + "'"
  }
}
