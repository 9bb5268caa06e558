/// A JSON document whose keys keep their order, so that the same value is the same text.
indirect enum JSONValue {
  /// No value.
  case null
  /// True or false.
  case boolean(Bool)
  /// A number, written so that it means exactly the same; one that is not finite becomes null.
  case number(Double)
  /// A whole number.
  case integer(Int)
  /// A whole number without a sign.
  case unsigned(UInt64)
  /// Text.
  case string(String)
  /// A list.
  case array([JSONValue])
  /// A mapping in the given order.
  case object([(key: String, value: JSONValue)])

  /// The text where there is one, otherwise null.
  static func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  /// The document, indented by two spaces; objects and lists of plain values stay on one line.
  var text: String {
    var text = ""
    write(into: &text, indent: 0)
    return text + "\n"
  }

  private var isPlain: Bool {
    switch self {
    case .array(let items): items.isEmpty
    case .object(let members): members.isEmpty
    default: true
    }
  }

  private func write(into text: inout String, indent: Int) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .number(let value): text += NumberText.exact(value) ?? "null"
    case .integer(let value): text += "\(value)"
    case .unsigned(let value): text += "\(value)"
    case .string(let value): Self.write(value, into: &text)
    case .array(let items):
      Self.write(items.count, "[", "]", onOneLine: items.allSatisfy(\.isPlain), into: &text, indent)
      { index, text in items[index].write(into: &text, indent: indent + 1) }
    case .object(let members):
      let onOneLine = indent > 1 && members.allSatisfy(\.value.isPlain)
      Self.write(members.count, "{", "}", onOneLine: onOneLine, into: &text, indent) {
        index, text in
        Self.write(members[index].key, into: &text)
        text += ": "
        members[index].value.write(into: &text, indent: indent + 1)
      }
    }
  }

  private static func write(
    _ count: Int, _ open: String, _ close: String, onOneLine: Bool, into text: inout String,
    _ indent: Int, item: (Int, inout String) -> Void
  ) {
    let inner = "\n" + String(repeating: "  ", count: indent + 1)
    text += open
    for index in 0..<count {
      if index > 0 { text += onOneLine ? ", " : "," }
      if !onOneLine { text += inner }
      item(index, &text)
    }
    if !onOneLine, count > 0 { text += "\n" + String(repeating: "  ", count: indent) }
    text += close
  }

  /// Everything outside printable ASCII that could move a terminal's cursor is written as an escape.
  private static func write(_ string: String, into text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      default:
        if scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
          || (0x200E...0x200F).contains(scalar.value) || (0x2028...0x202E).contains(scalar.value)
          || (0x2066...0x2069).contains(scalar.value)
        {
          let digits = String(scalar.value, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          text.unicodeScalars.append(scalar)
        }
      }
    }
    text += "\""
  }
}
