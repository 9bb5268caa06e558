import LabKernel
import LabStrategies
import LabUnits

/// What becomes of requests that reach a version: answered, late, failed, lost or turned away.
extension TrafficFlow {
  /// Counts the workers that are there.
  mutating func countWorkers(seconds: Double) {
    for version in ReleaseVersion.allCases {
      work[version].present += Double(answering[version]) * workers * seconds
    }
  }

  /// Plays what the desired replicas of stable would have done with all requests.
  mutating func passBaseline(seconds: Double) {
    let table = columns.stable
    let capacity = baselineReplicas * workers / table.meanService
    let outcome = baselineQueue.advance(
      seconds: seconds, arrivals: rate, capacity: capacity, timeout: timeout)
    baselineShortfall += outcome.lost
    if outcome.steadySeconds > 0 {
      baselineShortfall += rate * outcome.steadySeconds * waitingTimeout(table, rate / capacity)
    }
  }

  /// Counts whoever still waits as answered late, because nobody will see more of them.
  mutating func closeQueues() {
    for version in ReleaseVersion.allCases {
      means[version].slow += waiting[version]
      waiting[version] = 0
    }
  }

  /// Counts requests that were cut off because the replica that held them was killed.
  mutating func cutOff(_ requests: Double, of version: ReleaseVersion) {
    guard requests > 0 else { return }
    means[version].lost += requests
    // Requests that are in work together are those of different sessions.
    users.hurt(requests)
  }

  mutating func serve(
    _ version: ReleaseVersion, table: LatencyColumns, seconds: Double, rate: Double,
    mirrored: Double, defectProbability: Double
  ) {
    let replicas = Double(answering[version])
    guard endpoints[version] > 0 else {
      means[version].shortfall += rate * seconds + waiting[version]
      waiting[version] = 0
      _ = queues[version].drop()
      if mirrored > 0 { mirrorMeans.shortfall += mirrored * seconds }
      return
    }
    // Mirrored copies find the answering replicas as requests do.
    let reached = replicas / Double(endpoints[version])
    let arriving = rate * reached
    let copies = mirrored * reached
    means[version].lost += (rate - arriving) * seconds
    let load = arriving + copies
    guard load > 0 || queues[version].backlog > 0 else { return }
    let capacity = replicas * workers / table.meanService
    let all = queues[version].backlog + load * seconds
    let outcome = queues[version].advance(
      seconds: seconds, arrivals: load, capacity: capacity, timeout: timeout)
    if countsWork {
      // Who has a backlog has no idle worker; otherwise it is as busy as the load makes it.
      work[version].busy +=
        load * table.meanService * outcome.steadySeconds
        + replicas * workers * outcome.overloadedSeconds
    }
    // A request counts when its fate is known; users and copies wait mixed with one another.
    let present = waiting[version] + arriving * seconds
    let part = all > 0 ? present / all : 1
    waiting[version] = queues[version].backlog * part
    let decided = present - waiting[version]

    var kinds = RequestMeans()
    var overall = 0.0
    kinds.shortfall = outcome.lost * part
    if outcome.steadySeconds > 0 {
      let (column, next) = LatencyTable.position(utilisation: load / capacity)
      let slow = blend(table.slowProbability, column, next)
      overall = arriving * outcome.steadySeconds
      kinds.shortfall += overall * waitingTimeout(table, load / capacity)
      kinds.slow = overall * slow
      weigh(column, overall * (1 - next), of: version)
      if next > 0 { weigh(column + 1, overall * next, of: version) }
    }
    if outcome.overloadedSeconds > 0 {
      let column = LatencyTable.column(wait: outcome.overloadedWait, timeout: timeout)
      let answered = max(0, decided - arriving * outcome.steadySeconds - outcome.lost * part)
      kinds.slow += answered * table.slowProbability[column]
      weigh(column, answered, of: version)
    }

    // Of what was not turned away, some fail anyway, some by the defect, and the rest is answered.
    let admitted = max(0, decided - kinds.shortfall)
    let stableLate = columns.stable.timeoutProbability[0]
    let anyway = min(1, baselineFailure + (1 - baselineFailure) * stableLate)
    let slowness = max(0, table.timeoutProbability[0] - stableLate)
    let byDefect = (1 - anyway) * min(1, defectProbability + (1 - defectProbability) * slowness)
    let good = 1 - anyway - byDefect
    kinds.failedAnyway = admitted * anyway
    kinds.failedByDefect = admitted * byDefect
    let goodSlow = min(kinds.slow * good, admitted * good)
    kinds.slow = goodSlow
    kinds.fast = max(0, admitted * good - goodSlow)
    if failingChanges[version] > 0 {
      failingChanges[version] = kinds.fail(failingChanges[version])
    }
    add(kinds, scale: 1, to: &means[version])
    if copies > 0, arriving > 0 {
      add(kinds, scale: copies / arriving, to: &mirrorMeans)
    } else if copies > 0 {
      mirrorAlone(
        copies: copies, decided: all - queues[version].backlog - decided,
        lost: outcome.lost * (1 - part), outcome: outcome, table: table, capacity: capacity,
        anyway: anyway, byDefect: byDefect)
    }
  }

  /// Mirrored requests to a candidate that gets no others.
  mutating func mirrorAlone(
    copies: Double, decided: Double, lost: Double, outcome: FluidQueue.Outcome,
    table: LatencyColumns, capacity: Double, anyway: Double, byDefect: Double
  ) {
    let (column, next) = LatencyTable.position(utilisation: copies / capacity)
    let slow =
      outcome.steadySeconds > 0
      ? blend(table.slowProbability, column, next)
      : table.slowProbability[LatencyTable.column(wait: outcome.overloadedWait, timeout: timeout)]
    let admitted = max(0, decided - lost)
    let good = admitted * (1 - anyway - byDefect)
    mirrorMeans.shortfall += lost
    mirrorMeans.failedAnyway += admitted * anyway
    mirrorMeans.failedByDefect += admitted * byDefect
    mirrorMeans.slow += good * slow
    mirrorMeans.fast += good * (1 - slow)
  }

  /// Counts answered requests of a column, in the array where it lies.
  @inline(__always)
  private mutating func weigh(_ column: Int, _ requests: Double, of version: ReleaseVersion) {
    if version == .stable {
      latencyWeights.stable[column] += requests
    } else {
      latencyWeights.candidate[column] += requests
    }
  }

  @inline(__always)
  func add(_ kinds: RequestMeans, scale: Double, to sum: inout RequestMeans) {
    sum.fast += kinds.fast * scale
    sum.slow += kinds.slow * scale
    sum.failedAnyway += kinds.failedAnyway * scale
    sum.failedByDefect += kinds.failedByDefect * scale
    sum.shortfall += kinds.shortfall * scale
  }

  @inline(__always)
  func blend(_ values: UnsafePointer<Double>, _ column: Int, _ next: Double) -> Double {
    next > 0 ? values[column] * (1 - next) + values[column + 1] * next : values[column]
  }

  /// The probability that waiting, and not the work itself, makes a request late.
  @inline(__always)
  func waitingTimeout(_ table: LatencyColumns, _ utilisation: Double) -> Double {
    let (column, next) = LatencyTable.position(utilisation: utilisation)
    return max(0, blend(table.timeoutProbability, column, next) - table.timeoutProbability[0])
  }

  mutating func passChecks(seconds: Double) {
    guard checkRate > 0 else { return }
    let checks = checkRate * seconds
    guard answering.candidate > 0 || endpoints.candidate > 0 else { return }
    // A synthetic user belongs to no segment, and a few checks are no load.
    var byDefect = effect.affectedUsers < 1 ? 0 : effect.failureProbability
    if effect.onsetUptime != nil, answering.candidate > 0 {
      byDefect *= Double(hurting) / Double(answering.candidate)
    }
    if effect.loadThreshold != nil { byDefect = 0 }
    let late = columns.candidate.timeoutProbability[0]
    let failing = min(1, baselineFailure + byDefect + late)
    let slow = columns.candidate.slowProbability[0]
    checkMeans.failedByDefect += checks * failing
    checkMeans.slow += checks * (1 - failing) * slow
    checkMeans.fast += checks * (1 - failing) * (1 - slow)
  }
}
