/// A time in the first column of a trace, in nanoseconds of a clock of its own.
struct TraceTime: Hashable {
  /// How the times of a trace are written; all rows have the kind of the first.
  enum Kind: Sendable, Hashable {
    /// `12.5`: seconds from any start.
    case seconds
    /// `2014-04-10 00:04:00`: a stamp without a zone.
    case localStamp
    /// `1995-07-01T00:00:00-04:00`: a stamp with its distance from UTC.
    case zonedStamp
  }

  /// Nanoseconds since any start that all rows share.
  let nanoseconds: Int64
  /// How it was written.
  let kind: Kind

  /// The time that a text means; nil if it means none.
  ///
  /// What is finer than a nanosecond is cut off: recorded times often carry the noise of a `Double`.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var reader = DigitReader(bytes: bytes)
    let isStamp = bytes.count >= 10 && bytes[4] == UInt8(ascii: "-")
    guard let time = isStamp ? TraceTime.stamp(&reader) : TraceTime.seconds(&reader),
      reader.isAtEnd
    else { return nil }
    self = time
  }

  private init(nanoseconds: Int64, kind: Kind) {
    self.nanoseconds = nanoseconds
    self.kind = kind
  }

  private static func seconds(_ reader: inout DigitReader) -> TraceTime? {
    guard let whole = reader.number(atMost: 10), whole <= 9_000_000_000,
      let fraction = reader.fraction()
    else { return nil }
    return TraceTime(nanoseconds: whole * 1_000_000_000 + fraction, kind: .seconds)
  }

  private static func stamp(_ reader: inout DigitReader) -> TraceTime? {
    guard let year = reader.digits(4), reader.take("-"), let month = reader.digits(2),
      reader.take("-"), let day = reader.digits(2), 1700...2200 ~= year, 1...12 ~= month,
      1...daysIn(month, of: year) ~= day
    else { return nil }
    var ofDay: Int64 = 0
    var fraction: Int64 = 0
    if reader.take("T") || reader.take(" ") {
      guard let hour = reader.digits(2), reader.take(":"), let minute = reader.digits(2),
        hour <= 23, minute <= 59
      else { return nil }
      ofDay = hour * 3600 + minute * 60
      if reader.take(":") {
        guard let second = reader.digits(2), second <= 59, let part = reader.fraction()
        else { return nil }
        ofDay += second
        fraction = part
      }
    }
    guard let zone = zone(&reader) else { return nil }
    let seconds = days(year, month, day) * 86_400 + ofDay - (zone.offset ?? 0)
    return TraceTime(
      nanoseconds: seconds * 1_000_000_000 + fraction,
      kind: zone.offset == nil ? .localStamp : .zonedStamp)
  }

  /// The distance from UTC in seconds, nil inside if none is written, nil outside if it is no zone.
  private static func zone(_ reader: inout DigitReader) -> (offset: Int64?, Void)? {
    if reader.isAtEnd { return (nil, ()) }
    if reader.take("Z") { return (0, ()) }
    let isWest = reader.take("-")
    guard isWest || reader.take("+"), let hours = reader.digits(2), hours <= 23 else { return nil }
    var minutes: Int64 = 0
    if !reader.isAtEnd {
      _ = reader.take(":")
      guard let digits = reader.digits(2), digits <= 59 else { return nil }
      minutes = digits
    }
    return ((hours * 3600 + minutes * 60) * (isWest ? -1 : 1), ())
  }

  private static func daysIn(_ month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 1970-01-01 in the Gregorian calendar.
  ///
  /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013), `days_from_civil`.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}

/// Takes digits and signs off the front of bytes.
private struct DigitReader {
  let bytes: UnsafeBufferPointer<UInt8>
  var offset = 0

  var isAtEnd: Bool { offset == bytes.count }

  mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: sign) else { return false }
    offset += 1
    return true
  }

  /// Exactly so many digits.
  mutating func digits(_ count: Int) -> Int64? {
    let start = offset
    guard let value = number(atMost: count), offset - start == count else { return nil }
    return value
  }

  /// One digit or more, at most so many.
  mutating func number(atMost count: Int) -> Int64? {
    var value: Int64 = 0
    let start = offset
    while offset < bytes.count, offset - start < count, let digit = digit(bytes[offset]) {
      value = value * 10 + digit
      offset += 1
    }
    return offset > start ? value : nil
  }

  /// The nanoseconds behind a point, 0 if there is none; nil for a point without digits.
  mutating func fraction() -> Int64? {
    guard take(".") || take(",") else { return 0 }
    var value: Int64 = 0
    let start = offset
    while offset < bytes.count, let digit = digit(bytes[offset]) {
      if offset - start < 9 { value = value * 10 + digit }
      offset += 1
    }
    guard offset > start else { return nil }
    for _ in 0..<max(0, 9 - (offset - start)) { value *= 10 }
    return value
  }

  private func digit(_ byte: UInt8) -> Int64? {
    byte >= 0x30 && byte <= 0x39 ? Int64(byte - 0x30) : nil
  }
}
