import LabUnits

/// Quantities of a plan as a person would say them: rounded, with a space before the unit.
public enum PlanText {
  /// A length of time: to a tenth of a second below two minutes, to a second above.
  ///
  ///     PlanText.span(.seconds(432))   // 7 min 12 s
  public static func span(_ span: Span) -> String {
    let isShort = span < .minutes(2)
    let unit: Int64 = isShort ? 100_000_000 : 1_000_000_000
    let (whole, rest) = max(span, .zero).nanoseconds.quotientAndRemainder(dividingBy: unit)
    let rounded = whole + (rest * 2 >= unit ? 1 : 0)
    if isShort {
      let (seconds, tenths) = rounded.quotientAndRemainder(dividingBy: 10)
      return tenths == 0 ? "\(seconds) s" : "\(seconds).\(tenths) s"
    }
    let parts = [(rounded / 3600, "h"), (rounded / 60 % 60, "min"), (rounded % 60, "s")]
    return parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: " ")
  }

  /// A share to a tenth of a percent: `33.3%`, `10%`.
  public static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return tenths.isMultiple(of: 10) ? "\(tenths / 10)%" : "\(tenths / 10).\(abs(tenths % 10))%"
  }

  /// The next whole hour at or above a length of time, as a horizon is written.
  static func hours(above span: Span) -> String {
    let hour: Int64 = 3_600_000_000_000
    return "\((span.nanoseconds + hour - 1) / hour)h"
  }
}
