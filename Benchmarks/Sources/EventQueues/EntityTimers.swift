/// One timer an entity, and a tournament that says which is due first.
///
/// Where no entity ever waits for two events, its timer has a fixed place, and a new time is carried from
/// there to the top past as many matches as the tree is deep; nothing is ever inserted or removed (Knuth,
/// The Art of Computer Programming 3, section 5.4.1, trees of losers). An entity whose event has left is
/// played again when its next one is scheduled, or when the next event is asked for before that.
struct EntityTimers: EventQueue {
  /// Who lost each match; the winner of all stands first.
  private var losers: [Int32]
  private var timers: [QueuedEvent]
  private var scheduled: UInt64 = 0
  /// Whether the tournament has been played since all entities got their first timer.
  private var isPlayed = false
  private var stale: Int32 = -1

  private static let never = QueuedEvent(time: .max, number: (1 << 56) - 1, payload: .max)

  init(pending: Int, meanIncrement: Int64) {
    var leaves = 2
    while leaves < pending { leaves *= 2 }
    losers = Array(repeating: -1, count: leaves)
    timers = Array(repeating: Self.never, count: leaves)
  }

  @inline(__always)
  mutating func schedule(_ payload: UInt32, at time: Int64) {
    let entity = Int32(truncatingIfNeeded: payload)
    timers[Int(payload)] = QueuedEvent(time: time, number: scheduled, payload: payload)
    scheduled += 1
    guard isPlayed else { return }
    if stale >= 0 && stale != entity { replay(stale) }
    stale = -1
    replay(entity)
  }

  @inline(__always)
  mutating func popFirst() -> (time: Int64, payload: UInt32)? {
    if !isPlayed { play() }
    if stale >= 0 { replay(stale) }
    let winner = losers[0]
    let event = timers[Int(winner)]
    guard event.time < .max else { return nil }
    timers[Int(winner)] = Self.never
    stale = winner
    return (event.time, event.payload)
  }

  /// Carries an entity that won all its matches up anew.
  ///
  /// Only the winner may be replayed so: on its way up stand those that lost to it.
  @inline(__always)
  private mutating func replay(_ entity: Int32) {
    timers.withUnsafeBufferPointer { timers in
      losers.withUnsafeMutableBufferPointer { losers in
        var champion = entity
        var match = (losers.count &+ Int(entity)) >> 1
        while match > 0 {
          let rival = losers[match]
          let rivalWins = timers[Int(rival)] < timers[Int(champion)]
          losers[match] = rivalWins ? champion : rival
          champion = rivalWins ? rival : champion
          match >>= 1
        }
        losers[0] = champion
      }
    }
  }

  private mutating func play() {
    isPlayed = true
    let leaves = losers.count
    var winners = Array(repeating: Int32(0), count: leaves) + (0..<Int32(leaves))
    for match in stride(from: leaves - 1, to: 0, by: -1) {
      let (left, right) = (winners[2 * match], winners[2 * match + 1])
      let leftWins = timers[Int(left)] < timers[Int(right)]
      winners[match] = leftWins ? left : right
      losers[match] = leftWins ? right : left
    }
    losers[0] = winners[1]
  }
}
