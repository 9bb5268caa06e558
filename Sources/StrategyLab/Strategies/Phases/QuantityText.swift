import LabUnits

// Quantities as a scenario file writes them, for sentences. Each is exact: no digit is rounded away.

extension Span {
  /// The span in its units, such as `1h30m`, `90s` under two minutes, `1.5s`.
  var plainText: String {
    let second: Int64 = 1_000_000_000
    let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: second)
    if nanoseconds < 0 { return "-" + Span(nanoseconds: -nanoseconds).plainText }
    if rest != 0 { return decimal(whole, fraction: rest, digits: 9) + "s" }
    if whole < 60 || (whole < 120 && whole != 60) { return "\(whole)s" }
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60)
    return (hours > 0 ? "\(hours)h" : "") + (minutes > 0 ? "\(minutes)m" : "")
      + (seconds > 0 ? "\(seconds)s" : "")
  }
}

extension Share {
  /// The share in percent, such as `25%` or `0.5%`.
  var plainText: String {
    let (whole, rest) = millionths.quotientAndRemainder(dividingBy: 10_000)
    return decimal(whole, fraction: rest, digits: 4) + "%"
  }
}

/// A number per second without a needless `.0`.
func rateText(_ perSecond: Double) -> String {
  let text = "\(perSecond)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}

/// So many things, in the singular where there is one.
func counted(_ count: Int, _ noun: String) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
}

/// A whole number and a fraction of so many digits, without trailing zeros.
private func decimal(_ whole: Int64, fraction: Int64, digits: Int) -> String {
  guard fraction != 0 else { return "\(whole)" }
  var text = "\(fraction)"
  text = String(repeating: "0", count: digits - text.count) + text
  while text.hasSuffix("0") { text.removeLast() }
  return "\(whole).\(text)"
}
