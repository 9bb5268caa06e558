import ArgumentParser
import LabUnits

/// Lengths of time as they stand on the command line.
enum LengthOfTime {
  /// The length that a text names, above nothing and up to a year: `30m`, `1h30m`.
  ///
  /// - Throws: `ValidationError` with what is wrong.
  static func span(_ text: String) throws -> Span {
    let span: Span
    do {
      span = try Span(text: text)
    } catch {
      throw ValidationError("\(error.reason); \(error.hint)")
    }
    guard span > .zero, span <= .hours(24 * 366) else {
      throw ValidationError("write a time above 0s and up to 8784h, such as 30m")
    }
    return span
  }
}
