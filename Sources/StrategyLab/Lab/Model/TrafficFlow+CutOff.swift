import LabKernel
import LabStrategies
import LabUnits

/// What replicas take along that are killed or die.
extension TrafficFlow {
  /// Counts requests that were cut off because the replica that held them was killed.
  ///
  /// - Parameters:
  ///   - requests: how many.
  ///   - version: the replica's version.
  ///   - start: since when requests came to it.
  ///   - now: when it is killed.
  mutating func cutOff(
    _ requests: Double, of version: ReleaseVersion, since start: Instant, at now: Instant
  ) {
    guard requests > 0 else { return }
    if answers != nil { return cutOffNow(requests, of: version, since: start, at: now) }
    // They were taken for answered when they came.
    means[version].lose(requests)
    users.hurt(requests, rate: rate)
  }

  /// Counts what a replica holds that dies: what it works on, and what waits there.
  mutating func loseHeld(of version: ReleaseVersion, since start: Instant, at now: Instant) {
    let table = columns[version]
    let rate = recentRatePerEndpoint[version]
    guard queues[version].backlog > 0, answering[version] > 0 else {
      let utilisation = rate * table.meanService / workers
      let staying = rate * (1 - table.balance(utilisation: utilisation).lost)
      // An overload that has only begun has no queue yet.
      let wait = utilisation < 1 ? table.meanWait(utilisation: utilisation) : 0
      return cutOff(
        min(staying * table.meanService, workers) + staying * wait, of: version, since: start,
        at: now)
    }
    cutOff(workers, of: version, since: start, at: now)
    let part = 1 / Double(answering[version])
    queues[version].drop(part: part)
    users.hurt(waiting[version] * part, rate: rate)
    means[version].lost += waiting[version] * part
    waiting[version] *= 1 - part
  }

  /// Loses what a replica holds that is deleted now and killed when its grace is over.
  ///
  /// Replicas that were deleted before it hold nothing that lasts so long, so that it is the others' in equal parts.
  ///
  /// - Parameters:
  ///   - version: its version.
  ///   - replicas: the version's replicas that are not deleted, this one included.
  ///   - start: since when requests came to it.
  ///   - now: when it is deleted.
  mutating func cutOffLater(
    _ version: ReleaseVersion, among replicas: Int, since start: Instant, at now: Instant
  ) {
    guard let answers, countsRequests else { return }
    settleAnswers()
    let service = compiled.scenario.service
    let grace = service.terminationGrace
    let factor = version == .candidate ? effect.serviceTimeFactor : 1
    func lasting(_ seconds: Double) -> Double {
      factor * service.serviceTime.meanExcess(over: seconds / factor)
    }
    let arrived = answers.held(of: version, at: now + grace) / Double(max(1, replicas))
    // It goes on accepting requests for a while.
    let coming =
      quietSince[version] == nil
      ? recentRatePerEndpoint[version]
        * max(0, lasting(compiled.secondsToFinish) - lasting(grace.seconds))
      : 0
    // What came before the release is counted nowhere else; the candidate had none then.
    let before =
      version == .stable
      ? compiled.scenario.traffic.steps[0].requestsPerSecond / Double(service.replicas)
        * lasting(grace.seconds + (now - .zero).seconds)
      : 0
    let failing = answers.failing(of: version, at: now + grace) * arrived
    answers.lose(arrived, before: before, of: version, at: now + grace)
    answers.owe(coming, of: version)
    let left = service.serviceTime.survival(grace.seconds / factor)
    // Of an exponential law this is the mean age, and of others near it.
    let age = left > 0 ? lasting(grace.seconds) / left : 0
    let quiet = quietSince[version].map { (now - $0).seconds } ?? 0
    let oldest = max(quiet, (now - max(start, .zero)).seconds)
    cutOffLatencies?.add(
      arrived + coming,
      CutOffLatencies.Window(ages: quiet...oldest, grace: grace.seconds, factor: factor))
    users.hurt(arrived + coming + before, byDefect: failing, rate: rate, age: age)
  }

  /// Loses what a replica holds that dies now: its share of what is under way, if that is less than what it would hold
  /// in the long run.
  mutating func cutOffNow(
    _ requests: Double, of version: ReleaseVersion, since start: Instant, at now: Instant
  ) {
    guard let answers, countsRequests else { return }
    settleAnswers()
    let held = min(requests, answers.held(of: version) / Double(max(1, answering[version])))
    let failing = answers.failing(of: version) * held
    answers.lose(held, of: version)
    let oldest = (now - max(start, .zero)).seconds
    let factor = version == .candidate ? effect.serviceTimeFactor : 1
    cutOffLatencies?.add(
      held, CutOffLatencies.Window(ages: 0...oldest, grace: 0, factor: factor))
    users.hurt(held, byDefect: failing, rate: rate, age: columns[version].meanService)
  }
}
