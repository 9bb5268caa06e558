/// The shortest decimal digits that mean a number, ready to be rounded the way people round.
///
/// Rounding works on the printed digits, half away from zero, so that 1.005 becomes 1.01 although the
/// nearest binary number lies below it. No function of the C library takes part: the same number is the
/// same text on every machine.
struct DecimalDigits: Equatable {
  /// Whether the number is below zero.
  private(set) var isNegative: Bool
  /// The digits from the first that is not zero to the last that is not zero; empty for zero.
  private(set) var digits: [UInt8]
  /// The place of the point: the value is 0.d1d2d3… times ten to this power.
  private(set) var pointPosition: Int

  /// The digits of a finite number.
  ///
  /// - Precondition: `value` is finite.
  init(_ value: Double) {
    precondition(value.isFinite, "only a finite number has digits")
    var digits: [UInt8] = []
    var integerDigits = 0
    var exponent = 0
    var exponentSign = 1
    var sawPoint = false
    var sawExponent = false
    for byte in value.magnitude.description.utf8 {
      switch byte {
      case UInt8(ascii: "."): sawPoint = true
      case UInt8(ascii: "e"): sawExponent = true
      case UInt8(ascii: "-"): exponentSign = -1
      case UInt8(ascii: "+"): exponentSign = 1
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let digit = byte - UInt8(ascii: "0")
        if sawExponent {
          exponent = exponent * 10 + Int(digit)
        } else {
          digits.append(digit)
          if !sawPoint { integerDigits += 1 }
        }
      default: break
      }
    }
    isNegative = value < 0
    self.digits = digits
    pointPosition = integerDigits + exponentSign * exponent
    normalise()
  }

  /// Whether nothing is left of the number.
  var isZero: Bool { digits.isEmpty }

  /// The power of ten of the first digit: 2 for 345, -3 for 0.0012; nil for zero.
  var leadingPlace: Int? { isZero ? nil : pointPosition - 1 }

  /// The power of ten of the last digit: 0 for 345, -4 for 0.0012; nil for zero.
  var lastPlace: Int? { isZero ? nil : pointPosition - digits.count }

  /// The number rounded to a multiple of ten to the given power, half away from zero.
  func rounded(toPlace place: Int) -> DecimalDigits {
    let kept = pointPosition - place
    var result = self
    guard kept < digits.count else { return result }
    guard kept >= 0 else {
      result.digits = []
      result.normalise()
      return result
    }
    let carries = digits[kept] >= 5
    result.digits = Array(digits[..<kept])
    if carries { result.increment(atPlace: place) }
    result.normalise()
    return result
  }

  /// The number with exactly so many digits after the point; cuts what is finer, so round first.
  func text(fractionDigits: Int, groupsThousands: Bool) -> String {
    var integer = ""
    let integerCount = max(pointPosition, 1)
    for index in 0..<integerCount {
      if groupsThousands, index > 0, (integerCount - index) % 3 == 0 { integer += "," }
      integer += String(digit(atPlace: integerCount - 1 - index))
    }
    var fraction = ""
    for index in 0..<max(fractionDigits, 0) { fraction += String(digit(atPlace: -1 - index)) }
    let sign = isNegative ? "-" : ""
    return sign + integer + (fraction.isEmpty ? "" : "." + fraction)
  }

  private func digit(atPlace place: Int) -> UInt8 {
    let index = pointPosition - 1 - place
    return digits.indices.contains(index) ? digits[index] : 0
  }

  private mutating func increment(atPlace place: Int) {
    while digits.count < pointPosition - place { digits.append(0) }
    var index = digits.count - 1
    while index >= 0 {
      if digits[index] < 9 {
        digits[index] += 1
        return
      }
      digits[index] = 0
      index -= 1
    }
    digits.insert(1, at: 0)
    pointPosition += 1
  }

  private mutating func normalise() {
    while digits.last == 0 { digits.removeLast() }
    while digits.first == 0 {
      digits.removeFirst()
      pointPosition -= 1
    }
    if digits.isEmpty {
      isNegative = false
      pointPosition = 0
    }
  }
}
