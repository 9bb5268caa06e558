/// Guesses what a misspelt word was meant to be.
enum Spelling {
  /// The candidate that the fewest edits turn the word into; nil if none is near.
  ///
  ///     Spelling.nearest(to: "cannary", in: ["canary", "shadow"])  // "canary"
  ///
  /// - Parameters:
  ///   - word: What was written.
  ///   - candidates: What could have been meant; the first one wins a tie.
  /// - Returns: a candidate at most a third of its own length away.
  static func nearest(to word: String, in candidates: [String]) -> String? {
    let measured = candidates.map { (candidate: $0, distance: distance(word, $0)) }
    guard let best = measured.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(1, best.candidate.count / 3) ? best.candidate : nil
  }

  /// The edit distance of Levenshtein: insertions, deletions and replacements of one character.
  ///
  /// - Complexity: O(n x m) in the lengths of the words.
  static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (line, character) in left.enumerated() {
      var diagonal = row[0]
      row[0] = line + 1
      for column in right.indices {
        let replaced = diagonal + (character == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }

  /// The sentence for a name that nothing has, with a guess or with all the names there are.
  static func unknown(_ what: String, _ name: String, among names: [String]) -> String {
    let hint =
      nearest(to: name, in: names).map { "did you mean '\($0)'?" }
      ?? "there are \(names.map { "'\($0)'" }.joined(separator: ", "))"
    return "no \(what) is called '\(name)'; \(hint)"
  }
}
