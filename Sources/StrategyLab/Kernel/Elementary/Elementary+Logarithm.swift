extension Elementary {
  /// The logarithm of 2, its upper 32 bits: whole multiples up to 2²⁰ of it are exact.
  static let logarithmOf2High = 6.93147180369123816490e-01

  /// What ``logarithmOf2High`` lacks.
  static let logarithmOf2Low = 1.90821492927058770002e-10

  /// The natural logarithm; error below 1 ulp.
  ///
  /// Minus infinity at zero, NaN below. The method is fdlibm's `e_log.c` (Sun Microsystems 1993): with
  /// x = 2ᵏ (1 + f) and s = f / (2 + f), log(1 + f) = 2s + s R(s²), R being a minimax polynomial.
  public static func logarithm(_ x: Double) -> Double {
    let bits = x.bitPattern
    // One comparison finds zero, subnormal and negative numbers, infinities and NaN.
    if bits &- 0x0010_0000_0000_0000 >= 0x7fe0_0000_0000_0000 {
      return logarithmOfUnusual(x)
    }
    return logarithmOfNormal(bits, scaledBy: 0)
  }

  private static func logarithmOfUnusual(_ x: Double) -> Double {
    if x == 0 { return -.infinity }
    guard x > 0 else { return .nan }
    if x == .infinity { return x }
    return logarithmOfNormal((x * 0x1p54).bitPattern, scaledBy: -54)
  }

  @inline(__always)
  private static func logarithmOfNormal(_ bits: UInt64, scaledBy scale: Int64) -> Double {
    let (exponent, f) = reduced(bits)
    return logarithm(exponent: Double(exponent + scale), f: f, correction: 0)
  }

  /// The k and f of x = 2ᵏ (1 + f) with √½ ≤ 1 + f < √2, exactly.
  @inline(__always)
  static func reduced(_ bits: UInt64) -> (exponent: Int64, f: Double) {
    // The pattern subtracted is that of √½, rounded down to 32 bits.
    let exponent = Int64(bitPattern: bits &- 0x3fe6_a09e_0000_0000) >> 52
    let significand = Double(bitPattern: bits &- UInt64(bitPattern: exponent) << 52)
    return (exponent, significand - 1)
  }

  /// k log 2 + log(1 + f) + correction.
  @inline(__always)
  private static func logarithm(exponent: Double, f: Double, correction: Double) -> Double {
    let s = f / (2 + f)
    let z = s * s
    let w = z * z
    // Even and odd powers apart, so that a processor computes both at once.
    let even =
      w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
    let oddUpper = 1.818357216161805012e-01 + w * 1.479819860511658591e-01
    let odd = z * (6.666666666666735130e-01 + w * (2.857142874366239149e-01 + w * oddUpper))
    let halfSquare = 0.5 * f * f
    let low = exponent * logarithmOf2Low + correction
    let tail = s * (halfSquare + even + odd) + low
    return exponent * logarithmOf2High - ((halfSquare - tail) - f)
  }

  /// The natural logarithm of one plus a number, exact also where the number is tiny; error below 1.5 ulp.
  ///
  /// Minus infinity at -1, NaN below. As ``logarithm(_:)``, with what the sum 1 + x lost to rounding
  /// added back, relative to the sum (fdlibm, `s_log1p.c`).
  public static func logarithmOnePlus(_ x: Double) -> Double {
    if x.magnitude < 0x1p-54 { return x }
    guard x > -1 else { return x == -1 ? -.infinity : .nan }
    guard x < 0x1p54 else { return logarithm(x) }
    let sum = 1 + x
    let (exponent, f) = reduced(sum.bitPattern)
    guard exponent != 0 else { return logarithm(exponent: 0, f: x, correction: 0) }
    let lost = sum > 2 ? 1 - (sum - x) : x - (sum - 1)
    return logarithm(exponent: Double(exponent), f: f, correction: lost / sum)
  }
}
