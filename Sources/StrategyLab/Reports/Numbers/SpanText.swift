/// How reports write lengths of time in prose: the two largest units that matter.
enum SpanText {
  /// A length of time in words: `2 h`, `1 h 30 min`, `95 s`, `250 ms`.
  static func short(nanoseconds: Int64) -> String {
    let second: Int64 = 1_000_000_000
    let seconds = nanoseconds / second
    guard nanoseconds.magnitude >= UInt64(second) else {
      return NumberText.trimmed(Double(nanoseconds) / 1e6) + " ms"
    }
    guard seconds >= 120 else { return NumberText.trimmed(Double(nanoseconds) / 1e9) + " s" }
    let units: [(name: String, seconds: Int64)] = [
      ("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1),
    ]
    guard
      let largest = units.firstIndex(where: {
        seconds >= ($0.name == "d" ? 2 : 1) * $0.seconds && $0.name != "s"
      })
    else { return "\(seconds) s" }
    let unit = units[largest]
    let next = units[largest + 1]
    let rest = seconds % unit.seconds / next.seconds
    return "\(seconds / unit.seconds) \(unit.name)" + (rest > 0 ? " \(rest) \(next.name)" : "")
  }
}
