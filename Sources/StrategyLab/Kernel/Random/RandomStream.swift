/// An endless, reproducible sequence of random numbers named by seed, replication, purpose and entity.
///
/// There is no generator to share: a stream is a value that is computed from its name. The 40th start of
/// a replica draws the same span whatever was drawn before it, on whatever thread, under whatever
/// strategy; that is what makes runs reproducible and strategies comparable on common random numbers.
///
///     var stream = RandomStream(seed: 7, replication: 0, purpose: .arrivals, entity: 3)
///     let gap = stream.exponential(mean: 0.2)
///
/// **Layout.** The seed is the key of ``Philox``, its low half first. The counter's four words are, from
/// the first:
///
///     block number | entity | purpose | replication
///
/// A block gives two draws of 64 bits, so a stream holds 2³³ of them, and 2³² streams exist for each of
/// 2³² purposes in each of 2³² replications. No two of them overlap, because no counter occurs twice.
/// After its last block a stream traps rather than repeat itself.
///
/// A copy of a stream draws the same numbers again, as a copy of any value would.
@frozen
public struct RandomStream: Sendable, Hashable {
  @usableFromInline let key: UInt64
  @usableFromInline let entity: UInt32
  @usableFromInline let purpose: UInt32
  @usableFromInline let replication: UInt32
  /// The block that is computed next; 2³² when there is none left.
  @usableFromInline var nextBlock: UInt64
  /// The second draw of the last block, while it waits.
  @usableFromInline var waiting: UInt64
  @usableFromInline var isWaiting: Bool

  /// The stream of the given name, at its beginning.
  ///
  /// - Parameters:
  ///   - seed: The number that the user gave to the whole experiment.
  ///   - replication: Which play of the experiment, from 0, below 2³².
  ///   - purpose: What the numbers are drawn for.
  ///   - entity: Whom they are drawn for: a replica, a user, the k-th start; from 0, below 2³².
  @inlinable
  public init(seed: UInt64, replication: Int, purpose: RandomPurpose, entity: Int = 0) {
    key = seed
    self.entity = UInt32(entity)
    self.purpose = purpose.rawValue
    self.replication = UInt32(replication)
    nextBlock = 0
    waiting = 0
    isWaiting = false
  }
}

extension RandomStream: RandomNumberGenerator {
  /// The next 64 random bits.
  ///
  /// The standard library's `shuffle(using:)` and its like accept a stream, but how they use the bits
  /// may change with the library; what must be reproducible draws with the samplers of this type.
  @inlinable
  public mutating func next() -> UInt64 {
    if isWaiting {
      isWaiting = false
      return waiting
    }
    return nextOfNewBlock()
  }

  @usableFromInline
  mutating func nextOfNewBlock() -> UInt64 {
    precondition(nextBlock <= UInt32.max, "a random stream holds 2³³ draws, and all are used")
    let counter = (UInt32(truncatingIfNeeded: nextBlock), entity, purpose, replication)
    let (first, second) = Philox.block(
      counter, key: (UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32)))
    nextBlock += 1
    waiting = second
    isWaiting = true
    return first
  }

  /// A number evenly distributed between 0 and 1, never either.
  ///
  /// It is an odd multiple of 2⁻⁵³: 2⁵² equally likely numbers, symmetric around one half, of which
  /// neither the logarithm nor that of the complement is infinite. One draw.
  @inlinable
  public mutating func nextUnit() -> Double {
    Double(Int64(bitPattern: next() >> 11 | 1)) * 0x1p-53
  }
}
