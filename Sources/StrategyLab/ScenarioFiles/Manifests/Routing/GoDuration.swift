/// Spans as Go and protobuf write them: `7s`, `1h30m`, `100ns`.
enum GoDuration {
  /// The seconds of a span; nil if the text is none.
  static func seconds(_ text: String) -> Double? {
    var rest = Substring(text)
    var sum = 0.0
    var hasPart = false
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      guard let number = Double(digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { $0.isLetter }
      guard let scale = scales[String(unit)] else { return nil }
      rest = rest.dropFirst(unit.count)
      sum += number * scale
      hasPart = true
    }
    return hasPart && sum.isFinite ? sum : nil
  }

  private static let scales: [String: Double] = [
    "ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3_600,
  ]
}
