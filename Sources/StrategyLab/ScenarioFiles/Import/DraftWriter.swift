/// Writes a draft as YAML, every value's origin in a comment behind it.
///
///     maxSurge: 25%  # web.yaml:14 spec.strategy.rollingUpdate.maxSurge
enum DraftWriter {
  /// The keys of a draft as lines, each with its end.
  static func text(_ entries: [DraftEntry], indent: Int = 0) -> String {
    var text = ""
    for (index, entry) in entries.enumerated() {
      // Sections of the whole file stand apart.
      if indent == 0, index > 0 { text += "\n" }
      write(entry, indent: indent, to: &text)
    }
    return text
  }

  private static func write(_ entry: DraftEntry, indent: Int, to text: inout String) {
    let lead = String(repeating: " ", count: indent) + scalar(entry.key) + ":"
    if let flow = flow(entry.node) {
      text += lead + " " + flow + comment(entry.node.origin) + "\n"
      return
    }
    text += lead + comment(entry.node.origin) + "\n"
    switch entry.node.content {
    case .value: break
    case .mapping(let entries): text += DraftWriter.text(entries, indent: indent + 2)
    case .list(let items): write(items, indent: indent + 2, to: &text)
    }
  }

  private static func write(_ items: [DraftNode], indent: Int, to text: inout String) {
    let lead = String(repeating: " ", count: indent) + "- "
    for item in items {
      if let flow = flow(item) {
        text += lead + flow + comment(item.origin) + "\n"
        continue
      }
      switch item.content {
      case .value: break
      case .mapping(let entries):
        // The first key stands behind the dash.
        let lines = DraftWriter.text(entries, indent: indent + 2)
        text += lead + lines.dropFirst(indent + 2)
      case .list(let inner):
        text += String(repeating: " ", count: indent) + "-" + comment(item.origin) + "\n"
        write(inner, indent: indent + 2, to: &text)
      }
    }
  }

  /// A value on one line; nil if something inside has an origin of its own.
  private static func flow(_ node: DraftNode) -> String? {
    switch node.content {
    case .value(let text): return scalar(text)
    case .list(let items):
      var parts: [String] = []
      for item in items {
        guard item.origin.isEmpty, let part = flow(item) else { return nil }
        parts.append(part)
      }
      return "[" + parts.joined(separator: ", ") + "]"
    case .mapping(let entries):
      var parts: [String] = []
      for entry in entries {
        guard entry.node.origin.isEmpty, let part = flow(entry.node) else { return nil }
        parts.append("\(scalar(entry.key)): \(part)")
      }
      return "{" + parts.joined(separator: ", ") + "}"
    }
  }

  /// A comment behind a value; empty if there is nothing to say.
  static func comment(_ text: String) -> String {
    text.isEmpty ? "" : "  # " + printable(text)
  }

  /// A text for a comment: on one line, without what YAML takes for no text.
  static func printable(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(400) {
      result.append(isText(scalar) ? scalar : " ")
    }
    return String(result)
  }

  /// A text as a YAML scalar that reads back as the same text: plain where that is safe, else in quotes.
  static func scalar(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let isSafe =
      !bytes.isEmpty && isWord(bytes[0]) && bytes.allSatisfy { isWord($0) || $0 == 0x20 }
      && bytes[bytes.count - 1] != 0x20 && bytes[0] != UInt8(ascii: "-")
      && bytes[0] != UInt8(ascii: "%")
      && !["null", "Null", "NULL"].contains(text)
    if isSafe { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case _ where isText(scalar): quoted.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        quoted += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return quoted + "\""
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"),
      UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "+"):
      true
    default: false
    }
  }

  /// Whether a scalar may stand in a line of YAML as it is.
  private static func isText(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0x200D, 0x2010...0x2027, 0x202F...0x2065, 0x206A...0xD7FF,
      0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF:
      true
    default: false
    }
  }
}
