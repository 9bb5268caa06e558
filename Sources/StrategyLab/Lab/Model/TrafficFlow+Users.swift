import LabKernel
import LabStrategies
import LabUnits

/// Whom the candidate meets, and whom it hurts.
extension TrafficFlow {
  /// Lets time pass in which sessions stay on their version, and those that have lost their replica choose again.
  ///
  /// Where nobody serves, a request finds no replica to stick to and counts as one to stable, so that all sessions are loose.
  ///
  /// - Returns: the mean share of requests that went to the candidate.
  mutating func passStuck(seconds: Double, weight: Double) -> Double {
    let passed = sessions.passStuck(seconds: seconds, rate: rate, weight: weight)
    if isNobodyServing {
      sessions.loosen(1, of: .stable)
    } else if changeFailure > 0 {
      failVersionChanges(passed.toStable, to: .stable)
      failVersionChanges(passed.toCandidate, to: .candidate)
    }
    return passed.share
  }

  /// Lets a part of a version's sessions lose their replica.
  mutating func loosenSessions(_ part: Double, of version: ReleaseVersion) {
    sessions.loosen(part, of: version)
    users.loosen(part, of: version)
  }

  /// Lets sessions that have lost their replica stay on their version, because the route no longer goes by replicas.
  mutating func fastenSessions() {
    guard sessions.hasLoose else { return }
    sessions.fasten()
    users.fasten()
  }

  /// Gives the candidate another share of the running sessions.
  mutating func moveSessions(to share: Double) {
    let before = sessions.stuck
    let changes = sessions.move(to: share, rate: rate)
    let target: ReleaseVersion = share > before ? .candidate : .stable
    let failing = failVersionChanges(changes, to: target)
    if sticks {
      let from = target == .candidate ? 1 - before : before
      users.moveStuck(
        from > 0 ? abs(share - before) / from : 0, from: target.other,
        probability: changeFailure * sessions.law.sendsAnother,
        events: sessions.continuing(rate: rate) * changeFailure)
    } else {
      let width = abs(share - before)
      users.hurtByChange(
        from: min(before, share), to: max(before, share),
        requests: width > 0 ? failing / width : 0)
    }
  }

  /// Moves the sessions of a cohort's users to the candidate; those of all others stay where they are.
  ///
  /// - Parameters:
  ///   - weight: the cohort's part of the users.
  ///   - before: the part of the users who were marked until now, the same ones as far as both reach.
  mutating func markCohort(_ weight: Double, before: Double) {
    guard weight > before, before < 1 else { return }
    let others = min(1, max(0, (sessions.lastMet - before) / (1 - before)))
    let changes = sessions.move(to: weight + (1 - weight) * others, rate: rate)
    let failing = failVersionChanges(changes, to: .candidate)
    users.hurtByChange(from: before, to: weight, requests: failing / (weight - before))
  }

  /// The probability that a request fails because its session met the other version just before.
  var changeFailure: Double { effect.versionChangeFailureProbability }

  /// Lets the next requests to a version fail whose sessions have come from the other one.
  ///
  /// - Returns: how many will.
  @discardableResult
  mutating func failVersionChanges(_ changes: Double, to version: ReleaseVersion) -> Double {
    let failing = changes * changeFailure
    guard failing > 0 else { return 0 }
    failingChanges[version] += failing
    return failing
  }

  /// What a piece of time made of the requests to a version.
  struct Served {
    /// Requests that arrived.
    var requests: Double
    /// Requests that nobody answered, who may have come before.
    var missed: Double
  }

  /// Counts whom a piece of time exposed and hurt.
  ///
  /// - Parameters:
  ///   - seconds: the length of the piece.
  ///   - routed: the share of requests that the route sends to the candidate, stickiness left out.
  ///   - served: what became of the requests.
  ///   - baseline: requests that stable alone would have missed as well, which harms nobody.
  ///   - hurt: the probability that the defect hurts an answered request of a user whom it can hurt.
  mutating func meetUsers(
    seconds: Double, routed: Double, served: PerVersion<Served>, baseline: Double, hurt: Double
  ) {
    let requests = served.stable.requests + served.candidate.requests
    let missed = served.stable.missed + served.candidate.missed
    var odds = UserExposure.Odds()
    // The rest may be a rounding error.
    if missed - baseline > 1e-9 * requests {
      let blamed = 1 - baseline / missed
      for version in ReleaseVersion.allCases {
        let (came, lost) = (served[version].requests, served[version].missed)
        if came > 0 { odds.otherwise[version] = min(1, lost / came) * blamed }
        // Those who had been waiting from before.
        if lost > came { users.hurt((lost - came) * blamed, rate: rate) }
      }
      // Sessions that stick to a version without requests meet what all others do.
      if served.candidate.requests <= 0 { odds.otherwise.candidate = odds.otherwise.stable }
      if served.stable.requests <= 0 { odds.otherwise.stable = odds.otherwise.candidate }
    }
    if served.candidate.requests > 0 {
      odds.answered = max(0, 1 - served.candidate.missed / served.candidate.requests)
      // A rounding error is no request.
      if odds.answered > 1 - 1e-9 { odds.answered = 1 }
    } else if requests <= 0 || isNobodyServing {
      odds.answered = 0
    }
    odds.hurt = odds.answered * hurt
    odds.change = sticks && isNobodyServing ? 0 : changeFailure
    if let cohort = dividedCohort {
      users.pass(
        seconds: seconds, requests: requests, odds: odds, marked: cohort.weight,
        others: sticks ? .stuck(cohort.others) : .anew(cohort.others))
    } else if isByUser {
      users.pass(
        seconds: seconds, requests: requests, odds: odds, marked: routed, others: .anew(0))
    } else {
      users.pass(
        seconds: seconds, requests: requests, odds: odds, marked: 0,
        others: sticks ? .stuck(routed) : .anew(routed), looseLeft: sessions.looseLeft)
    }
    if sticks, isNobodyServing { users.loosen(1, of: .stable) }
  }

  /// The probability that the defect makes an admitted request to the candidate fail, of a user whom it can hurt.
  ///
  /// What would have failed anyway does not count.
  func hurtProbability(_ defectProbability: Double) -> Double {
    guard isDefective else { return 0 }
    let affected = effect.affectedUsers
    let probability = affected > 0 ? min(1, defectProbability / affected) : 0
    let slowness = max(0, columns.candidate.lateAlone - columns.stable.lateAlone)
    return (1 - failingAnyway) * min(1, probability + (1 - probability) * slowness)
  }
}
