import LabStrategies

/// What tells whether the flow has to keep up with the clock, or may lag behind it.
extension TrafficFlow {
  /// The share of requests that will go to the candidate if nothing changes for so many seconds.
  func candidateShare(after seconds: Double) -> Double {
    guard sticks && !isNobodyServing else { return routedShare }
    var later = sessions
    _ = later.passStuck(seconds: seconds, rate: rate, weight: routedShare)
    return later.stuckShare(weight: routedShare)
  }

  /// Whether it makes a difference how many replicas of a version routers know, and how many of them answer.
  ///
  /// It makes none where neither requests, copies nor checks go to the version, and none of them waits there.
  @inline(__always)
  func dependsOnReplicas(of version: ReleaseVersion) -> Bool {
    guard case .weighted(let weight) = route.rule, stickiness != .session, !countsWork else {
      return true
    }
    if queues[version].backlog > 0 { return true }
    return version == .stable
      ? weight < .allCandidate
      : weight > .allStable || route.mirrored > .none || checkRate > 0
  }

  /// Whether all rates stay as they are until somebody changes something.
  ///
  /// They do not while a queue grows or drains, or the share of sticking sessions creeps: then what a piece of time
  /// comes to is that of its means, and the shorter it is, the better.
  @inline(__always)
  var isEven: Bool {
    if isAnybodyWaiting || rate * columns.stable.meanService >= baselineReplicas * workers {
      return false
    }
    let share = candidateShare
    if sticks, share != routedShare || sessions.hasLoose || isNobodyServing { return false }
    let toCandidate = rate * share
    let toStable = rate - toCandidate
    // Endpoints that do not answer take their requests with them.
    let overload = PerVersion(
      toStable * columns.stable.meanService >= Double(endpoints.stable) * workers,
      (toCandidate + route.mirrored.fraction * toStable) * columns.candidate.meanService
        >= Double(endpoints.candidate) * workers)
    return !(overload.stable && endpoints.stable > 0)
      && !(overload.candidate && endpoints.candidate > 0)
  }
}
