import LabUnits

/// Numbers as sentences print them: no more digits than a reader uses, the same on every machine.
enum PrintedFigure {
  /// Dollars: cents up to $10,000, whole dollars above, two digits below a cent.
  ///
  ///     PrintedFigure.dollars(-1_234.5)  // "-$1,234.50"
  static func dollars(_ amount: Double) -> String {
    let size = amount.magnitude
    let decimals = size >= 9_999.995 ? 0 : size >= 0.01 || size == 0 ? 2 : digits(size)
    let text = fixed(size, decimals: decimals)
    return amount < 0 && size > 0 ? "-$\(text)" : "$\(text)"
  }

  /// A fraction as a percentage of two digits or all whole ones: `0.024%`, `3.2%`, `97%`.
  static func percent(_ fraction: Double) -> String {
    let percent = fraction * 100
    let size = percent.magnitude
    if size >= 9.95 || size == 0 { return "\(fixed(percent, decimals: 0))%" }
    return "\(trimmed(fixed(percent, decimals: digits(size))))%"
  }

  /// A share with all its digits: `99.95%`.
  static func percent(_ share: Share) -> String {
    "\(trimmed(fixed(Double(share.millionths) / 10_000, decimals: 4)))%"
  }

  /// A probability in whole percent that never claims certainty, which no number of draws can give.
  static func probability(_ value: Double) -> String {
    if value > 0.99 { return "above 99%" }
    if value < 0.01 { return "below 1%" }
    return "\(fixed(value * 100, decimals: 0))%"
  }

  /// A whole number with its thousands apart.
  static func count(_ count: Int) -> String { grouped(String(count)) }

  /// A factor of three digits: `14.4`, `1000`.
  static func factor(_ value: Double) -> String {
    trimmed(fixed(value, decimals: value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2, isGrouped: false))
  }

  /// A span in its largest whole unit: `6h`, `90s`.
  static func span(_ span: Span) -> String {
    let units: [(name: String, nanoseconds: Int64)] = [
      ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000),
    ]
    for unit in units where span.nanoseconds % unit.nanoseconds == 0 {
      return "\(span.nanoseconds / unit.nanoseconds)\(unit.name)"
    }
    return "\(span.nanoseconds)ns"
  }

  /// How many decimals show two digits of a size below 10.
  private static func digits(_ size: Double) -> Int {
    var (decimals, scaled) = (1, size)
    while scaled < 0.995, decimals < 12 {
      scaled *= 10
      decimals += 1
    }
    return decimals
  }

  /// A number with so many decimals, halves away from zero, thousands apart.
  private static func fixed(_ value: Double, decimals: Int, isGrouped: Bool = true) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (value.magnitude * scale).rounded(.toNearestOrAwayFromZero)
    guard scaled < 9e15 else { return "\(value)" }
    let (whole, part) = Int64(scaled).quotientAndRemainder(dividingBy: Int64(scale))
    let sign = value < 0 && scaled > 0 ? "-" : ""
    let head = isGrouped ? grouped(String(whole)) : String(whole)
    guard decimals > 0 else { return sign + head }
    let tail = String(part)
    return sign + head + "." + String(repeating: "0", count: decimals - tail.count) + tail
  }

  private static func trimmed(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var characters = Array(text)
    while characters.last == "0" { characters.removeLast() }
    if characters.last == "." { characters.removeLast() }
    return String(characters)
  }

  private static func grouped(_ digits: String) -> String {
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0, result != "-" { result.append(",") }
      result.append(digit)
    }
    return result
  }
}
