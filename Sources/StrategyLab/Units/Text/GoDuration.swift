/// Lengths of time as programs in Go read them: `1m30s`, `1.5h`, `-5s`.
///
/// Source: Go, time/format.go, `ParseDuration`.
public enum GoDuration {
  private static let units: [(name: String, seconds: Double)] = [
    ("ns", 1e-9), ("us", 1e-6), ("µs", 1e-6), ("μs", 1e-6), ("ms", 1e-3), ("s", 1), ("m", 60),
    ("h", 3600),
  ]

  /// The span that a text means, nil if it means none; units may come in any order.
  public static func span(_ text: String) -> Span? {
    var rest = Substring(text)
    var sign = 1.0
    if let first = rest.first, first == "-" || first == "+" {
      sign = first == "-" ? -1 : 1
      rest.removeFirst()
    }
    if rest == "0" { return .zero }
    guard !rest.isEmpty else { return nil }
    var seconds = 0.0
    while !rest.isEmpty {
      let digits = rest.prefix { $0 == "." || ("0"..."9").contains($0) }
      guard digits.contains(where: { $0 != "." }), let number = number(digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      let name = rest.prefix { $0 != "." && !("0"..."9").contains($0) }
      guard let unit = units.first(where: { $0.name == name }) else { return nil }
      rest = rest.dropFirst(name.count)
      seconds += number * unit.seconds
    }
    return seconds < 9e9 ? Span(seconds: sign * seconds) : nil
  }

  /// A number as Go allows it: `5`, `1.5`, `.5`, `5.`.
  private static func number(_ digits: Substring) -> Double? {
    guard digits.filter({ $0 == "." }).count <= 1 else { return nil }
    return Double("0" + digits + (digits.hasSuffix(".") ? "0" : ""))
  }
}
