/// Elementary functions whose results are the same bits on every processor.
///
/// The C library picks a variant of `log`, `exp` and `pow` when the program starts, by what the
/// processor offers, and the variants differ in the last bit. A simulation that promises the same
/// bytes from the same seed cannot draw with them. The functions here use nothing but `+ - * /`, the
/// square root, integers and bit patterns: operations that IEEE 754 defines to the last bit and that
/// Swift never contracts into a fused multiply-add.
///
///     Elementary.logarithm(10)        // 2.302585092994046
///     Elementary.cosine(turns: 0.25)  // 0
///
/// Each function states its error in units in the last place (ulp) of the result; the tests hold them
/// to that bound. NaN in gives NaN out, and infinities behave as in the C library.
public enum Elementary {
  /// The cosine of an angle given in full turns; error below 2 ulp.
  ///
  /// Whole turns leave without rounding, so that quarters of a turn give exactly 0, 1 or -1 however
  /// often the angle went round.
  ///
  /// The polynomials are the minimax ones of fdlibm (Sun Microsystems 1993, `k_cos.c` and `k_sin.c`).
  public static func cosine(turns: Double) -> Double {
    guard turns.isFinite else { return .nan }
    // From here on every number is a whole one.
    guard turns.magnitude < 0x1p52 else { return 1 }
    let quarters = turns.magnitude * 4
    let quarter = quarters.rounded(.toNearestOrEven)
    // Within an eighth of a turn of a whole quarter; the subtraction is exact.
    let angle = (quarters - quarter) * (Double.pi / 2)
    switch Int64(quarter) & 3 {
    case 0: return cosineNearZero(angle)
    // Subtracted from zero, so that a quarter turn gives 0 and not -0.
    case 1: return 0 - sineNearZero(angle)
    case 2: return -cosineNearZero(angle)
    default: return sineNearZero(angle)
    }
  }

  /// The cosine of at most an eighth of a turn, in radians.
  private static func cosineNearZero(_ x: Double) -> Double {
    let z = x * x
    let tail = polynomial(
      z, 4.16666666666666019037e-02, -1.38888888888741095749e-03, 2.48015872894767294178e-05,
      -2.75573143513906633035e-07, 2.08757232129817482790e-09, -1.13596475577881948265e-11)
    let half = 0.5 * z
    let whole = 1 - half
    return whole + (((1 - whole) - half) + z * z * tail)
  }

  /// The sine of at most an eighth of a turn, in radians.
  private static func sineNearZero(_ x: Double) -> Double {
    let z = x * x
    let tail = polynomial(
      z, -1.66666666666666324348e-01, 8.33333333332248946124e-03, -1.98412698298579493134e-04,
      2.75573137070700676789e-06, -2.50507602534068634195e-08, 1.58969099521155010221e-10)
    return x + x * z * tail
  }

  /// The nearest whole number, ties to even, of a number below 2⁵¹ in magnitude.
  ///
  /// Adding a number whose last place is one leaves no room for a fraction. The library's `rounded()`
  /// gives the same but is a call on processors of the oldest x86-64 level.
  @inline(__always)
  static func nearestWhole(_ x: Double) -> Double {
    (x + 0x1.8p52) - 0x1.8p52
  }

  /// The polynomial of degree 5 with the given coefficients, by Horner's rule.
  @inline(__always)
  static func polynomial(
    _ x: Double, _ c0: Double, _ c1: Double, _ c2: Double, _ c3: Double, _ c4: Double, _ c5: Double
  ) -> Double {
    let upper = (c5 * x + c4) * x + c3
    return ((upper * x + c2) * x + c1) * x + c0
  }

  /// The polynomial of degree 7 with the given coefficients, by Horner's rule.
  @inline(__always)
  static func polynomial(
    _ x: Double, _ c0: Double, _ c1: Double, _ c2: Double, _ c3: Double, _ c4: Double,
    _ c5: Double, _ c6: Double, _ c7: Double
  ) -> Double {
    polynomial(x, c0, c1, c2, c3, c4, (c7 * x + c6) * x + c5)
  }
}
