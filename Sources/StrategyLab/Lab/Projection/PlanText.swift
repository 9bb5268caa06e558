import LabUnits

/// Quantities in the sentences of a plan: rounded as a person would say them.
enum PlanText {
  /// A length of time: to a tenth of a second below two minutes, to a second above.
  static func span(_ span: Span) -> String {
    let unit: Int64 = span < .minutes(2) ? 100_000_000 : 1_000_000_000
    let (whole, rest) = max(span, .zero).nanoseconds.quotientAndRemainder(dividingBy: unit)
    let rounded = whole + (rest * 2 >= unit ? 1 : 0)
    return Span(nanoseconds: rounded.multipliedReportingOverflow(by: unit).partialValue).text
  }

  /// The next whole hour at or above a length of time, for a horizon.
  static func hours(above span: Span) -> String {
    let hour: Int64 = 3_600_000_000_000
    return "\((span.nanoseconds + hour - 1) / hour)h"
  }

  /// A share to a tenth of a percent: `33.3%`, `10%`.
  static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return tenths.isMultiple(of: 10) ? "\(tenths / 10)%" : "\(tenths / 10).\(abs(tenths % 10))%"
  }
}
