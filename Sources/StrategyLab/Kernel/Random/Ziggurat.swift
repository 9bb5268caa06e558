/// Exponential and normal quantities from one random word of 64 bits, most of them with one comparison.
///
/// The area under a density is cut into 256 layers of equal area. A layer is chosen, then a point of its
/// width; if the point lies left of the next layer's edge it is under the curve, whatever its height. That is so
/// for 98.9% of the exponential points and for 99.3% of the normal ones; the rest are decided by their
/// height, or belong to the tail.
///
/// Layer, sign and point are made of different bits of the word: the lowest 8 choose the layer, the next
/// is the sign, the highest 53 the point. To reuse the bits of the layer for the point, as the first
/// publication did, makes the quantities fail tests of their independence.
///
/// All is computed with operations that IEEE 754 defines to the last bit, so that a word gives the same
/// quantity on every machine. A greater word does not give a greater quantity: what must be monotone in
/// the draw is drawn with ``RandomStream``.
///
/// Sources: Marsaglia and Tsang (2000), "The Ziggurat Method for Generating Random Variables", Journal of
/// Statistical Software 5(8), doi:10.18637/jss.v005.i08; Doornik (2005), "An Improved Ziggurat Method to
/// Generate Normal Random Samples", University of Oxford, for the separate bits and for comparing
/// points instead of integers.
public enum Ziggurat {
  /// An exponential quantity of mean 1.
  ///
  /// - Parameters:
  ///   - word: 64 random bits.
  ///   - more: Gives further words; called for 1 quantity in 90.
  /// - Returns: a quantity of 0 or more.
  @inlinable
  @inline(__always)
  public static func exponential(_ word: UInt64, more: () -> UInt64) -> Double {
    let layer = Int(truncatingIfNeeded: word & 255)
    let point = unit(word) * exponentialEdges[layer]
    if point < exponentialEdges[layer &+ 1] { return point }
    return exponentialBeyondEdge(word, more: more)
  }

  /// A standard normal quantity.
  ///
  /// - Parameters:
  ///   - word: 64 random bits.
  ///   - more: Gives further words; called for 1 quantity in 140.
  /// - Returns: a quantity of either sign.
  @inlinable
  @inline(__always)
  public static func normal(_ word: UInt64, more: () -> UInt64) -> Double {
    let layer = Int(truncatingIfNeeded: word & 255)
    let point = unit(word) * normalEdges[layer]
    if point < normalEdges[layer &+ 1] { return signed(point, by: word) }
    return normalBeyondEdge(word, more: more)
  }

  /// The highest 53 bits of a word as a number from 0 to below 1.
  @inlinable
  @inline(__always)
  static func unit(_ word: UInt64) -> Double {
    Double(Int64(bitPattern: word >> 11)) * 0x1p-53
  }

  /// A number with the sign that the ninth bit of a word gives it.
  @inlinable
  @inline(__always)
  static func signed(_ point: Double, by word: UInt64) -> Double {
    Double(bitPattern: point.bitPattern ^ (word & 256) << 55)
  }
}
