import LabUnits

/// The sums over the readings of a sliding window.
///
/// What was read a window's length ago, or longer, is outside. The caller adds what comes in; what goes out is found
/// in the ``ReadingQueue``, a whole piece at a time, or a part of one by a division.
struct ReadingWindow: Sendable {
  let length: Span
  /// The number of the first piece that has readings inside, counted from the start.
  private(set) var first = 0
  /// How many readings of that piece are outside already.
  private var outside = 0
  /// When the first reading inside goes out, unless there was none when it was last looked at.
  private var nextToGo = Int64.min
  private(set) var total = 0
  private(set) var failed = 0

  /// A window without readings.
  init(length: Span) { self.length = length }

  /// Takes in what was just read.
  @inline(__always)
  mutating func add(_ counts: RequestCounts) {
    total &+= counts.total
    failed &+= counts.failed
  }

  /// Lets go what is outside at a time, which is not before the last reading.
  @inline(__always)
  mutating func advance(to time: Instant, over readings: borrowing ReadingQueue) {
    if time.nanoseconds >= nextToGo { letGo(at: time, readings) }
  }

  private mutating func letGo(at time: Instant, _ readings: borrowing ReadingQueue) {
    nextToGo = .min
    while first < readings.end {
      let piece = readings[first]
      // A reading at the window's very beginning counted what came before it.
      let left = length.nanoseconds - (time.nanoseconds - piece.last.nanoseconds)
      if left <= 0 {
        letGo(piece, through: piece.parts)
        first += 1
        outside = 0
        continue
      }
      // What lies so long before the last one, or longer, has gone.
      let interval = piece.interval.nanoseconds
      var kept = piece.parts - outside
      if interval * Int64(kept - 1) >= left {
        // Mostly it is only the oldest one.
        kept = interval * Int64(kept - 2) >= left ? Int((left - 1) / interval + 1) : kept - 1
        letGo(piece, through: piece.parts - kept)
        outside = piece.parts - kept
      }
      nextToGo = time.nanoseconds + left - interval * Int64(kept - 1)
      break
    }
  }

  /// Takes out the readings of the first piece that are still inside, up to so many from its beginning.
  @inline(__always)
  private mutating func letGo(_ piece: ReadingQueue.Piece, through count: Int) {
    let before = piece.sums(ofFirst: outside)
    let after = piece.sums(ofFirst: count)
    total &-= after.total &- before.total
    failed &-= after.failed &- before.failed
  }
}
