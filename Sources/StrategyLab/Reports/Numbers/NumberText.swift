/// How reports write numbers: fixed digits, no locale, and never finer than what is known.
enum NumberText {
  /// What stands where there is no value.
  static let absent = "–"

  /// A number with so many digits after the point; a negative count rounds to tens, hundreds and so on.
  ///
  ///     fixed(1234.5, decimals: 0)    // "1,235"
  ///     fixed(1234.5, decimals: -2)   // "1,200"
  static func fixed(_ value: Double, decimals: Int, groupsThousands: Bool = true) -> String {
    guard value.isFinite else { return absent }
    return DecimalDigits(value).rounded(toPlace: -decimals)
      .text(fractionDigits: decimals, groupsThousands: groupsThousands)
  }

  /// A number with at most so many digits after the point, and no zeros at the end.
  ///
  ///     trimmed(2.50, decimals: 2)   // "2.5"
  static func trimmed(_ value: Double, decimals: Int = 2, groupsThousands: Bool = true) -> String {
    guard value.isFinite else { return absent }
    let rounded = DecimalDigits(value).rounded(toPlace: -decimals)
    let needed = max(0, -(rounded.lastPlace ?? 0))
    return rounded.text(fractionDigits: needed, groupsThousands: groupsThousands)
  }

  /// The shortest decimal text that means exactly this number; whole numbers have no point.
  ///
  /// For files that are read by programs: no thousands separators.
  static func exact(_ value: Double) -> String? {
    guard value.isFinite else { return nil }
    if value == 0 { return "0" }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A number of things: `1 replication`, `1,000 replications`.
  static func count(_ count: Int, _ noun: String) -> String {
    fixed(Double(count), decimals: 0) + " \(noun)" + (count == 1 ? "" : "s")
  }

  /// A share of a count as percent; never "0" for something that happened, never "100" for all but one.
  static func percent(_ count: Int, of total: Int) -> String {
    guard total > 0 else { return absent }
    let decimals = total >= 1000 ? 1 : 0
    let value = 100 * Double(count) / Double(total)
    let rounded = DecimalDigits(value).rounded(toPlace: -decimals)
    let whole = DecimalDigits(100)
    if count > 0, rounded.isZero { return decimals == 1 ? "<0.1" : "<1" }
    if count < total, rounded == whole { return decimals == 1 ? ">99.9" : ">99" }
    return rounded.text(
      fractionDigits: rounded.isZero || rounded == whole ? 0 : decimals, groupsThousands: false)
  }

  /// A probability as percent, without claiming certainty: `<1`, `37`, `>99`.
  static func probability(_ value: Double) -> String {
    guard value.isFinite else { return absent }
    if value >= 1 { return "100" }
    if value > 0.99 { return ">99" }
    if value < 0.01 { return "<1" }
    return fixed(100 * value, decimals: 0)
  }

  /// The digits after the point that a mean deserves whose interval has this half-width.
  ///
  /// The half-width keeps two digits, the mean is cut at the same place (as in the Guide to the
  /// Expression of Uncertainty in Measurement, JCGM 100:2008, 7.2.6). Numbers above one never get more
  /// than two digits after the point, smaller ones never more than three that are not zero.
  static func decimals(mean: Double, halfWidth: Double) -> Int {
    guard mean.isFinite, halfWidth.isFinite else { return 0 }
    let limit = max(2, 2 - (DecimalDigits(mean).leadingPlace ?? 0))
    let digits = DecimalDigits(halfWidth)
    // Rounding to two digits can move the first one: 0.996 becomes 1.0.
    let rounded = digits.leadingPlace.map { digits.rounded(toPlace: $0 - 1) }
    guard let leading = rounded?.leadingPlace else {
      // Nothing says how fine a single value is: about four digits.
      let place = 3 - (DecimalDigits(mean).leadingPlace ?? 0)
      let rounded = DecimalDigits(mean).rounded(toPlace: -max(0, min(limit, place)))
      return max(0, -(rounded.lastPlace ?? 0))
    }
    return min(limit, 1 - leading)
  }

  /// The half-width of an interval at the given digits; `<0.01` where it would vanish.
  static func halfWidth(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return absent }
    let digits = DecimalDigits(value)
    if digits.isZero { return "0" }
    if digits.rounded(toPlace: -decimals).isZero {
      return "<"
        + DecimalDigits(1).shifted(by: -decimals)
        .text(fractionDigits: max(decimals, 0), groupsThousands: false)
    }
    return fixed(value, decimals: decimals)
  }
}

extension DecimalDigits {
  /// The number times ten to the given power.
  fileprivate func shifted(by places: Int) -> DecimalDigits {
    var text = "1e"
    text += String(places)
    return DecimalDigits(Double(text) ?? 0)
  }
}
