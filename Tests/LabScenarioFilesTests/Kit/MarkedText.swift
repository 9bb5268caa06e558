/// A text with places marked in itself: `1️⃣` stands before the first place, `2️⃣` before the second.
struct MarkedText {
  /// The text without its marks.
  let text: String
  /// Line and column, both from 1, of the marks in the order of their numbers.
  let places: [String]

  init(_ marked: String) {
    let marks: [Character] = ["1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣", "6️⃣", "7️⃣", "8️⃣", "9️⃣"]
    var text = ""
    var (line, column) = (1, 1)
    var found: [Int: String] = [:]
    for character in marked {
      if let number = marks.firstIndex(of: character) {
        found[number] = "\(line):\(column)"
        continue
      }
      text.append(character)
      if character.isNewline {
        (line, column) = (line + 1, 1)
      } else {
        column += character.unicodeScalars.count
      }
    }
    self.text = text
    places = found.keys.sorted().compactMap { found[$0] }
  }
}
