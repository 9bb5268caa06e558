import LabKernel
import LabStrategies
import LabUnits

/// Fates become certain, and are counted.
extension RequestTraffic {
  /// Counts a request whose fate is certain, or sends it again.
  ///
  /// The request is handed on in place: a processor that copies what it has just written in smaller pieces has
  /// to wait until they are in memory.
  @inline(__always)
  mutating func conclude(_ request: inout OpenRequest) {
    if retries != nil, !request.fate.isGood, request.origin == .user, sendAgain(request) { return }
    count(&request)
  }

  @inline(__always)
  private mutating func count(_ request: inout OpenRequest) {
    let fate = request.fate
    // What came before the release and is answered belongs to the time before it.
    if request.began < terms.lead, fate != .lost { return }
    switch request.origin {
    case .mirror: return mirrorCounts.add(fate)
    case .check: return checkCounts.add(fate)
    case .user: break
    }
    if request.isCandidate { counts.candidate.add(fate) } else { counts.stable.add(fate) }
    if fate.isAnswered {
      if request.latency < terms.timeout { latencies.add(request.latency) }
      if request.isCandidate { exposed.insert(request.user) }
      guard fate == .failedByDefect else { return }
      harmed.insert(request.user)
      harmedByDefect.insert(request.user)
    } else if fate == .lost || !request.isBaselineShortfall {
      harmed.insert(request.user)
    }
  }

  private mutating func sendAgain(_ request: OpenRequest) -> Bool {
    guard let policy = retries?.policy, policy.covers(request.fate),
      request.tries < policy.attempts
    else { return false }
    let instant = request.decided + policy.backoff.nanoseconds
    guard instant < request.began + terms.timeout,
      retries?.spend(at: request.decided) == true
    else { return false }
    var again = request
    again.tries += 1
    again.decided = instant
    retries?.add(again)
    return true
  }

  /// Counts the requests whose fate is certain by an instant of the release.
  mutating func settleOpen(by now: Instant) { settleOpen(until: time(of: now)) }

  /// Counts the requests whose fate is certain by a time, as requests count it.
  ///
  /// - Complexity: linear in the requests that are under way.
  mutating func settleOpen(until instant: Int64) {
    var kept = 0
    for index in open.indices {
      if open[index].decided <= instant {
        var request = open[index]
        conclude(&request)
      } else {
        open[kept] = open[index]
        kept += 1
      }
    }
    open.removeLast(open.count - kept)
    keptOpen = kept
  }

  /// Counts what is certain by the end of a pass, if more has gathered than was kept the last time.
  ///
  /// A reading may be far, and every replica that is killed looks through the list. Going through it whenever it
  /// has doubled costs a request a constant time.
  mutating func settleGathered() {
    if retries != nil || open.count > 2 * keptOpen + 64 { settleOpen(until: certainUntil) }
  }

  /// Counts whatever is under way as it would end, because nobody will see more of it.
  ///
  /// What waits to be sent again has failed so far, and that is its end.
  mutating func close() {
    var waiting = retries
    retries = nil
    settleOpen(until: .max)
    while var request = waiting?.takeFirst() { count(&request) }
  }
}
