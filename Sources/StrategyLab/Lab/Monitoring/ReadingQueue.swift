import LabUnits

/// Readings in order of time, in pieces that are numbered from the first one ever taken in.
///
/// A piece is a single reading, or several at equal distances over which counts are spread: those are never written out,
/// for most of a release's readings are such.
struct ReadingQueue: Sendable {
  /// Readings of nearly equal size, of which the first ones are larger by one.
  struct Piece: BitwiseCopyable, Sendable {
    /// When the last of them was taken.
    let last: Instant
    /// The time between two of them.
    let interval: Span
    /// How many they are.
    let parts: Int
    /// What the least of them counted, and how many counted one more.
    let total: (each: Int, oneMore: Int)
    let failed: (each: Int, oneMore: Int)

    /// The counts of so many of them, from the first on.
    @inline(__always)
    func sums(ofFirst count: Int) -> (total: Int, failed: Int) {
      (
        total.each &* count &+ min(count, total.oneMore),
        failed.each &* count &+ min(count, failed.oneMore)
      )
    }
  }

  private var pieces: [Piece] = []
  private var dropped = 0

  /// No readings, and room for those of a quiet release.
  init() { pieces.reserveCapacity(64) }

  /// One more than the number of the last piece.
  @inline(__always)
  var end: Int { dropped + pieces.count }

  @inline(__always)
  subscript(number: Int) -> Piece { pieces[number - dropped] }

  /// Adds readings over which counts are spread.
  ///
  /// - Parameters:
  ///   - counts: all of them together.
  ///   - last: when the last was taken.
  ///   - parts: how many readings they are, at least 1.
  ///   - interval: the time between two of them.
  @inline(__always)
  mutating func append(
    _ counts: RequestCounts, until last: Instant, parts: Int, every interval: Span
  ) {
    // A division by one costs as much as any other.
    pieces.append(
      Piece(
        last: last, interval: interval, parts: parts,
        total: parts > 1
          ? counts.total.quotientAndRemainder(dividingBy: parts) : (counts.total, 0),
        failed: parts > 1
          ? counts.failed.quotientAndRemainder(dividingBy: parts) : (counts.failed, 0)))
  }

  /// Forgets the pieces before a number, once they are the larger part.
  @inline(__always)
  mutating func dropFirst(_ number: Int) {
    let unused = number - dropped
    if unused > 32, unused * 2 > pieces.count { drop(unused) }
  }

  private mutating func drop(_ unused: Int) {
    pieces.removeFirst(unused)
    dropped += unused
  }
}
