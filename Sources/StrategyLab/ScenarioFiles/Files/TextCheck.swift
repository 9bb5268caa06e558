/// Finds what makes bytes no text: a foreign encoding, broken UTF-8, bytes that belong in no text file.
enum TextCheck {
  /// Why bytes are no text, and where.
  struct Problem: Error, Hashable {
    /// What is wrong.
    let fact: Fact
    /// Line and column, from 1, of the first wrong byte.
    let mark: SourceMark

    /// What can be wrong.
    enum Fact: Sendable, Hashable {
      /// The file begins as UTF-16 or UTF-32 does.
      case otherEncoding
      /// A zero byte, which only binary files have.
      case binary
      /// A byte that is not UTF-8.
      case notUTF8(UInt8)
      /// A character that only steers a terminal.
      case control(UInt32)
    }
  }

  /// The first thing that makes the bytes no text; nil if they are text.
  ///
  /// - Complexity: linear in the number of bytes, one look at each.
  static func problem(in bytes: [UInt8]) -> Problem? {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return Problem(fact: .otherEncoding, mark: .start)
    }
    return bytes.withUnsafeBufferPointer { buffer in
      var offset = 0
      while offset < buffer.count {
        let byte = buffer[offset]
        if byte >= 0x20 && byte < 0x7F || byte == 0x0A {
          offset += 1
          continue
        }
        switch step(buffer, at: offset) {
        case .success(let length): offset += length
        case .failure(let fact):
          return Problem(fact: fact.fact, mark: SourceText(bytes).mark(atByte: offset))
        }
      }
      return nil
    }
  }

  private struct Fault: Error { let fact: Problem.Fact }

  /// The length of the character at an offset, or what is wrong with it.
  private static func step(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int)
    -> Result<Int, Fault>
  {
    let first = bytes[offset]
    if first < 0x80 {
      if first == 0 { return .failure(Fault(fact: .binary)) }
      let isText = first >= 0x20 && first != 0x7F || first == 0x09 || first == 0x0A || first == 0x0D
      return isText ? .success(1) : .failure(Fault(fact: .control(UInt32(first))))
    }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard first >= 0xC2, first <= 0xF4, offset + length <= bytes.count else {
      return .failure(Fault(fact: .notUTF8(first)))
    }
    var code = UInt32(first) & (0xFF >> (UInt32(length) + 1))
    for next in bytes[(offset + 1)..<(offset + length)] {
      guard next & 0xC0 == 0x80 else { return .failure(Fault(fact: .notUTF8(first))) }
      code = code << 6 | UInt32(next & 0x3F)
    }
    let least: UInt32 = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80
    guard code >= least, let scalar = Unicode.Scalar(code) else {
      return .failure(Fault(fact: .notUTF8(first)))
    }
    // C1 controls and the two non-characters that YAML leaves out; a byte order mark only at the start.
    let isForbidden =
      code < 0xA0 && code != 0x85 || code == 0xFFFE || code == 0xFFFF
      || code == 0xFEFF && offset > 0
    return isForbidden ? .failure(Fault(fact: .control(scalar.value))) : .success(length)
  }
}
