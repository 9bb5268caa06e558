/// The words of numbers beyond their first two, as a small value without a batch.
///
/// Whoever draws a law that may need more words than a number has hands out a closure that gives them. A closure
/// that captures ``NumberedDraws`` copies them; one that captures this value copies four words.
@frozen
public struct FurtherWords: Sendable, BitwiseCopyable {
  @usableFromInline let key: (UInt32, UInt32)
  @usableFromInline let purpose: UInt32
  @usableFromInline let replication: UInt32

  @inlinable
  init(seed: UInt64, replication: Int, purpose: RandomPurpose) {
    precondition(purpose.rawValue < 1 << 31, "a purpose of numbered draws is below 2³¹")
    key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    self.purpose = purpose.rawValue | 1 << 31
    self.replication = UInt32(replication)
  }

  /// A further word of a number.
  ///
  /// - Parameters:
  ///   - number: The number, from 0 to below 2⁵⁶.
  ///   - index: Which further word, from 0 to 509.
  /// - Returns: 64 random bits, the same whenever they are asked for.
  public func word(_ number: UInt64, _ index: Int) -> UInt64 {
    precondition(index >= 0 && index < 510, "a number has 510 further words")
    let (first, second) = block(number, page: UInt64(index / 2 + 1))
    return index % 2 == 0 ? first : second
  }

  /// The further words of a number one after the other, for who needs several.
  ///
  /// - Parameters:
  ///   - number: The number, from 0 to below 2⁵⁶.
  ///   - index: The first of them; even, because they are computed in pairs.
  /// - Returns: the words from that one on.
  @inlinable
  public func sequence(_ number: UInt64, from index: Int) -> Sequence {
    precondition(index % 2 == 0, "further words are computed in pairs")
    return Sequence(words: self, number: number, index: index)
  }

  /// Further words of a number; a pair is computed once.
  @frozen
  public struct Sequence: Sendable, BitwiseCopyable {
    @usableFromInline let words: FurtherWords
    @usableFromInline let number: UInt64
    @usableFromInline var index: Int
    @usableFromInline var second: UInt64 = 0

    @inlinable
    init(words: FurtherWords, number: UInt64, index: Int) {
      self.words = words
      self.number = number
      self.index = index
    }

    /// The next word.
    public mutating func next() -> UInt64 {
      precondition(index < 510, "a number has 510 further words")
      defer { index += 1 }
      guard index % 2 == 0 else { return second }
      let pair = words.block(number, page: UInt64(index / 2 + 1))
      second = pair.1
      return pair.0
    }
  }

  /// Both words of a number on one of its pages, 0 to 255.
  func block(_ number: UInt64, page: UInt64) -> (UInt64, UInt64) {
    precondition(number < 1 << 56, "numbers are below 2⁵⁶")
    return Philox.block(counter(number, page: page), key: key)
  }

  func counter(_ number: UInt64, page: UInt64) -> (UInt32, UInt32, UInt32, UInt32) {
    (
      UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: number >> 32 | page << 24),
      purpose, replication
    )
  }
}
