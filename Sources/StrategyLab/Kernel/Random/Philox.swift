/// The Philox4x32-10 bijection: 128 bits of counter become 128 random bits under a key of 64.
///
/// A counter-based generator has no state to share or to advance: the n-th block is computed from n, so
/// that streams for different purposes never have to be drawn in any order. Ten rounds of multiplication
/// and exclusive-or pass every test of TestU01's BigCrush.
///
/// Source: Salmon, Moraes, Dror and Shaw (2011), "Parallel Random Numbers: As Easy as 1, 2, 3",
/// doi:10.1145/2063384.2063405. The tests hold the known answers of their library Random123.
@frozen
public enum Philox {
  /// The 128 random bits of a counter under a key, the first word of each half in its low bits.
  @inlinable
  public static func block(
    _ counter: (UInt32, UInt32, UInt32, UInt32), key: (UInt32, UInt32)
  ) -> (UInt64, UInt64) {
    var (c0, c1, c2, c3) = counter
    var (k0, k1) = key
    for _ in 0..<10 {
      // The multipliers are the authors'; the key advances by the golden ratio and by √3 - 1.
      let first = UInt64(c0) &* 0xd251_1f53
      let second = UInt64(c2) &* 0xcd9e_8d57
      c0 = UInt32(truncatingIfNeeded: second >> 32) ^ c1 ^ k0
      c1 = UInt32(truncatingIfNeeded: second)
      c2 = UInt32(truncatingIfNeeded: first >> 32) ^ c3 ^ k1
      c3 = UInt32(truncatingIfNeeded: first)
      k0 &+= 0x9e37_79b9
      k1 &+= 0xbb67_ae85
    }
    return (UInt64(c0) | UInt64(c1) << 32, UInt64(c2) | UInt64(c3) << 32)
  }
}
