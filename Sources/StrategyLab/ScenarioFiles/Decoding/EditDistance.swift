/// How far two words are apart, for "did you mean".
package enum EditDistance {
  /// The least number of characters put in, left out, replaced or swapped with their neighbour.
  ///
  ///     EditDistance.between("maxSruge", "maxSurge")  // 1: two neighbours swapped
  ///
  /// Optimal string alignment, the restricted form of Damerau (1964), "A technique for computer detection
  /// and correction of spelling errors", CACM 7(3), DOI 10.1145/363958.363994. Case does not count.
  ///
  /// - Complexity: the product of the two lengths.
  package static func between(_ left: String, _ right: String) -> Int {
    let from = Array(left.lowercased().unicodeScalars)
    let to = Array(right.lowercased().unicodeScalars)
    var older: [Int] = []
    var above = Array(0...to.count)
    for row in 0..<from.count {
      var current = [row + 1]
      for column in 0..<to.count {
        var least = min(current[column], above[column + 1]) + 1
        least = min(least, above[column] + (from[row] == to[column] ? 0 : 1))
        if row > 0, column > 0, from[row] == to[column - 1], from[row - 1] == to[column] {
          least = min(least, older[column - 1] + 1)
        }
        current.append(least)
      }
      older = above
      above = current
    }
    return above[to.count]
  }

  /// The nearest of some words, the first of equally near ones; nil if none is near enough to be meant.
  package static func nearest(to word: String, in words: [String]) -> String? {
    // A longer text than any word is no misspelling; the guard also bounds the work on hostile input.
    guard !word.isEmpty, word.utf8.count <= 64 else { return nil }
    let reach = max(1, word.unicodeScalars.count / 3)
    var best: (word: String, distance: Int)?
    for candidate in words where abs(candidate.utf8.count - word.utf8.count) <= 2 * reach {
      let distance = between(word, candidate)
      if distance <= reach, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.word
  }
}
