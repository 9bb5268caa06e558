extension Elementary {
  /// The probability that a standard normal quantity is at most the argument; error below 5 ulp.
  ///
  /// Φ(x) = erfc(-x / √2) / 2, with the exponential taken of x itself, so that also the far lower tail
  /// keeps its digits: Φ(-37) = 5.7e-300.
  public static func normalCumulative(_ x: Double) -> Double {
    if x > -1 {
      return 0.5 * complementaryErrorFunction(-x * squareRootOfHalf)
    }
    guard !x.isNaN else { return .nan }
    guard x > -39 else { return 0 }
    // exp(-x²/2): half of the square has the same digits as the square.
    let high = Double(bitPattern: x.bitPattern & 0xffff_ffff_f800_0000)
    let rest = (x - high) * (x + high)
    let exponentials = exponential(-0.5 * high * high) * exponential(-0.5 * rest)
    return 0.5 * exponentials * scaledComplement(-x * squareRootOfHalf)
  }

  private static let squareRootOfHalf = 0.7071067811865476

  /// The value that a standard normal quantity stays below with the given probability.
  ///
  ///     Elementary.normalQuantile(0.95)  // 1.6448536269514722
  ///
  /// Minus infinity at 0, infinity at 1, NaN outside. Relative error about 10⁻¹⁵, that is below 8 ulp
  /// away from the median, where the result itself is tiny. The three rational approximations are those
  /// of PPND16 (Wichura 1988, algorithm AS 241, Applied Statistics 37, 477-484, doi:10.2307/2347330).
  public static func normalQuantile(_ p: Double) -> Double {
    let q = p - 0.5
    guard q.magnitude > 0.425 else { return normalQuantileNearMedian(q) }
    let tail = q < 0 ? p : 1 - p
    guard tail > 0 else { return tail == 0 ? (q < 0 ? -.infinity : .infinity) : .nan }
    let value = normalQuantileOfTail((-logarithm(tail)).squareRoot())
    return q < 0 ? -value : value
  }

  @inline(__always)
  private static func normalQuantileNearMedian(_ q: Double) -> Double {
    let r = 0.180625 - q * q
    let numerator = polynomial(
      r, 3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
      1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
      3.3430575583588128105e4, 2.5090809287301226727e3)
    let denominator = polynomial(
      r, 1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
      2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
      5.2264952788528545610e3)
    return q * numerator / denominator
  }

  /// The quantile's magnitude where √(-log tail) is the argument.
  private static func normalQuantileOfTail(_ root: Double) -> Double {
    guard root > 5 else {
      let r = root - 1.6
      let numerator = polynomial(
        r, 1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
        3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
        2.27238449892691845833e-2, 7.74545014278341407640e-4)
      let denominator = polynomial(
        r, 1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
        1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
        1.05075007164441684324e-9)
      return numerator / denominator
    }
    let r = root - 5
    let numerator = polynomial(
      r, 6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
      2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
      2.71155556874348757815e-5, 2.01033439929228813265e-7)
    let denominator = polynomial(
      r, 1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
      7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
      2.04426310338993978564e-15)
    return numerator / denominator
  }
}
