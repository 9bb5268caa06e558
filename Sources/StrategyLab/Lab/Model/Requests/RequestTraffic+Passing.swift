import LabKernel
import LabStrategies
import LabUnits

/// Requests arrive, one after the other, until the next event of the fleet.
extension RequestTraffic {
  /// Lets time pass in which nothing else happens.
  ///
  /// - Parameters:
  ///   - start: when it begins.
  ///   - end: when the next event happens, or the horizon.
  ///   - flow: the rates, the route and the defect of the time.
  /// - Complexity: constant for a request, linear in the workers of a replica at worst.
  mutating func pass(from start: Instant, to end: Instant, flow: TrafficFlow) {
    play(from: time(of: start), to: time(of: end), flow: flow)
  }

  /// Plays the requests between two times, as requests count them.
  mutating func play(from start: Int64, to end: Int64, flow: TrafficFlow) {
    way = RequestWay(flow, population: terms.population)
    checks.change(rate: flow.endpoints.candidate > 0 ? flow.checkRate : 0, at: start)
    certainUntil = end
    settleGathered()
    let until = Double(certainUntil)
    while true {
      let other = min(checks.next, retries?.next ?? .infinity)
      let limit = min(until, other)
      while arrivals.next < limit { playNext() }
      guard other < until else { return }
      if checks.next == other { playCheck() } else { playRetry() }
    }
  }

  /// Plays the request that arrives next.
  @inline(__always)
  private mutating func playNext() {
    let number = arrivals.number
    let arrival = Int64(arrivals.next)
    let work = arrivals.work
    arrivals.advance()
    retries?.noteRequest(at: arrival)

    if number % UInt64(NumberedDraws.batchCount) == 0 { lookAheadAtSessions(from: number) }
    let (slotWord, choiceWord) = choices.words(number)
    let (slot, rest) = pool.place(drawnBy: slotWord)
    var session = pool[slot]
    if rest < pool.beginning { session = beginSession() }
    var user = session.user
    if terms.isDealt {
      user = requestUsers.user(of: number)
      active.insert(user)
    } else if !session.isSeen {
      active.insert(user)
    }

    let (versionWord, extraWord) = needsFurtherWords ? furtherChoices.words(number) : (0, 0)
    let (isCandidate, replica, failureWord) = choose(
      &session, user: user, versionWord: versionWord, choiceWord: choiceWord,
      extraWord: extraWord, at: arrival)
    let hasChanged = session.hasMet && session.lastIsCandidate != isCandidate
    if hasChanged { versionChanges += 1 }
    session.meet(candidate: isCandidate)
    pool[slot] = session

    var isBaselineShortfall = false
    if baseline != nil {
      isBaselineShortfall =
        baseline?.turnsAway(choiceWord, arrival: arrival, service: Int64(work + 0.5)) ?? false
      if isBaselineShortfall { baselineShortfall += 1 }
    }
    var request = OpenRequest(
      decided: arrival, latency: 0, began: arrival, number: number, user: user,
      replica: Int32(truncatingIfNeeded: replica), fate: .shortfall, isCandidate: isCandidate,
      origin: .user, isBaselineShortfall: isBaselineShortfall, tries: 0)
    send(
      &request, work: work, failureWord: failureWord,
      changeFailure: hasChanged ? effect.versionChangeFailureProbability : 0, at: arrival)
    if way.mirroredBelow > 0, !isCandidate, extraWord >> 32 < way.mirroredBelow {
      playCopy(number, user: user, work: work, at: arrival)
    }
  }

  /// Whether a request needs more words than its replica and its session do.
  private var needsFurtherWords: Bool {
    !way.isCertain || way.mirroredBelow > 0 || terms.balancing == .leastRequest
  }

  /// How long the work of a request takes with stable.
  ///
  /// - Parameters:
  ///   - word: what it is drawn from.
  ///   - number: the number that the word belongs to.
  ///   - further: the further words of such numbers.
  /// - Returns: nanoseconds, at most ``RequestTerms/longestWork``.
  @inline(__always)
  func service(_ word: UInt64, _ number: UInt64, _ further: FurtherWords) -> Double {
    var words = further.sequence(number, from: RequestArrivals.servicesBegin)
    return min(terms.service.nanoseconds(word) { words.next() }, RequestTerms.longestWork)
  }

  private mutating func beginSession() -> SessionPool.Session {
    let number = sessionsBegun
    sessionsBegun += 1
    let isUnknown = sessionUsers.isUnknown(number)
    let session = SessionPool.Session(user: sessionUsers.user(of: number))
    if isUnknown { lookAheadAtUsers() }
    return session
  }

  /// Sends the candidate a copy of a request to stable, whose answer nobody waits for.
  private mutating func playCopy(
    _ number: UInt64, user: UInt32, work: Double, at arrival: Int64
  ) {
    let (choiceWord, secondWord) = copies.words(number)
    let (replica, failureWord) = pick(.candidate, choiceWord, secondWord, at: arrival)
    var request = OpenRequest(
      decided: arrival, latency: 0, began: arrival, number: number, user: user,
      replica: Int32(truncatingIfNeeded: replica), fate: .shortfall, isCandidate: true,
      origin: .mirror, isBaselineShortfall: false, tries: 0)
    send(&request, work: work, failureWord: failureWord, changeFailure: 0, at: arrival)
  }

  /// Plays the synthetic request that comes next; it belongs to no user, and so to no segment of them.
  private mutating func playCheck() {
    let number = checks.number
    let arrival = Int64(checks.next)
    let work = checks.work
    checks.advance()
    let (choiceWord, secondWord) = checkChoices.words(number)
    let (replica, failureWord) = pick(.candidate, choiceWord, secondWord, at: arrival)
    var request = OpenRequest(
      decided: arrival, latency: 0, began: arrival, number: number, user: 0,
      replica: Int32(truncatingIfNeeded: replica), fate: .shortfall, isCandidate: true,
      origin: .check, isBaselineShortfall: false, tries: 0)
    send(&request, work: work, failureWord: failureWord, changeFailure: 0, at: arrival)
  }

  /// Sends a request again that has failed.
  private mutating func playRetry() {
    guard var request = retries?.takeFirst() else { return }
    let arrival = request.decided
    let number = request.number << 6 | UInt64(request.tries & 31)
    let words = retryWords.words(number)
    let (_, furtherWord) = retryWords.words(number | 32)
    let version: ReleaseVersion = request.isCandidate ? .candidate : .stable
    let (replica, failureWord) = pickAgain(version, words.0, furtherWord, at: arrival)
    request.replica = Int32(truncatingIfNeeded: replica)
    if case .endpoints = way.rule, replica >= 0 {
      request.isCandidate = replica >= 0 && isCandidateReplica[replica]
    }
    send(
      &request, work: service(words.1, number, retryWords.furtherWords), failureWord: failureWord,
      changeFailure: 0, at: arrival)
  }
}
