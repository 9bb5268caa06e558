import LabKernel
import LabStrategies
import LabUnits

/// Whom the candidate meets, and whom it hurts.
extension TrafficFlow {
  mutating func moveSessions(to share: Double) {
    let before = sessions.stuck
    let moved = sessions.move(to: share, rate: rate)
    if share > before, sticks { users.meetEvenly(candidateEvents: moved, hurt: 0) }
    failVersionChanges(moved, to: share > before ? .candidate : .stable)
  }

  /// Moves the sessions of a cohort's users to the candidate; those of all others stay where they are.
  ///
  /// - Parameters:
  ///   - weight: the cohort's part of the users.
  ///   - before: the part of the users who were marked until now, the same ones as far as both reach.
  mutating func markCohort(_ weight: Double, before: Double) {
    guard weight > before, before < 1 else { return }
    let others = min(1, max(0, (sessions.stuck - before) / (1 - before)))
    let moved = sessions.move(to: weight + (1 - weight) * others, rate: rate)
    failVersionChanges(moved, to: .candidate)
  }

  /// Lets the next requests to a version fail whose sessions have come from the other one.
  @inline(__always)
  mutating func failVersionChanges(_ changes: Double, to version: ReleaseVersion) {
    let failing = changes * effect.versionChangeFailureProbability
    guard failing > 0 else { return }
    failingChanges[version] += failing
    // Each failing request is of another session, so requests and sessions count alike.
    users.meetEvenly(candidateEvents: 0, hurt: failing)
  }

  /// Counts whom a piece of time exposed and hurt.
  ///
  /// - Parameters:
  ///   - seconds: the length of the piece.
  ///   - share: the share of requests that went to the candidate.
  ///   - routed: the same, stickiness left out.
  ///   - defectProbability: the probability that the defect makes one of these fail.
  ///   - missed: those of them that no replica answered, and that therefore exposed nobody.
  ///   - other: requests that the release hurt for another cause than the defect.
  mutating func meetUsers(
    seconds: Double, share: Double, routed: Double, defectProbability: Double, missed: Double,
    other: Double
  ) {
    let requests = rate * seconds
    // What stable alone would have turned away as well harms nobody; the rest may be a rounding error.
    if other > 1e-9 * requests {
      let part = requests > 0 ? min(1, other / requests) : 1
      users.hurt(other * sessionPart / (sessionPart + part * (1 - sessionPart)))
    }
    guard share > 0, requests > 0 else { return }
    var answered = max(0, 1 - missed / (requests * share))
    // A rounding error is no request.
    if answered > 1 - 1e-9 { answered = 1 }
    if let cohort = dividedCohort {
      meetCohort(
        cohort, requests: requests, share: share, answered: answered,
        defectProbability: defectProbability)
    } else if isByUser {
      users.meetBelow(
        weight: routed, events: requests * sessionPart * answered,
        hurtProbability: hurtEvents(1, defectProbability) / sessionPart)
    } else if sticks {
      users.meetEvenly(
        candidateEvents: requests * sessionPart * routed * answered,
        hurt: hurtEvents(requests * share * answered, defectProbability))
    } else {
      users.meetEvenly(
        candidateEvents: requests * share * answered,
        hurt: requests * share * answered * defectProbability)
    }
  }

  /// Counts a cohort's users, who meet the candidate always, and all others, who meet it as their requests or sessions fall.
  private mutating func meetCohort(
    _ cohort: (weight: Double, others: Double), requests: Double, share: Double, answered: Double,
    defectProbability: Double
  ) {
    users.meetBelow(
      weight: cohort.weight, events: requests * sessionPart * answered,
      hurtProbability: hurtEvents(1, defectProbability) / sessionPart)
    // New sessions go by the weight; requests also by the sessions that ran before it.
    let met = sticks ? (share - cohort.weight) / (1 - cohort.weight) : cohort.others
    users.meetAbove(
      weight: cohort.weight, candidateEvents: requests * sessionPart * cohort.others * answered,
      hurt: hurtEvents(requests * max(0, met) * answered, defectProbability))
  }

  /// The mean number of events (requests, or sessions where those stick) that are hurt when each request is with a probability.
  ///
  /// A session of geometrically many requests, 1/s on average, is spared with probability
  /// s (1 - p) / (1 - (1 - s)(1 - p)).
  func hurtEvents(_ requests: Double, _ probability: Double) -> Double {
    guard probability > 0 else { return 0 }
    guard sessionPart < 1 else { return requests * probability }
    return requests * sessionPart * probability
      / (sessionPart + probability * (1 - sessionPart))
  }
}
