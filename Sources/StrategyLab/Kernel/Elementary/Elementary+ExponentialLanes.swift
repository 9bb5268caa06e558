extension Elementary {
  /// The exponential function of four numbers at once; each result has the bits that it has alone.
  ///
  /// The operations are those of ``exponential(_:)`` in the same order, and IEEE 754 defines each of
  /// them by itself, so that it does not matter how many are done together. Numbers whose result may leave the
  /// normal range are computed one by one.
  static func exponentials(_ x: SIMD4<Double>) -> SIMD4<Double> {
    // A lane that is not a number is not below the bound either.
    guard all(magnitude(x) .< 708) else {
      return SIMD4(exponential(x[0]), exponential(x[1]), exponential(x[2]), exponential(x[3]))
    }
    // Adding a number whose last place is one leaves the whole number in the lowest bits.
    let shifted = x * 1.44269504088896338700 + 0x1.8p52
    let exponent = shifted - 0x1.8p52
    let high = x - exponent * logarithmOf2High
    let low = exponent * logarithmOf2Low
    let r = high - low
    let z = r * r
    let upper = (4.13813679705723846039e-08 * z - 1.65339022054652515390e-06) * z
    let middle = ((upper + 6.61375632143793436117e-05) * z - 2.77777777770155933842e-03) * z
    let c = r - z * (middle + 1.66666666666666019037e-01)
    let tail = high - (low - r * c / (2 - c))
    let bits = unsafeBitCast(shifted, to: SIMD4<UInt64>.self)
    let power = unsafeBitCast((bits &+ 1023) &<< 52, to: SIMD4<Double>.self)
    return (1 + tail) * power
  }

  @inline(__always)
  private static func magnitude(_ x: SIMD4<Double>) -> SIMD4<Double> {
    let bits = unsafeBitCast(x, to: SIMD4<UInt64>.self) & 0x7fff_ffff_ffff_ffff
    return unsafeBitCast(bits, to: SIMD4<Double>.self)
  }
}
