import LabKernel
import LabStrategies
import LabUnits

/// Monitors read counters, people are called, and somebody decides.
extension Simulation {
  /// Draws the requests since the last reading, and shows the counts to the monitors.
  mutating func readCounters() {
    catchUpTraffic()
    let luck = nextLuck()
    var reading = MonitorReading(time: now, stable: .none, candidate: .none)
    if playsRequests {
      readRequests(into: &reading)
    } else {
      drawRequests(luck, into: &reading)
    }
    watch.noteBurning(reading, objective: compiled.scenario.costs.objective)
    callPeopleIfNeeded(reading, readings: luck.readings)
    analyse(reading, luck.number)
  }

  /// What the reading of now draws from.
  ///
  /// Readings on the grid have the same number, and so the same luck, for every strategy.
  private mutating func nextLuck() -> ReadingLuck {
    let interval = compiled.scenario.monitoring.scrapeInterval.nanoseconds
    guard now.nanoseconds % interval == 0, watch.lastGridReading < now else {
      watch.extraReadings += 1
      return ReadingLuck(number: 1 << 28 | watch.extraReadings)
    }
    let first = Int(watch.lastGridReading.nanoseconds / interval) + 1
    let last = Int(now.nanoseconds / interval)
    watch.lastGridReading = now
    return ReadingLuck(from: first, through: last)
  }

  /// Draws what the flow has brought since the last reading.
  private mutating func drawRequests(_ luck: ReadingLuck, into reading: inout MonitorReading) {
    flow.collectAnswers()
    var stream = world.stream(luck.requests, luck.number * 2)
    let stable = RequestTally(flow.means.stable, from: &stream)
    watch.totals.stable.add(stable)
    reading.stable = stable.counts
    flow.means.stable = RequestMeans()

    if !flow.means.candidate.isEmpty {
      var stream = world.stream(luck.requests, luck.number * 2 + 1)
      let candidate = RequestTally(flow.means.candidate, from: &stream)
      watch.totals.candidate.add(candidate)
      reading.candidate = candidate.counts
      flow.means.candidate = RequestMeans()
    }
    if flow.baselineShortfall > 0 {
      var stream = world.stream(luck.baseline, luck.number)
      watch.baselineShortfall += stream.poisson(mean: flow.baselineShortfall)
      flow.baselineShortfall = 0
    }
  }

  /// Takes the counts of the requests that were played since the last reading.
  private mutating func readRequests(into reading: inout MonitorReading) {
    requests?.settleOpen(by: now)
    for version in ReleaseVersion.allCases {
      let tally = requests?.takeCounts(of: version) ?? RequestTally()
      watch.totals[version].add(tally)
      if version == .stable {
        reading.stable = tally.counts
      } else {
        reading.candidate = tally.counts
      }
    }
    watch.baselineShortfall += requests?.takeBaselineShortfall() ?? 0
  }

  /// What copies and synthetic requests have told since the last reading.
  private mutating func probes(_ number: Int) -> RequestCounts {
    if playsRequests, let played = requests?.takeProbes() { return played }
    var counts = RequestCounts.none
    if !flow.mirrorMeans.isEmpty {
      var stream = world.stream(WorldPurpose.mirror, number)
      counts += RequestTally(flow.mirrorMeans, from: &stream).counts
      flow.mirrorMeans = RequestMeans()
    }
    if !flow.checkMeans.isEmpty {
      var stream = world.stream(WorldPurpose.checks, number)
      counts += RequestTally(flow.checkMeans, from: &stream).counts
      flow.checkMeans = RequestMeans()
    }
    return counts
  }

  /// Reads the counters once more, and lets the analysis come to a verdict on what it has.
  mutating func concludeAnalysis() {
    readCounters()
    guard watch.analysis != nil, !watch.isVerdictUnderWay else { return }
    watch.isVerdictUnderWay = true
    watch.concludesFailed = watch.conclude()
    if watch.concludesFailed { announceFailure() }
    schedule(
      .verdict, stamp: watch.analysisStamp,
      at: now + compiled.scenario.monitoring.evaluationDelay)
  }

  private mutating func analyse(_ userReading: MonitorReading, _ number: Int) {
    var reading = userReading
    reading.candidate += probes(number)
    samples?.add(reading)
    guard watch.analyse(reading) else { return }
    watch.isVerdictUnderWay = true
    watch.concludesFailed = true
    announceFailure()
    schedule(
      .verdict, stamp: watch.analysisStamp,
      at: now + compiled.scenario.monitoring.evaluationDelay)
  }

  private mutating func announceFailure() {
    let reason = rows == nil ? "" : watch.analysisReason
    announce("the analysis fails: \(reason)")
  }

  mutating func verdictArrived(_ stamp: UInt32) {
    guard stamp == watch.analysisStamp else { return }
    needsReconcile = true
    if watch.concludesFailed {
      watch.verdict = .failed
      decide("the analysis has failed")
    } else {
      watch.verdict = .passed
    }
  }

  private mutating func callPeopleIfNeeded(_ reading: MonitorReading, readings: Int) {
    let interval = compiled.scenario.monitoring.scrapeInterval
    if watch.alert(reading, readings: readings, every: interval) {
      let reason = rows == nil ? "" : watch.alertReason
      call(.alert, after: compiled.scenario.monitoring.evaluationDelay, because: reason)
    }
    let people = compiled.scenario.people
    guard world.defectIndex != nil, !watch.complaintsSent, watch.decision == nil else { return }
    let complaints =
      harmedByDefect * Double(compiled.scenario.users.population)
      * people.complaintShare.fraction
    if complaints >= Double(people.complaintsToPage) {
      watch.complaintsSent = true
      call(.complaints, after: people.complaintDelay, because: "users complain")
    }
  }

  private mutating func call(
    _ cause: ReleaseWatch.PageCause, after delay: Span, because reason: String
  ) {
    guard watch.decision == nil, !watch.isPageOpen || cause == .complaints else { return }
    if cause != .complaints { watch.isPageOpen = true }
    announce("people will be called: \(reason)")
    schedule(.page, cause.rawValue, at: now + delay)
  }

  mutating func peopleCalled(_ cause: Int) {
    guard watch.decision == nil else { return }
    if watch.firstPage == nil { watch.firstPage = now }
    watch.isPageOpen = true
    announce("people are called")
    var stream = world.stream(WorldPurpose.reaction, watch.pages)
    watch.pages += 1
    let reaction = compiled.scenario.people.reaction.sample(from: &stream)
    schedule(.decision, cause, at: now + reaction)
  }

  /// People have looked: they roll back if what called them is still so and the candidate may be the cause.
  ///
  /// An alert looks back over minutes and hours; people look at the last reading too, and do not undo a release because of
  /// a downtime that is over.
  mutating func peopleDecide(_ rawCause: Int) {
    watch.isPageOpen = false
    guard watch.decision == nil, let cause = ReleaseWatch.PageCause(rawValue: rawCause) else {
      return
    }
    // A replica that starts again after a crash shows its restarts, also between two back-offs.
    let isCrashing = replicas.members.candidate.elements.contains {
      replicas[Int($0)].restarts > 0 && replicas.phase(of: Int($0)) != .ready
    }
    if isCrashing { return decide("people see the candidate crash") }
    catchUpTraffic()
    let candidateServes = flow.candidateShare > 0
    switch cause {
    case .alert where watch.isAlertFiring && watch.stillBurns && candidateServes:
      return decide("people see the alert still firing")
    case .plan: return decide("the plan asks for the way back")
    case .complaints where candidateServes:
      return decide("people see that the candidate hurts users")
    default: break
    }
    announce("people find nothing that a roll-back would mend")
    if let page = watch.firstPage { watch.dismissed += now - page }
    watch.firstPage = nil
  }

  mutating func decide(_ reason: String) {
    guard watch.decision == nil else { return }
    catchUpTraffic()
    watch.decision = now
    watch.replicasToRestore = replicasToRestore
    // Whom the candidate has answered since the last reading has met it too.
    requests?.settleOpen(by: now)
    flow.settleAnswers()
    watch.exposedAtDecision = usersMet.exposed
    announce("it is decided to roll back: \(reason)")
    needsReconcile = true
  }

  /// Calls people when the release has waited for replicas for too long.
  ///
  /// Who has looked at a standstill is not called to it again: the next check is due when something has moved.
  mutating func checkProgress() {
    let deadline = compiled.scenario.monitoring.progressDeadline
    let due = watch.lastProgress + deadline
    guard now >= due else { return schedule(.progressCheck, at: due) }
    watch.awaitsProgressCheck = false
    let waits =
      replicas.counts[0].available < replicas.counts[0].desired
      || replicas.counts[1].available < replicas.counts[1].desired
    guard waits else { return }
    call(
      .noProgress, after: .zero,
      because: rows == nil ? "" : "no progress for \(Int(deadline.seconds)) s")
  }

  /// Remembers that the release got on, if it did, and sees to it that somebody checks whether it still does.
  @inline(__always)
  mutating func noteProgress() {
    watch.noteProgress(at: now, stable: replicas.counts[0], candidate: replicas.counts[1])
    guard watch.lastProgress == now, !watch.awaitsProgressCheck else { return }
    watch.awaitsProgressCheck = true
    schedule(.progressCheck, at: now + compiled.scenario.monitoring.progressDeadline)
  }
}
