extension Elementary {
  /// The exponential function; error below 1 ulp.
  ///
  /// Infinity above 709.78, and zero below -745.13. The method is fdlibm's `e_exp.c` (Sun Microsystems
  /// 1993): with x = k log 2 + r and |r| at most half of log 2, e^r = 1 + r + r c / (2 - c) where
  /// c = r - r² P(r²), P being a minimax polynomial.
  public static func exponential(_ x: Double) -> Double {
    guard x.magnitude < 708 else { return exponentialOfUnusual(x) }
    let (exponent, high, low) = reducedExponent(x)
    return (1 + exponentialTail(high, low)) * powerOfTwo(exponent)
  }

  /// The exponential of numbers whose result may leave the normal range, and of NaN.
  private static func exponentialOfUnusual(_ x: Double) -> Double {
    guard !x.isNaN else { return .nan }
    if x > 709.782712893384 { return .infinity }
    if x < -745.1332191019412 { return 0 }
    let (exponent, high, low) = reducedExponent(x)
    let value = 1 + exponentialTail(high, low)
    // In two factors, of which only the last can round.
    return x > 0
      ? value * powerOfTwo(exponent - 1) * 2
      : value * powerOfTwo(exponent + 100) * 0x1p-100
  }

  /// The k and r of x = k log 2 + r, r in two parts.
  @inline(__always)
  private static func reducedExponent(_ x: Double) -> (exponent: Int64, high: Double, low: Double) {
    let exponent = nearestWhole(x * 1.44269504088896338700)
    return (
      Int64(exponent), x - exponent * logarithmOf2High, exponent * logarithmOf2Low
    )
  }

  /// e^(high - low) - 1 for an argument of at most half of log 2 in magnitude.
  @inline(__always)
  private static func exponentialTail(_ high: Double, _ low: Double) -> Double {
    let r = high - low
    let z = r * r
    let upper = (4.13813679705723846039e-08 * z - 1.65339022054652515390e-06) * z
    let middle = ((upper + 6.61375632143793436117e-05) * z - 2.77777777770155933842e-03) * z
    let c = r - z * (middle + 1.66666666666666019037e-01)
    return high - (low - r * c / (2 - c))
  }

  /// 2 to a power from -1022 to 1023.
  @inline(__always)
  private static func powerOfTwo(_ exponent: Int64) -> Double {
    Double(bitPattern: UInt64(bitPattern: exponent &+ 1023) << 52)
  }

  /// The exponential function less one, exact also near zero; error below 2 ulp.
  ///
  /// As ``exponential(_:)``, with the one added to the power of two instead of to the small part.
  public static func exponentialMinusOne(_ x: Double) -> Double {
    if x.magnitude < 0x1p-54 { return x }
    // Below -38 the exponential is less than half an ulp of one; above 40 one is less than that of it.
    guard x > -38 else { return x.isNaN ? .nan : -1 }
    guard x < 40 else { return exponential(x) }
    let (exponent, high, low) = reducedExponent(x)
    let tail = exponentialTail(high, low)
    let scale = powerOfTwo(exponent)
    return (scale - 1) + scale * tail
  }
}
