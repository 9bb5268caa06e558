/// A decimal number as digits and the place of its point, so that a text becomes whole units without rounding.
///
/// `1.5h` is 15 tenths of 3,600,000,000,000 ns. Through `Double` the same text would depend on the
/// rounding of a library, and a share such as `0.1%` could miss its whole millionths.
struct ExactDecimal: Hashable {
  /// The digits without the point and without trailing zeros behind it.
  let digits: UInt64
  /// How many of the digits stand behind the point.
  let decimals: Int

  /// What was found at the start of a text.
  enum Scan: Hashable {
    /// No number, or one without digits on both sides of its point.
    case absent
    /// A number with more digits before its point than 64 bits hold.
    case tooLarge
    /// A number with more digits behind its point than 64 bits hold.
    case tooFine
    /// A number.
    case number(ExactDecimal)
  }

  /// Takes a number off the front of a text; takes nothing but digits and one point.
  static func scan(_ bytes: inout Substring.UTF8View) -> Scan {
    var digits: UInt64 = 0
    var decimals = 0
    var zerosWaiting = 0
    var isTooLarge = false
    var isTooFine = false
    func digit() -> UInt64? {
      guard let byte = bytes.first, byte >= 0x30, byte <= 0x39 else { return nil }
      return UInt64(byte - 0x30)
    }
    func append(_ digit: UInt64) -> Bool {
      let (tens, overflow) = digits.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(digit)
      if !overflow, !carry { digits = sum }
      return !overflow && !carry
    }

    guard digit() != nil else { return .absent }
    while let next = digit() {
      bytes.removeFirst()
      isTooLarge = !append(next) || isTooLarge
    }
    if bytes.first == UInt8(ascii: ".") {
      bytes.removeFirst()
      guard digit() != nil else { return .absent }
      while let next = digit() {
        bytes.removeFirst()
        guard next != 0 else {
          zerosWaiting += 1
          continue
        }
        for shifted in 0...zerosWaiting {
          isTooFine = !append(shifted == zerosWaiting ? next : 0) || isTooFine
        }
        decimals += zerosWaiting + 1
        zerosWaiting = 0
      }
    }
    if isTooLarge { return .tooLarge }
    if isTooFine || decimals > 19 { return .tooFine }
    return .number(ExactDecimal(digits: digits, decimals: decimals))
  }

  /// What a number of units is in whole small units.
  enum Whole: Hashable {
    /// So many.
    case exactly(Int64)
    /// A part would be left over.
    case tooFine
    /// More than 63 bits hold.
    case tooLarge
  }

  /// The number times a unit, in whole small units of it.
  func times(_ unit: UInt64) -> Whole {
    var power: UInt64 = 1
    for _ in 0..<decimals { power *= 10 }
    let product = digits.multipliedFullWidth(by: unit)
    guard product.high < power else { return .tooLarge }
    let (quotient, remainder) = power.dividingFullWidth(product)
    guard let whole = Int64(exactly: quotient) else { return .tooLarge }
    return remainder == 0 ? .exactly(whole) : .tooFine
  }
}

extension ExactDecimal {
  /// A count of small units as a decimal number of large ones, exact, without trailing zeros.
  ///
  /// - Precondition: the large unit is a power of ten of the small one.
  static func text(_ count: UInt64, of unit: UInt64) -> String {
    let (whole, rest) = count.quotientAndRemainder(dividingBy: unit)
    guard rest > 0 else { return "\(whole)" }
    var decimals = ""
    var remaining = rest
    var place = unit / 10
    while remaining > 0 {
      decimals += "\(remaining / place)"
      remaining %= place
      place /= 10
    }
    return "\(whole).\(decimals)"
  }
}
