import LabStrategies
import LabUnits

/// What becomes of a queue that nobody joins any more.
extension TrafficFlow {
  /// Counts whoever still waits as they will end, because nobody will see more of them.
  mutating func closeQueues() {
    for version in ReleaseVersion.allCases where waiting[version] > 0 {
      let capacity = Double(answering[version]) * workers / columns[version].meanService
      answer(
        waiting[version], of: version,
        lastWait: capacity > 0 ? queues[version].backlog / capacity : timeout)
      waiting[version] = 0
    }
    settleAnswers()
    answers?.close()
  }

  /// Lets the replicas of a version none of which takes requests any more work on until they are killed.
  ///
  /// Who waits u seconds from now on is answered where the service time ends before the grace does.
  mutating func leaveQueue(of version: ReleaseVersion) {
    let backlog = queues[version].drop()
    let requests = waiting[version]
    waiting[version] = 0
    guard requests > 0 else { return }
    let service = compiled.scenario.service
    let factor = version == .candidate ? effect.serviceTimeFactor : 1
    let grace = service.terminationGrace.seconds
    func excess(_ seconds: Double) -> Double {
      factor * service.serviceTime.meanExcess(over: seconds / factor)
    }
    let last = lastCapacity[version] > 0 ? backlog / lastCapacity[version] : .infinity
    let begun = min(last, grace)
    // The integral of the probability that a service ends within the rest of the grace, over the waits of those who begin it.
    let ended = begun - (excess(grace - begun) - excess(grace))
    let answered = last > 0 ? requests * min(1, max(0, ended / last)) : requests
    answer(answered, of: version, lastWait: min(last, timeout))
    // They harm users as all do that are missed in this piece of time.
    means[version].lost += requests - answered
  }

  /// Counts requests that have waited as they will end.
  ///
  /// What a queue has let go so far has counted with the waits of those who joined it meanwhile. Who is left is what they were
  /// more, at every wait up to that of the last to join.
  private mutating func answer(
    _ requests: Double, of version: ReleaseVersion, lastWait: Double
  ) {
    var outcome = FluidQueue.Outcome()
    outcome.waits.to = lastWait
    let shares = shares(version, outcome)
    var kinds = RequestMeans()
    kinds.shortfall = requests * shares.late
    kinds.slow = requests * shares.slow
    weigh(requests, of: version, waits: outcome.waits)
    let defect = version == .candidate ? defectProbability(load: rate * candidateShare) : 0
    _ = decide(&kinds, requests, version, columns[version], defect)
    add(kinds, scale: 1, to: &means[version])
  }
}
