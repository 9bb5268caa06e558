import LabKernel
import LabStrategies

/// Which version a request goes to, and which replica of it.
extension RequestTraffic {
  /// Chooses a version and a replica for a user's request.
  ///
  /// - Returns: the version; the replica, -1 if there is none; and a word that nothing was drawn from yet.
  @inline(__always)
  mutating func choose(
    _ session: inout SessionPool.Session, user: UInt32, versionWord: UInt64, choiceWord: UInt64,
    extraWord: UInt64, at arrival: Int64
  ) -> (isCandidate: Bool, replica: Int, failureWord: UInt64) {
    let isCandidate: Bool
    switch way.rule {
    case .endpoints:
      return chooseEndpoint(
        &session, choiceWord: choiceWord, extraWord: extraWord, at: arrival)
    case .drawn: isCandidate = way.draw(&session, versionWord)
    case .byUser: isCandidate = user < way.markedBelow
    case .marked: isCandidate = user < way.markedBelow || way.draw(&session, versionWord)
    }
    let (replica, failureWord) = pick(
      isCandidate ? .candidate : .stable, choiceWord, extraWord, at: arrival)
    return (isCandidate, replica, failureWord)
  }

  /// Chooses among the endpoints of both versions.
  @inline(__always)
  private mutating func chooseEndpoint(
    _ session: inout SessionPool.Session, choiceWord: UInt64, extraWord: UInt64, at arrival: Int64
  ) -> (isCandidate: Bool, replica: Int, failureWord: UInt64) {
    // A session keeps its version until the replica that gave it goes; within the version any replica serves it.
    if way.sticks, let replica = session.replica, isEndpoint(replica) {
      let isCandidate = isCandidateReplica[replica]
      let (picked, rest) = pick(
        isCandidate ? .candidate : .stable, choiceWord, extraWord, at: arrival)
      return (isCandidate, picked, rest)
    }
    let stable = endpoints.stable.count
    let all = stable + endpoints.candidate.count
    guard all > 0 else { return (false, -1, choiceWord) }
    let (first, rest) = choiceWord.multipliedFullWidth(by: UInt64(all))
    var place = Int(truncatingIfNeeded: first)
    switch terms.balancing {
    case .random: break
    case .roundRobin:
      roundRobin.stable = (roundRobin.stable + 1) % all
      place = roundRobin.stable
    case .leastRequest:
      let second = Int(truncatingIfNeeded: extraWord.multipliedFullWidth(by: UInt64(all)).high)
      let (one, other) = (endpoint(second), endpoint(place))
      if isLessBusy(one, than: other, at: arrival) { place = second }
    }
    let replica = endpoint(place)
    let isCandidate = place >= stable
    if way.sticks { session.stick(candidate: isCandidate, replica: replica) }
    return (isCandidate, replica, rest)
  }

  /// The replica at a place of both lists, stable's first.
  @inline(__always)
  private mutating func endpoint(_ place: Int) -> Int {
    let stable = endpoints.stable.count
    return place < stable
      ? Int(endpoints.stable.replicas[place]) : Int(endpoints.candidate.replicas[place - stable])
  }

  /// Picks an endpoint of a version.
  ///
  /// - Returns: the replica, -1 if there is none; and a word that nothing was drawn from yet.
  @inline(__always)
  mutating func pick(
    _ version: ReleaseVersion, _ word: UInt64, _ secondWord: UInt64, at arrival: Int64
  ) -> (replica: Int, failureWord: UInt64) {
    let count = endpoints[version].count
    guard count > 0 else { return (-1, word) }
    let (first, rest) = word.multipliedFullWidth(by: UInt64(count))
    var replica: Int
    switch terms.balancing {
    case .random: replica = Int(endpoints[version].replicas[Int(truncatingIfNeeded: first)])
    case .roundRobin:
      roundRobin[version] = (roundRobin[version] + 1) % count
      replica = Int(endpoints[version].replicas[roundRobin[version]])
    case .leastRequest:
      replica = Int(endpoints[version].replicas[Int(truncatingIfNeeded: first)])
      let second = secondWord.multipliedFullWidth(by: UInt64(count)).high
      let other = Int(endpoints[version].replicas[Int(truncatingIfNeeded: second)])
      if isLessBusy(other, than: replica, at: arrival) { replica = other }
    }
    return (replica, rest)
  }

  /// Picks an endpoint for a request that is sent again, as its way prescribes.
  mutating func pickAgain(
    _ version: ReleaseVersion, _ word: UInt64, _ secondWord: UInt64, at arrival: Int64
  ) -> (replica: Int, failureWord: UInt64) {
    guard case .endpoints = way.rule else { return pick(version, word, secondWord, at: arrival) }
    var session = SessionPool.Session(user: 0)
    let chosen = chooseEndpoint(
      &session, choiceWord: word, extraWord: secondWord, at: arrival)
    return (chosen.replica, chosen.failureWord)
  }

  private mutating func isLessBusy(_ replica: Int, than other: Int, at arrival: Int64) -> Bool {
    stations.present(replica, at: arrival) < stations.present(other, at: arrival)
  }
}
