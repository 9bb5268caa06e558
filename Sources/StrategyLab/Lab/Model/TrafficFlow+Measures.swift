import LabKernel
import LabStrategies
import LabUnits

/// What is measured along the way: times, the defect's first chance to hurt, latencies.
extension TrafficFlow {
  mutating func noteTimes(
    _ start: Instant, _ end: Instant, _ nanoseconds: Int64, share: Double, mirrored: Double
  ) {
    let toStable = share < 1
    let toCandidate = share > 0
    if toStable && toCandidate && rate > 0 { mixedNanoseconds += nanoseconds }
    let isUp =
      (toStable && answering.stable > 0) || (toCandidate && answering.candidate > 0)
    if !isUp { downNanoseconds += nanoseconds }
    if toCandidate && rate > 0 { lastCandidateRequest = end }
    if share >= 1 {
      if allCandidateSince == nil { allCandidateSince = start }
    } else {
      allCandidateSince = nil
    }
    if isDefective, firstExposureToDefect == nil,
      couldHurt(users: rate * share, copies: mirrored)
    {
      firstExposureToDefect = start
    }
  }

  /// Whether the defect could hurt any request that reaches the candidate: a user's, a copy or a check.
  ///
  /// - Parameters:
  ///   - users: requests of users in a second.
  ///   - copies: mirrored requests in a second.
  /// - Returns: whether one of them, or a check, could fail or be slow because of it.
  func couldHurt(users: Double, copies: Double) -> Bool {
    let load = users + copies
    guard load > 0 || checkRate > 0 else { return false }
    if effect.onsetUptime != nil { return hurting > 0 }
    if let threshold = effect.loadThreshold {
      return load > threshold * Double(answering.candidate) && answering.candidate > 0
    }
    // A synthetic user belongs to no segment, and no session but a user's has met the other version.
    if effect.failureProbability > 0 { return load > 0 || effect.affectedUsers >= 1 }
    return effect.serviceTimeFactor > 1
      || (effect.versionChangeFailureProbability > 0 && users > 0)
  }

  /// The probability that the defect makes the candidate fail a request of an average user.
  func defectProbability(load: Double) -> Double {
    guard effect.failureProbability > 0, answering.candidate > 0 else { return 0 }
    var probability = effect.failureProbability * effect.affectedUsers
    if effect.onsetUptime != nil {
      probability *= Double(hurting) / Double(answering.candidate)
    }
    if let threshold = effect.loadThreshold,
      load / Double(answering.candidate) <= threshold
    {
      probability = 0
    }
    return probability
  }

  /// The latencies that two shares of answered requests exceed, in seconds; nil if none was answered.
  func latencies(exceededBy first: Double, _ second: Double) -> (Double, Double)? {
    var total = 0.0
    // Whoever takes longer than the timeout is not answered.
    var late = 0.0
    var reached = PerVersion<[(column: Int, weight: Double)]>([], [])
    for version in ReleaseVersion.allCases {
      for (column, weight) in latencyWeights[version].enumerated() where weight > 0 {
        total += weight
        late += weight * columns[version][column].late
        reached[version].append((column, weight))
      }
    }
    if let cutOff = cutOffLatencies {
      total -= cutOff.requests
      late -= min(late, cutOff.late)
    }
    guard total > late else { return nil }
    let (stable, candidate) = (compiled.stableLatency, table(of: .candidate))
    func latency(_ share: Double) -> Double {
      // All tables of a scenario share their rows.
      stable.latency(where: late + share * (total - late)) { row in
        stable.mixture(of: reached.stable, row: row)
          + candidate.mixture(of: reached.candidate, row: row)
          - (cutOffLatencies?.longer(row: row) ?? 0)
      }
    }
    return (latency(first), latency(second))
  }
}
