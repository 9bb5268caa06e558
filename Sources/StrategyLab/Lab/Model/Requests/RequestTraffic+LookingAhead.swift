import LabKernel

/// Reading what requests to come will need, before they need it.
///
/// A session or a user's bit lies anywhere in megabytes of memory, and a request cannot go on before it is there.
/// What 64 requests need is fetched at the same time, which takes hardly longer than for one alone. Nothing that is
/// read here is used; the request reads it again.
extension RequestTraffic {
  /// Reads the sessions of a batch of requests, and whether their users have met the candidate.
  ///
  /// - Parameter number: any request of the batch.
  @inline(never)
  mutating func lookAheadAtSessions(from number: UInt64) {
    let (pool, exposed) = (pool, exposed)
    let readsExposed = candidateServesMany
    var seen = seenAhead
    choices.withWords(number, .first) { words in
      for word in words {
        let session = pool[pool.place(drawnBy: word).place]
        seen ^= session.bits
        if readsExposed { seen ^= exposed.word(of: session.user) }
      }
    }
    seenAhead = seen
  }

  /// Reads what is known of the users of the sessions to come.
  @inline(never)
  mutating func lookAheadAtUsers() {
    var seen = seenAhead
    for user in sessionUsers.known { seen ^= active.word(of: user) ^ exposed.word(of: user) }
    seenAhead = seen
  }

  /// Whether so many requests go to the candidate that it pays to look at all of them.
  private var candidateServesMany: Bool {
    let (stable, candidate) = (endpoints.stable.count, endpoints.candidate.count)
    guard candidate > 0 else { return false }
    switch way.rule {
    case .endpoints: return 8 * candidate >= stable
    case .drawn: return way.candidateBelow >= 1 << 61
    case .byUser, .marked: return true
    }
  }
}
