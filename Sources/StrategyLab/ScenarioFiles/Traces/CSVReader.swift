/// Splits CSV text into rows and fields without copying them (RFC 4180; a field ends on its own line).
struct CSVReader {
  /// The text.
  let bytes: UnsafeBufferPointer<UInt8>
  /// The line of the row that was read last, from 1.
  private(set) var line = 0
  /// The fields of that row: byte offsets without quotes and surrounding blanks.
  private(set) var fields: [Range<Int>] = []

  private var lineStart = 0
  private var offset: Int

  /// A reader at the start of a text; a byte order mark is skipped.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// Goes to the next row that is not blank.
  ///
  /// - Returns: whether there is one; `fields` are then its fields.
  /// - Throws: what is wrong with the row; the next call goes on behind it.
  mutating func next() throws(LocatedFault) -> Bool {
    while offset < bytes.count {
      line += 1
      lineStart = offset
      var end = offset
      while end < bytes.count, bytes[end] != 0x0A { end += 1 }
      offset = end + 1
      if end > lineStart, bytes[end - 1] == 0x0D { end -= 1 }
      if trimmed(lineStart, end).isEmpty { continue }
      try split(lineStart..<end)
      return true
    }
    return false
  }

  /// The text of a field.
  func text(_ index: Int) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[fields[index]]), as: UTF8.self)
  }

  /// The place of a field.
  func mark(_ index: Int) -> SourceMark {
    mark(fields[index].lowerBound, fields[index].count)
  }

  /// The place of the row.
  var rowMark: SourceMark { SourceMark(line: line, column: 1) }

  private func mark(_ offset: Int, _ length: Int) -> SourceMark {
    // Columns count scalars: bytes that continue one do not count.
    let column = bytes[lineStart..<offset].count { $0 & 0xC0 != 0x80 } + 1
    let hasMark = lineStart == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
    return SourceMark(line: line, column: column - (hasMark ? 1 : 0), length: length)
  }

  private func trimmed(_ start: Int, _ end: Int) -> Range<Int> {
    var (low, high) = (start, end)
    while low < high, bytes[low] == 0x20 || bytes[low] == 0x09 { low += 1 }
    while high > low, bytes[high - 1] == 0x20 || bytes[high - 1] == 0x09 { high -= 1 }
    return low..<high
  }

  private mutating func split(_ row: Range<Int>) throws(LocatedFault) {
    fields.removeAll(keepingCapacity: true)
    var start = row.lowerBound
    while true {
      let first = trimmed(start, row.upperBound).lowerBound
      if first < row.upperBound, bytes[first] == UInt8(ascii: "\"") {
        let close = try closingQuote(first, row.upperBound)
        fields.append(first + 1..<close)
        let next = trimmed(close + 1, row.upperBound).lowerBound
        if next >= row.upperBound { return }
        guard bytes[next] == UInt8(ascii: ",") else {
          throw LocatedFault(fault: .trace(.textAfterQuote), mark: mark(next, 1))
        }
        start = next + 1
      } else {
        var end = start
        while end < row.upperBound, bytes[end] != UInt8(ascii: ",") { end += 1 }
        fields.append(trimmed(start, end))
        if end >= row.upperBound { return }
        start = end + 1
      }
    }
  }

  private func closingQuote(_ open: Int, _ end: Int) throws(LocatedFault) -> Int {
    var position = open + 1
    while position < end {
      if bytes[position] == UInt8(ascii: "\"") {
        guard position + 1 < end, bytes[position + 1] == UInt8(ascii: "\"") else { return position }
        position += 1
      }
      position += 1
    }
    throw LocatedFault(fault: .trace(.unclosedQuote), mark: mark(open, 1))
  }
}
