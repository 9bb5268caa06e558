import LabStrategies

/// The sessions that run: whose each is, what it met last, and where it sticks.
///
/// A session has its first request, and further ones at a rate 1/g until it ends after an exponential time of mean
/// D; that makes n on average. At a rate λ of requests, λ D / n sessions run. The pool holds so many: each request
/// belongs to one of them, every one equally likely, and with probability 1/n it is the first one of a new
/// session that takes the place. A session then gets its requests at the rate λ (1 - 1/n) n / (λ D) = 1/g, and is
/// replaced at the rate 1/D: the law above, while requests as a whole stay a Poisson process.
struct SessionPool {
  /// One session in one word: the user below, what it met and where it sticks above.
  struct Session: BitwiseCopyable {
    private(set) var bits: UInt64

    /// A session of a user that has met nothing yet.
    @inline(__always)
    init(user: UInt32) { bits = UInt64(user) | Session.noReplica << 40 }

    private static let metBit: UInt64 = 1 << 32
    private static let lastBit: UInt64 = 1 << 33
    private static let stuckBit: UInt64 = 1 << 34
    private static let placedBit: UInt64 = 1 << 35
    private static let seenBit: UInt64 = 1 << 36
    private static let noReplica: UInt64 = 0xff_ffff

    @inline(__always)
    var user: UInt32 { UInt32(truncatingIfNeeded: bits) }

    /// Whether it has met a version, and was counted.
    @inline(__always)
    var hasMet: Bool { bits & Session.metBit != 0 }

    /// Whether a request of it has been counted since the release began.
    @inline(__always)
    var isSeen: Bool { bits & Session.seenBit != 0 }

    /// Whether the version that it met last is the candidate.
    @inline(__always)
    var lastIsCandidate: Bool { bits & Session.lastBit != 0 }

    /// Whether it has a version where it sticks.
    @inline(__always)
    var isPlaced: Bool { bits & Session.placedBit != 0 }

    /// Whether the version where it sticks is the candidate.
    @inline(__always)
    var sticksToCandidate: Bool { bits & Session.stuckBit != 0 }

    /// The replica where it sticks; nil if it sticks to none.
    @inline(__always)
    var replica: Int? {
      let number = bits >> 40
      return number == Session.noReplica ? nil : Int(number)
    }

    /// Notes the version that a request of it has met.
    @inline(__always)
    mutating func meet(candidate: Bool) {
      bits |= Session.metBit | Session.seenBit
      bits = candidate ? bits | Session.lastBit : bits & ~Session.lastBit
    }

    /// Notes the version that it met before anybody counted.
    mutating func meetBefore(candidate: Bool) {
      bits |= Session.metBit
      bits = candidate ? bits | Session.lastBit : bits & ~Session.lastBit
    }

    /// Lets its next request be the first one that is counted.
    mutating func forgetCounting() { bits &= ~Session.seenBit }

    /// Makes it stick to a version, and to a replica of it if there is one.
    @inline(__always)
    mutating func stick(candidate: Bool, replica: Int? = nil) {
      bits |= Session.placedBit
      bits = candidate ? bits | Session.stuckBit : bits & ~Session.stuckBit
      bits = bits & 0xff_ffff_ffff | (replica.map(UInt64.init) ?? Session.noReplica) << 40
    }
  }

  /// How many sessions run.
  private(set) var count = 0
  /// The sessions, and room for more.
  private var sessions = PlainRow(repeating: Session(user: 0), count: 64)
  /// A request begins a new session where its word's remainder is below this.
  let beginning: UInt64
  private let perRate: Double

  /// A pool without sessions.
  init(users: UserModel) {
    let requests = max(users.requestsPerSession, 1)
    beginning = requests <= 1 ? .max : UInt64(0x1p64 / requests)
    perRate = users.sessionDuration.seconds / requests
  }

  /// The session at a place, below ``count``.
  subscript(place: Int) -> Session {
    @inline(__always) get { sessions[place] }
    @inline(__always) nonmutating set { sessions[place] = newValue }
  }

  /// Changes the session at a place.
  func change(_ place: Int, _ body: (inout Session) -> Void) {
    var session = sessions[place]
    body(&session)
    sessions[place] = session
  }

  /// Adds a session.
  mutating func append(_ session: Session) {
    if count == sessions.count {
      let larger = PlainRow(repeating: session, count: 2 * count)
      for place in 0..<count { larger[place] = sessions[place] }
      sessions = larger
    }
    sessions[count] = session
    count += 1
  }

  /// Ends the last sessions, so that no more than so many run.
  mutating func cut(to size: Int) { count = min(count, size) }

  /// The place of the session that a word draws, and a word that nothing was drawn from yet.
  @inline(__always)
  func place(drawnBy word: UInt64) -> (place: Int, rest: UInt64) {
    let (place, rest) = word.multipliedFullWidth(by: UInt64(truncatingIfNeeded: count))
    return (Int(truncatingIfNeeded: place), rest)
  }

  /// How many sessions run at a rate of requests; one at least.
  func size(rate: Double) -> Int {
    // Beyond so many, that they are fewer than they would be shows in nothing.
    max(1, Int(min(rate * perRate, 50_000_000).rounded()))
  }
}
