extension Elementary {
  /// A positive number raised to a power; error below 1.5 ulp.
  ///
  /// The edges are those of the C library: anything to the power 0 is 1, 1 to any power is 1, and zero
  /// and infinity go to zero, one or infinity. A negative base gives NaN, also with a whole exponent.
  ///
  ///     Elementary.power(2, 0.5)  // 1.4142135623730951
  ///
  /// The logarithm is carried in two doubles, about 68 bits, because the exponential magnifies its
  /// absolute error: log(1 + f) = 2s + 2s³/3 + 2s⁵/5 + ..., s = f / (2 + f), the first two terms in
  /// two doubles by the error-free sums and products of Dekker (1971, doi:10.1007/BF01397083).
  public static func power(_ base: Double, _ exponent: Double) -> Double {
    if exponent == 0 || base == 1 { return 1 }
    guard base >= 0, !exponent.isNaN else { return .nan }
    if base == 0 || base == .infinity {
      return (base == 0) == (exponent > 0) ? 0 : .infinity
    }
    // So large an exponent leaves the range for every base but 1, and could not be split below.
    if exponent.magnitude > 0x1p66 { return (base > 1) == (exponent > 0) ? .infinity : 0 }
    let (high, low) = preciseLogarithm(base)
    let (product, error) = exactProduct(exponent, high)
    let result = exponential(product)
    guard result > 0, result < .infinity else { return result }
    return result + result * (error + exponent * low)
  }

  /// The logarithm of a positive finite number in two doubles, to about 2⁻⁶⁶ of itself.
  private static func preciseLogarithm(_ x: Double) -> (high: Double, low: Double) {
    let isSubnormal = x < .leastNormalMagnitude
    let (exponent, f) = reduced((isSubnormal ? x * 0x1p54 : x).bitPattern)
    let k = Double(isSubnormal ? exponent - 54 : exponent)
    // s = f / (2 + f), quotient and remainder.
    let (divisor, divisorLow) = exactSum(2, f)
    let s = f / divisor
    let (back, backLow) = exactProduct(s, divisor)
    let sLow = (((f - back) - backLow) - s * divisorLow) / divisor
    // s³, then its two thirds.
    let (square, squareError) = exactProduct(s, s)
    let squareLow = squareError + 2 * s * sLow
    let (cube, cubeError) = exactProduct(s, square)
    let cubeLow = cubeError + s * squareLow + square * sLow
    let (third, thirdError) = exactProduct(cube, 2.0 / 3)
    // The last number is what 2/3 loses to rounding.
    let thirdLow = thirdError + cubeLow * (2.0 / 3) + cube * 3.700743415417188e-17
    // 2s⁵/5 + 2s⁷/7 + ..., s² at most 0.0295: twelve terms reach 2⁻⁷⁰ of s.
    let upper = polynomial(
      square, 2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21, 2.0 / 23, 2.0 / 25)
    let tail = polynomial(square, 2.0 / 5, 2.0 / 7, 2.0 / 9, 2.0 / 11, 2.0 / 13, upper)
    let rest = cube * square * tail
    let (first, firstLow) = exactSum(k * logarithmOf2High, 2 * s)
    let (second, secondLow) = exactSum(first, third)
    let low = k * logarithmOf2Low + (2 * sLow + firstLow + secondLow + thirdLow + rest)
    let high = second + low
    return (high, low - (high - second))
  }

  /// The sum of two doubles and what it loses to rounding (Knuth 1969, section 4.2.2, theorem B).
  @inline(__always)
  static func exactSum(_ a: Double, _ b: Double) -> (sum: Double, error: Double) {
    let sum = a + b
    let bRounded = sum - a
    return (sum, (a - (sum - bRounded)) + (b - bRounded))
  }

  /// The product of two doubles below 2⁹⁰⁰ and what it loses to rounding (Dekker 1971).
  @inline(__always)
  static func exactProduct(_ a: Double, _ b: Double) -> (product: Double, error: Double) {
    let product = a * b
    let (aHigh, aLow) = halves(a)
    let (bHigh, bLow) = halves(b)
    let error = ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow
    return (product, error)
  }

  /// A double as the sum of two of 26 bits, whose products are exact (Veltkamp's splitting).
  @inline(__always)
  private static func halves(_ x: Double) -> (high: Double, low: Double) {
    let scaled = 134_217_729 * x
    let high = scaled - (scaled - x)
    return (high, x - high)
  }
}
