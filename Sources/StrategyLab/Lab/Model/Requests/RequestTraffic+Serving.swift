import LabKernel
import LabStrategies

/// What becomes of a request at its replica.
extension RequestTraffic {
  /// Sends a request to its replica, and counts its fate when that is certain.
  ///
  /// - Parameters:
  ///   - request: the request, with its replica.
  ///   - work: how long stable works on it, in nanoseconds.
  ///   - failureWord: what failures are drawn from.
  ///   - changeFailure: the probability that it fails because its session comes from the other version.
  ///   - arrival: when it arrives, in nanoseconds.
  @inline(__always)
  mutating func send(
    _ request: inout OpenRequest, work: Double, failureWord: UInt64, changeFailure: Double,
    at arrival: Int64
  ) {
    request.decided = arrival
    request.latency = arrival - request.began
    request.fate = .shortfall
    let replica = Int(request.replica)
    if replica >= 0 {
      if isAnswering[replica] {
        serve(
          &request, replica, work: work, failureWord: failureWord, changeFailure: changeFailure,
          at: arrival)
      } else {
        request.fate = .lost
      }
    }
    if request.decided <= certainUntil { conclude(&request) } else { open.append(request) }
  }

  @inline(__always)
  private mutating func serve(
    _ request: inout OpenRequest, _ replica: Int, work: Double, failureWord: UInt64,
    changeFailure: Double, at arrival: Int64
  ) {
    let deadline = request.began + terms.timeout
    let factor = request.isCandidate ? effect.serviceTimeFactor : 1
    let service = Int64(min(work * factor, 4e18) + 0.5)
    let start = stations.admit(
      replica, arrival: arrival, service: service, patience: deadline - arrival)
    guard start >= 0 else {
      request.decided = deadline
      request.latency = terms.timeout
      return cutShort(&request, replica)
    }
    if terms.countsWork { workTaken[request.isCandidate ? .candidate : .stable] += Double(service) }
    let answered = start + service + terms.added
    request.latency = answered - request.began
    if answered > deadline {
      request.decided = deadline
      if arrival + service + terms.added <= deadline {
        request.fate = .shortfall
      } else {
        let stableAlone = request.began + Int64(work) + terms.added
        request.fate = stableAlone > deadline ? .failedAnyway : .failedByDefect
      }
      request.latency = terms.timeout
    } else {
      request.decided = answered
      request.fate = answerFate(&request, replica, failureWord, changeFailure)
    }
    cutShort(&request, replica)
  }

  /// Lets a request be lost whose replica is killed before its fate is known.
  @inline(__always)
  private mutating func cutShort(_ request: inout OpenRequest, _ replica: Int) {
    guard request.decided > killedAt[replica] else { return }
    request.decided = killedAt[replica]
    request.fate = .lost
  }

  /// What an answer in time says.
  ///
  /// Mutating, though it changes nothing: whoever calls what is not hands it a copy of all traffic.
  @inline(__always)
  private mutating func answerFate(
    _ request: inout OpenRequest, _ replica: Int, _ failureWord: UInt64, _ changeFailure: Double
  ) -> RequestFate {
    let draw = Double(failureWord >> 11) * 0x1p-53
    if draw < terms.baselineFailure { return .failedAnyway }
    if request.isCandidate {
      var failure = 0.0
      if way.defectFailure > 0, canHurt(&request, at: replica) { failure = way.defectFailure }
      if changeFailure > 0 { failure += (1 - failure) * changeFailure }
      if draw < terms.baselineFailure + (1 - terms.baselineFailure) * failure {
        return .failedByDefect
      }
    } else if changeFailure > 0,
      draw < terms.baselineFailure + (1 - terms.baselineFailure) * changeFailure
    {
      return .failedByDefect
    }
    return request.latency > terms.slow ? .slow : .fast
  }

  /// Whether the defect can fail a request of this user at this replica.
  private mutating func canHurt(_ request: inout OpenRequest, at replica: Int) -> Bool {
    if effect.onsetUptime != nil, !isHurting[replica] { return false }
    guard effect.affectedUsers < 1 else { return true }
    // A synthetic user belongs to no segment.
    return request.origin != .check
      && UserPopulation.isAffected(request.user, share: effect.affectedUsers)
  }
}
