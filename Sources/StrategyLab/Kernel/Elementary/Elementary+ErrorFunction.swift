extension Elementary {
  /// The error function, 2/√π times the integral of exp(-t²) from 0 to the argument; error below 2 ulp.
  public static func errorFunction(_ x: Double) -> Double {
    guard x.magnitude >= 0.5 else { return errorFunctionNearZero(x) }
    let value = 1 - complementaryErrorFunction(x.magnitude)
    return x < 0 ? -value : value
  }

  /// One less the error function, exact also where that is tiny; error below 5 ulp.
  ///
  /// Zero above 27.3, where the result is below the least double. From 26.5 on the result is
  /// subnormal, or nearly, and has fewer digits.
  public static func complementaryErrorFunction(_ x: Double) -> Double {
    if x.magnitude < 0.5 { return 1 - errorFunctionNearZero(x) }
    guard !x.isNaN else { return .nan }
    guard x.magnitude < 28 else { return x > 0 ? 0 : 2 }
    let tail = exponentialOfNegatedSquare(x) * scaledComplement(x.magnitude)
    return x > 0 ? tail : 2 - tail
  }

  /// The error function below one half, by its Taylor series: 2/√π Σ (-1)ⁿ x²ⁿ⁺¹ / (n! (2n + 1)).
  private static func errorFunctionNearZero(_ x: Double) -> Double {
    let z = x * x
    let upper = polynomial(
      z, 1.0 / 9360, -1.0 / 75600, 1.0 / 685_440, -1.0 / 6_894_720, 1.0 / 76_204_800,
      -1.0 / 918_086_400)
    let tail = polynomial(z, -1.0 / 3, 1.0 / 10, -1.0 / 42, 1.0 / 216, -1.0 / 1320, upper)
    let term = 1.1283791670955126 * x
    return term + term * (z * tail)
  }

  /// exp(-x²), with the square carried exactly: its rounding would be magnified by x².
  static func exponentialOfNegatedSquare(_ x: Double) -> Double {
    // The upper 26 bits, whose square is exact.
    let high = Double(bitPattern: x.bitPattern & 0xffff_ffff_f800_0000)
    let rest = (x - high) * (x + high)
    return exponential(-high * high) * exponential(-rest)
  }

  /// exp(x²) erfc(x) for x of at least one half.
  ///
  /// (1 + 2x) exp(x²) erfc(x) is smooth and nearly constant in t = (x - 3) / (x + 3); a Chebyshev series
  /// in t gives it to 10⁻¹⁸. The form is that of Shepherd and Laframboise (1981, Mathematics of
  /// Computation 36, 249-253, doi:10.1090/S0025-5718-1981-0595058-X); the coefficients were computed anew
  /// for x ≥ 1/2 with 60 digits.
  static func scaledComplement(_ x: Double) -> Double {
    let t = (x - 3) / (x + 3)
    // From -5/7 ... 1 to -1 ... 1.
    let u = (7 * t - 1) / 6
    var next = 0.0
    var afterNext = 0.0
    for coefficient in scaledComplementSeries.reversed() {
      let current = 2 * u * next - afterNext + coefficient
      afterNext = next
      next = current
    }
    // Clenshaw's recurrence: the constant term counts u once, not twice.
    return (next - u * afterNext) / (1 + 2 * x)
  }

  /// Chebyshev coefficients of (1 + 2x) exp(x²) erfc(x) in u, from the constant term up.
  private static let scaledComplementSeries: [Double] = [
    1.2131177209271748, -0.07225473646563542, -0.02632189276459184, 0.019186588533428105,
    -0.006682350310928109, 0.0015522847050575515, -0.00023571658348154882, 1.5690562205135226e-05,
    2.153875719667181e-06, -6.012574627859283e-07, 1.3854950323746626e-08, 1.3575814484993745e-08,
    -1.3070972098097831e-09, -3.06373327557849e-10, 5.062873791614194e-11, 8.050230187118965e-12,
    -1.74987484220058e-12, -2.6365750400882025e-13, 5.909950702659242e-14, 1.0548914766564293e-14,
    -1.9235530211488676e-15, -4.764157943707682e-16, 5.502036001020429e-17, 2.2407847347890268e-17,
  ]
}
