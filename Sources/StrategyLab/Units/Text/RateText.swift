/// Quantities that are plain numbers in the code and have a unit in the text: rates and money.
public enum RateText {
  /// The largest number a rate or a sum of money may be: beyond it sums lose their units.
  private static let limit = 1e12

  /// The events per second that a text means: `1200/s`, `90/min`, `5000/h`, `2/d`.
  ///
  /// - Parameter text: A number, a stroke and a unit of time; no sign, space or exponent.
  /// - Returns: events per second, 0 or more.
  /// - Throws: what is wrong with the text.
  public static func perSecond(text: String) throws(QuantityError) -> Double {
    var reader = try QuantityReader(text, as: .rate)
    let number = try reader.floatingNumber()
    guard reader.take("/") else {
      let unit = reader.unit()
      throw unit.isEmpty && reader.isAtEnd ? reader.fault(.missingUnit) : reader.trailing(unit)
    }
    let unit = reader.unit()
    let seconds: Double
    switch unit {
    case "s": seconds = 1
    case "min": seconds = 60
    case "h": seconds = 3600
    case "d": seconds = 86_400
    default:
      throw reader.fault(reader.isAtEnd && !unit.isEmpty ? .unknownUnit("/" + unit) : .malformed)
    }
    guard reader.isAtEnd else { throw reader.fault(.malformed) }
    guard number / seconds <= limit else { throw reader.fault(.tooLarge) }
    return number / seconds
  }

  /// The dollars that a text means: `$0.25`.
  ///
  /// - Parameter text: A dollar sign and a number; no sign, space or exponent.
  /// - Returns: dollars, 0 or more.
  /// - Throws: what is wrong with the text.
  public static func dollars(text: String) throws(QuantityError) -> Double {
    var reader = try QuantityReader(text, as: .dollars)
    let (number, hasSign) = try money(&reader)
    let unit = reader.unit()
    guard unit.isEmpty, reader.isAtEnd else { throw reader.trailing(unit) }
    guard hasSign else { throw reader.fault(.missingUnit) }
    return number
  }

  /// The dollars per hour that a text means: `$0.0316/h`.
  ///
  /// - Parameter text: A dollar sign, a number and `/h`; no sign, space or exponent.
  /// - Returns: dollars per hour, 0 or more.
  /// - Throws: what is wrong with the text.
  public static func dollarsPerHour(text: String) throws(QuantityError) -> Double {
    var reader = try QuantityReader(text, as: .dollarsPerHour)
    let (number, hasSign) = try money(&reader)
    if reader.isAtEnd { throw reader.fault(.missingUnit) }
    guard reader.take("/") else { throw reader.trailing(reader.unit()) }
    let unit = reader.unit()
    guard unit == "h", reader.isAtEnd else {
      throw reader.fault(reader.isAtEnd && !unit.isEmpty ? .unknownUnit("/" + unit) : .malformed)
    }
    guard hasSign else { throw reader.fault(.malformed) }
    return number
  }

  private static func money(_ reader: inout QuantityReader) throws(QuantityError) -> (Double, Bool)
  {
    let hasSign = reader.take("$")
    let number = try reader.floatingNumber()
    guard number <= limit else { throw reader.fault(.tooLarge) }
    return (number, hasSign)
  }
}
