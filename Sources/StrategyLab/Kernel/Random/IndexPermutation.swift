/// A shuffle of 0..<count that is computed and not kept: every index has its place, and no two the same.
///
///     let order = IndexPermutation(count: 1_000_000, key: 7)
///     order(0)   // who comes first
///
/// It takes no memory, however large the count. An index is cut into two parts of bits; in turns each
/// part is mixed with a keyed hash of the other, which can be undone and so never brings two indices to one
/// place (a Feistel network; Luby and Rackoff 1988, "How to Construct Pseudorandom Permutations from
/// Pseudorandom Functions", doi:10.1137/0217022). It shuffles a power of two, at least 16, that is below twice the count;
/// a result beyond the count goes through it again until it is below, less than two passes in the
/// mean (cycle walking; Black and Rogaway 2002, "Ciphers with Arbitrary Finite Domains", doi:10.1007/3-540-45760-7_9).
///
/// It is no cipher: a few hundred keys of few indices do not reach every order.
@frozen
public struct IndexPermutation: Sendable {
  /// How many indices are shuffled.
  public let count: UInt64
  @usableFromInline let key: UInt64
  /// How many bits the lower part has, and its mask.
  @usableFromInline let lowBits: UInt64
  @usableFromInline let lowMask: UInt64
  @usableFromInline let highMask: UInt64

  /// The shuffle of so many indices that a key names.
  ///
  /// - Parameters:
  ///   - count: How many indices, at least 1.
  ///   - key: Which shuffle.
  @inlinable
  public init(count: UInt64, key: UInt64) {
    precondition(count > 0, "there must be an index to shuffle")
    self.count = count
    self.key = key
    // Of fewer than four bits the network does not reach every order.
    let bits = UInt64(max(4, 64 - (count - 1).leadingZeroBitCount))
    lowBits = bits / 2
    lowMask = 1 << (bits / 2) - 1
    highMask = 1 << (bits - bits / 2) - 1
  }

  /// The place of an index.
  ///
  /// - Precondition: the index is below the count.
  @inlinable
  public func callAsFunction(_ index: UInt64) -> UInt64 {
    precondition(index < count, "the index is one of those shuffled")
    var place = pass(index)
    while place >= count { place = pass(place) }
    return place
  }

  /// Once through the network, of the whole power of two.
  @inlinable
  func pass(_ index: UInt64) -> UInt64 {
    var low = index & lowMask
    var high = index >> lowBits
    for round in 0..<4 as Range<UInt64> {
      low ^= mixed(high, 2 &* round) & lowMask
      high ^= mixed(low, 2 &* round &+ 1) & highMask
    }
    return high << lowBits | low
  }

  /// A hash of a part under the key of a round.
  ///
  /// The finaliser of SplitMix64 (Steele, Lea and Flood 2014, "Fast Splittable Pseudorandom Number
  /// Generators", doi:10.1145/2660193.2660195), whose increment keeps the rounds apart.
  @inlinable
  func mixed(_ part: UInt64, _ round: UInt64) -> UInt64 {
    var z = (part ^ key) &+ (round &+ 1) &* 0x9e37_79b9_7f4a_7c15
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return z ^ z >> 31
  }
}
