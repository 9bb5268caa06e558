/// What became of a request.
enum RequestFate: UInt8, BitwiseCopyable {
  /// Answered within the slow threshold.
  case fast
  /// Answered later than the slow threshold.
  case slow
  /// Failed, as it would have with stable and enough replicas.
  case failedAnyway
  /// Failed because of the defect.
  case failedByDefect
  /// Sent to a replica that no longer answered, or cut off when it was killed.
  case lost
  /// Turned away or timed out for want of capacity.
  case shortfall

  /// Whether a replica has answered, be it with an error.
  @inline(__always)
  var isAnswered: Bool { rawValue < RequestFate.lost.rawValue }

  /// Whether the answer is what the caller asked for.
  @inline(__always)
  var isGood: Bool { rawValue <= RequestFate.slow.rawValue }
}

/// Requests of one version since the last reading, by what became of them.
struct FateCounts {
  private var fast = 0
  private var slow = 0
  private var failedAnyway = 0
  private var failedByDefect = 0
  private var lost = 0
  private var shortfall = 0

  /// Counts a request.
  @inline(__always)
  mutating func add(_ fate: RequestFate) {
    switch fate {
    case .fast: fast += 1
    case .slow: slow += 1
    case .failedAnyway: failedAnyway += 1
    case .failedByDefect: failedByDefect += 1
    case .lost: lost += 1
    case .shortfall: shortfall += 1
    }
  }

  /// The counts as a reading sees them, after which they begin anew.
  mutating func take() -> RequestTally {
    defer { self = FateCounts() }
    var tally = RequestTally()
    tally.slow = slow
    tally.failedAnyway = failedAnyway
    tally.shortfall = shortfall
    tally.failed = failedAnyway + failedByDefect + lost + shortfall
    tally.total = fast + slow + tally.failed
    return tally
  }
}
