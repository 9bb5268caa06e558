/// A place in a file, and how many characters it covers.
///
/// Lines and columns count from 1, columns in Unicode scalars, as the YAML parser's own marks do.
public struct SourceMark: Sendable, Hashable, Comparable {
  /// The line, from 1; 0 for the file as a whole.
  public let line: Int
  /// The column, from 1, in Unicode scalars; 0 for the file as a whole.
  public let column: Int
  /// How many scalars of the line are meant, at least 1.
  public let length: Int

  /// A place in a file.
  public init(line: Int, column: Int, length: Int = 1) {
    self.line = line
    self.column = column
    self.length = max(length, 1)
  }

  /// The first character.
  public static let start = SourceMark(line: 1, column: 1)

  /// The file as a whole.
  public static let wholeFile = SourceMark(line: 0, column: 0)

  /// Orders places as they are read.
  public static func < (left: SourceMark, right: SourceMark) -> Bool {
    (left.line, left.column, left.length) < (right.line, right.column, right.length)
  }
}

/// The part of a line that a diagnostic shows.
public struct SourceExcerpt: Sendable, Hashable {
  /// The characters, without the end of the line.
  public let text: String
  /// The column of the first of them, from 1; above 1 when the line was too long to keep whole.
  public let firstColumn: Int
  /// Whether characters of the line come after the last of them.
  public let isCut: Bool
}

/// A text by lines and columns, as the YAML parser counts them.
struct SourceText {
  /// Characters kept on each side of a place: enough for any terminal, little enough for a file of one line.
  private static let reach = 160

  private let bytes: [UInt8]
  private let start: Int
  // Where the last look ended: places asked for in ascending order cost one pass over the text in all.
  private var offset: Int
  private var line = 1
  private var column = 1

  /// A text from its bytes, which need not be whole UTF-8; a byte order mark has no column.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    offset = start
  }

  /// The place of the byte at an offset.
  func mark(atByte target: Int) -> SourceMark {
    var copy = self
    while copy.offset < target, copy.offset < bytes.count { copy.advance() }
    return SourceMark(line: copy.line, column: copy.column)
  }

  /// The surroundings of a place; nil if the text has no such line.
  ///
  /// - Complexity: linear in the way from the place that was asked for before.
  mutating func excerpt(at mark: SourceMark) -> SourceExcerpt? {
    guard mark.line > 0 else { return nil }
    if (mark.line, mark.column) < (line, column) { (offset, line, column) = (start, 1, 1) }
    while line < mark.line, offset < bytes.count { advance() }
    guard line == mark.line else { return nil }
    while column < mark.column, offset < bytes.count, lineBreak(at: offset) == 0 { advance() }

    var first = offset
    var firstColumn = column
    while firstColumn > 1, column - firstColumn < SourceText.reach {
      first -= 1
      while bytes[first] & 0xC0 == 0x80, first > start { first -= 1 }
      firstColumn -= 1
    }
    var end = offset
    var kept = 0
    while end < bytes.count, lineBreak(at: end) == 0, kept < SourceText.reach {
      end += scalarLength(at: end)
      kept += 1
    }
    return SourceExcerpt(
      text: String(decoding: bytes[first..<end], as: UTF8.self), firstColumn: firstColumn,
      isCut: end < bytes.count && lineBreak(at: end) == 0)
  }

  private mutating func advance() {
    let ending = lineBreak(at: offset)
    if ending > 0 {
      offset += ending
      line += 1
      column = 1
    } else {
      offset += scalarLength(at: offset)
      column += 1
    }
  }

  private func scalarLength(at offset: Int) -> Int {
    var end = offset + 1
    while end < bytes.count, end < offset + 4, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return end - offset
  }

  /// The length of the line break at an offset, 0 if there is none: CR, LF, CR LF, NEL, LS and PS.
  private func lineBreak(at offset: Int) -> Int {
    func byte(_ ahead: Int) -> UInt8 { offset + ahead < bytes.count ? bytes[offset + ahead] : 0 }
    switch bytes[offset] {
    case 0x0A: return 1
    case 0x0D: return byte(1) == 0x0A ? 2 : 1
    case 0xC2: return byte(1) == 0x85 ? 2 : 0
    case 0xE2: return byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9) ? 3 : 0
    default: return 0
    }
  }
}
