extension Span {
  /// Units from the longest to the shortest, in nanoseconds.
  private static let units: [(name: String, nanoseconds: UInt64)] = [
    ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000),
    ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1000), ("ns", 1),
  ]

  /// The span that a text means: `90s`, `1h30m`, `250ms`, `1.5h`, `2d`, `100us`, `5ns`.
  ///
  /// - Parameter text: Numbers, each with its unit, the longest unit first; no sign, space or exponent.
  /// - Throws: what is wrong with the text; a fraction of a nanosecond is an error, not rounded.
  public init(text: String) throws(QuantityError) {
    var reader = try QuantityReader(text, as: .span)
    var total: Int64 = 0
    var lastUnit = -1
    repeat {
      let number = try reader.number()
      let name = reader.unit()
      if name.isEmpty, reader.isAtEnd, lastUnit < 0 { throw reader.fault(.missingUnit) }
      guard let unit = Span.units.firstIndex(where: { $0.name == name }) else {
        throw reader.trailing(name)
      }
      if unit <= lastUnit { throw reader.fault(.unordered) }
      lastUnit = unit
      let part = try reader.whole(number, times: Span.units[unit].nanoseconds)
      let (sum, overflow) = total.addingReportingOverflow(part)
      if overflow { throw reader.fault(.tooLarge) }
      total = sum
    } while !reader.isAtEnd
    self.init(nanoseconds: total)
  }

  /// The span as people write it, exact: `1h30m`, `90s`, `6.281s`, `250ms`, `0s`.
  ///
  /// Below two minutes one unit with decimals, from there on hours, minutes and seconds. A span that is
  /// not negative comes back from its text unchanged.
  public var text: String {
    if nanoseconds == 0 { return "0s" }
    let sign = nanoseconds < 0 ? "-" : ""
    let length = nanoseconds.magnitude
    guard length >= 120_000_000_000 else {
      let unit = Span.units.dropFirst(3).first { $0.nanoseconds <= length } ?? ("ns", 1)
      return sign + ExactDecimal.text(length, of: unit.nanoseconds) + unit.name
    }
    let (hours, belowHour) = length.quotientAndRemainder(dividingBy: 3_600_000_000_000)
    let (minutes, belowMinute) = belowHour.quotientAndRemainder(dividingBy: 60_000_000_000)
    return sign + (hours > 0 ? "\(hours)h" : "") + (minutes > 0 ? "\(minutes)m" : "")
      + (belowMinute > 0 ? ExactDecimal.text(belowMinute, of: 1_000_000_000) + "s" : "")
  }
}
