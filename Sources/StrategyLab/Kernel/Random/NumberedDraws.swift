/// Random words by number: whoever has number n gets the same two words of 64 bits, in any order.
///
/// A request, a session or a user that is numbered draws with its number, so that it meets the same luck
/// whatever else happened before it, under whatever strategy. Ascending numbers are fast, because blocks
/// are computed 64 at a time; any other number is right, and a number that comes alone is computed alone.
///
///     var draws = NumberedDraws(seed: 7, replication: 0, purpose: .service)
///     let (first, second) = draws.words(41)
///     let third = draws.further(41, 0)       // the few requests that need more than two words
///
/// **Layout.** As in ``RandomStream`` the seed is the key of ``Philox``, its low half first, and the
/// counter's four words are
///
///     number, low 32 bits | number, next 24 bits, and page × 2²⁴ | purpose + 2³¹ | replication
///
/// The two words of a number are page 0; further words are on pages 1 to 255, two on a page. The highest
/// bit of the third word is set, and purposes are below 2³¹, so that no counter is one of a
/// ``RandomStream`` of such a purpose, and none occurs twice.
@frozen
public struct NumberedDraws: Sendable {
  /// The words beyond the first two, for who must not copy the batch to get at them.
  public let furtherWords: FurtherWords
  /// The number of the first block that is computed, a multiple of ``batch``.
  @usableFromInline var first: UInt64
  /// The batch of the last number that came alone; a second one of that batch fetches it whole.
  @usableFromInline var loneBatch: UInt64
  /// The first words of the batch, then the second ones.
  @usableFromInline var computed: [UInt64]

  /// How many blocks are computed at a time.
  @usableFromInline static var batch: Int { 64 }

  /// The draws of the given name.
  ///
  /// - Parameters:
  ///   - seed: The number that the user gave to the whole experiment.
  ///   - replication: Which play of the experiment, from 0, below 2³².
  ///   - purpose: What the numbers are drawn for; its raw value is below 2³¹.
  @inlinable
  public init(seed: UInt64, replication: Int, purpose: RandomPurpose) {
    furtherWords = FurtherWords(seed: seed, replication: replication, purpose: purpose)
    first = 0
    loneBatch = .max
    computed = []
    fill(0)
  }

  /// The two words of a number, from 0 to below 2⁵⁶.
  @inlinable
  @inline(__always)
  public mutating func words(_ number: UInt64) -> (UInt64, UInt64) {
    let place = number &- first
    if place >= UInt64(Self.batch) { return fetchedWords(number) }
    return computed.withUnsafeBufferPointer {
      ($0[Int(truncatingIfNeeded: place)], $0[Int(truncatingIfNeeded: place) + Self.batch])
    }
  }

  /// A further word of a number, for the few that need more than two.
  ///
  /// - Parameters:
  ///   - number: The number, from 0 to below 2⁵⁶.
  ///   - index: Which further word, from 0 to 509.
  /// - Returns: 64 random bits, the same whenever they are asked for.
  public func further(_ number: UInt64, _ index: Int) -> UInt64 {
    furtherWords.word(number, index)
  }

  /// The words of a number that is not of the batch: of the next batch, or of a number that comes alone.
  @usableFromInline
  @inline(never)
  mutating func fetchedWords(_ number: UInt64) -> (UInt64, UInt64) {
    let batch = number & ~UInt64(Self.batch - 1)
    guard batch == first &+ UInt64(Self.batch) || batch == loneBatch else {
      loneBatch = batch
      return furtherWords.block(number, page: 0)
    }
    fill(batch)
    return words(number)
  }

  /// Computes the batch that begins with a number.
  @usableFromInline
  mutating func fill(_ number: UInt64) {
    precondition(number < 1 << 56, "numbers are below 2⁵⁶")
    if computed.isEmpty { computed = [UInt64](repeating: 0, count: 2 * Self.batch) }
    let counter = furtherWords.counter(number, page: 0)
    let key = furtherWords.key
    computed.withUnsafeMutableBytes { Philox.fill($0, counter, key: key) }
    first = number
  }
}
