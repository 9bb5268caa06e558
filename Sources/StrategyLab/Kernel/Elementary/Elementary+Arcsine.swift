extension Elementary {
  /// The angle in radians, from -π/2 to π/2, whose sine is the argument; error below 2 ulp.
  ///
  /// NaN outside of -1 to 1. The rational approximation is that of fdlibm (Sun Microsystems 1993, `e_asin.c`);
  /// above one half the angle is reached from the right angle, by asin x = π/2 - 2 asin √((1 - x) / 2).
  public static func arcsine(_ x: Double) -> Double {
    let size = x.magnitude
    guard size <= 1 else { return .nan }
    guard size > 0.5 else { return x + x * arcsineExcess(x * x) }
    let z = (1 - size) / 2
    let root = z.squareRoot()
    // The root in two parts, so that twice it can be taken off without its rounding.
    let high = Double(bitPattern: root.bitPattern & 0xffff_ffff_0000_0000)
    let low = root > 0 ? (z - high * high) / (root + high) : 0
    let rest = 2 * root * arcsineExcess(z) - (6.12323399573676603587e-17 - 2 * low)
    let quarter = 7.85398163397448278999e-01
    let angle = quarter - (rest - (quarter - 2 * high))
    return x < 0 ? -angle : angle
  }

  /// (asin √z - √z) / √z for z up to one quarter.
  private static func arcsineExcess(_ z: Double) -> Double {
    let numerator = polynomial(
      z, 1.66666666666666657415e-01, -3.25565818622400915405e-01, 2.01212532134862925881e-01,
      -4.00555345006794114027e-02, 7.91534994289814532176e-04, 3.47933107596021167570e-05)
    let denominator = polynomial(
      z, 1, -2.40339491173441421878e+00, 2.02094576023350569471e+00, -6.88283971605453293030e-01,
      7.70381505559019352791e-02, 0)
    return z * numerator / denominator
  }
}
