extension Elementary {
  /// The logarithm of the gamma function of a positive number; error below 8 ulp.
  ///
  ///     Elementary.logGamma(5)  // log 4! = 3.1780538303479458
  ///
  /// Infinity at 0, NaN below. From 10 on by Stirling's series; below it from the Taylor series around 2,
  /// reached by Γ(x + 1) = x Γ(x), so that the zeros at 1 and 2 keep their digits (Abramowitz and
  /// Stegun 1964, 6.1.33, 6.1.40).
  public static func logGamma(_ x: Double) -> Double {
    if x >= 10 {
      guard x < .infinity else { return x }
      let main = (x - 0.5) * (logarithm(x) - 1)
      return main + (halfLogarithmOfTwoPi - 0.5 + stirlingSeries(x))
    }
    if x >= 2.5 {
      var remaining = x
      var product = 1.0
      while remaining >= 2.5 {
        remaining -= 1
        product *= remaining
      }
      return logGammaOfTwoPlus(remaining - 2) + logarithm(product)
    }
    if x >= 1.5 { return logGammaOfTwoPlus(x - 2) }
    if x >= 0.5 { return logGammaOfTwoPlus(x - 1) - logarithmOnePlus(x - 1) }
    if x > 0 { return (logGammaOfTwoPlus(x) - logarithmOnePlus(x)) - logarithm(x) }
    return x == 0 ? .infinity : .nan
  }

  static let halfLogarithmOfTwoPi = 0.9189385332046728

  /// log Γ(2 + z) for |z| up to one half: (1 - γ) z + Σ (-1)ᵏ (ζ(k) - 1) zᵏ / k, k from 2.
  private static func logGammaOfTwoPlus(_ z: Double) -> Double {
    var sum = 0.0
    for coefficient in logGammaSeries.reversed() { sum = sum * z + coefficient }
    return z * (0.42278433509846713 + z * sum)
  }

  /// (-1)ᵏ (ζ(k) - 1) / k for k from 2 to 27; the next term is below 2⁻⁵⁷.
  private static let logGammaSeries: [Double] = [
    0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986,
    0.0028905103307415234, -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939,
    9.945751278180853e-05, -4.492623673813314e-05, 2.050721277567069e-05, -9.439488275268397e-06,
    4.374866789907488e-06, -2.039215753801366e-06, 9.55141213040742e-07, -4.492469198764566e-07,
    2.1207184805554665e-07, -1.0043224823968099e-07, 4.7698101693639804e-08,
    -2.2711094608943164e-08, 1.0838659214896955e-08, -5.183475041970047e-09, 2.4836745438024785e-09,
    -1.1921401405860912e-09, 5.731367241678862e-10, -2.7595228851242334e-10,
  ]

  /// 1/(12x) - 1/(360x³) + 1/(1260x⁵) - ..., for x of at least 10.
  static func stirlingSeries(_ x: Double) -> Double {
    let z = 1 / (x * x)
    let series = polynomial(
      z, 1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156, 0)
    return series / x
  }
}
