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

  /// Lets time pass at a queue.
  static func advance(
    _ queue: inout FluidQueue, seconds: Double, load: Double, capacity: Double, timeout: Double,
    _ table: LatencyColumns
  ) -> FluidQueue.Outcome {
    let settled = load >= capacity ? capacity * table.meanWait(utilisation: load / capacity) : nil
    return queue.advance(
      seconds: seconds, arrivals: load, capacity: capacity, timeout: timeout, settled: settled)
  }

  /// The probability that want of capacity, and not the work itself, costs a request at a replica in balance.
  static func missing(
    _ balance: LatencyColumns.Balance, _ table: LatencyColumns
  ) -> Double {
    balance.lost + (1 - balance.lost) * max(0, balance.late - table.lateAlone)
  }

  /// The shares of requests that a backlog makes late, and of those that it lets be answered slowly.
  func shares(
    _ version: ReleaseVersion, _ outcome: FluidQueue.Outcome
  ) -> (late: Double, slow: Double) {
    let table = columns[version]
    let late = table.share(longerThan: timeout, waits: outcome.waits)
    let slow = table.share(longerThan: table.slowSeconds, waits: outcome.waits)
    return (max(0, late - table.lateAlone), max(0, slow - late))
  }

  /// Spreads answered requests over the waits of a backlog that grew or drained evenly.
  mutating func weigh(
    _ requests: Double, of version: ReleaseVersion, waits: (from: Double, to: Double)
  ) {
    // Weights are linear between two columns, so that there the middle says it all.
    let (first, _) = LatencyTable.position(wait: waits.from, timeout: timeout)
    let (last, _) = LatencyTable.position(wait: waits.to, timeout: timeout)
    let points = first == last ? 1 : 16
    let each = requests / Double(points)
    for point in 0..<points {
      let part = (Double(point) + 0.5) / Double(points)
      let wait = waits.from + part * (waits.to - waits.from)
      let (column, next) = LatencyTable.position(wait: wait, timeout: timeout)
      weigh(column, each * (1 - next), of: version)
      weigh(column + 1, each * next, of: version)
    }
  }

  /// Lets time pass in which requests reach a version.
  ///
  /// - Parameters:
  ///   - version: the version.
  ///   - table: its latencies.
  ///   - seconds: how long.
  ///   - rate: requests a second.
  ///   - mirrored: copies a second.
  ///   - defectProbability: the probability that the defect fails a request.
  mutating func serve(
    _ version: ReleaseVersion, table: LatencyColumns, seconds: Double, rate: Double,
    mirrored: Double, defectProbability: Double
  ) {
    var free = 0.0
    if answers != nil {
      free = freeSeconds(of: version, in: seconds, rate: rate + mirrored)
      if free > 0 {
        serve(
          version, table: table, seconds: free, rate: rate, mirrored: mirrored,
          defectProbability: defectProbability, hasFreeWorkers: true)
      }
      guard free < seconds else { return }
    }
    serve(
      version, table: table, seconds: seconds - free, rate: rate, mirrored: mirrored,
      defectProbability: defectProbability, hasFreeWorkers: false)
  }

  /// The seconds of a time in which a version has free workers.
  private mutating func freeSeconds(
    of version: ReleaseVersion, in seconds: Double, rate: Double
  ) -> Double {
    let replicas = Double(answering[version])
    busyWorkers[version].resize(replicas * workers)
    if queues[version].backlog > 0 {
      busyWorkers[version].fill()
      return 0
    }
    let reached = endpoints[version] > 0 ? replicas / Double(endpoints[version]) : 0
    return busyWorkers[version].advance(
      seconds: seconds, rate: rate * reached, service: columns[version].meanService)
  }

  private mutating func serve(
    _ version: ReleaseVersion, table: LatencyColumns, seconds: Double, rate: Double,
    mirrored: Double, defectProbability: Double, hasFreeWorkers: Bool
  ) {
    let replicas = Double(answering[version])
    if replicas == 0, queues[version].backlog > 0 { leaveQueue(of: version) }
    guard endpoints[version] > 0 else {
      means[version].shortfall += rate * seconds
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
    if copies == 0, queues[version].isSteady(arrivals: load, capacity: capacity) {
      return serveInBalance(
        version, table, requests: arriving * seconds, utilisation: load / capacity,
        defectProbability: defectProbability)
    }
    let all = queues[version].backlog + load * seconds
    let isFilling = hasFreeWorkers && load >= capacity
    lastCapacity[version] = capacity
    let outcome =
      isFilling
      ? FluidQueue.Outcome(steadySeconds: seconds)
      : Self.advance(
        &queues[version], seconds: seconds, load: load, capacity: capacity, timeout: timeout, table)
    let balance =
      outcome.steadySeconds > 0
      ? table.balance(utilisation: isFilling ? 0 : load / capacity) : nil
    if countsWork {
      // Who has a backlog has no idle worker; otherwise it is as busy as the load makes it.
      work[version].busy +=
        load * table.meanService * outcome.steadySeconds * (1 - (balance?.lost ?? 0))
        + replicas * workers * outcome.overloadedSeconds
    }
    // A request counts when its fate is known; users and copies wait mixed with one another.
    let present = waiting[version] + arriving * seconds
    let part = all > 0 ? present / all : 1
    waiting[version] = queues[version].backlog * part
    let decided = present - waiting[version]

    var kinds = RequestMeans()
    kinds.shortfall = outcome.lost * part
    if let balance {
      let overall = arriving * outcome.steadySeconds
      let staying = overall * (1 - balance.lost)
      kinds.shortfall += overall * Self.missing(balance, table)
      kinds.slow = staying * max(0, balance.slow - balance.late)
      weigh(balance.column, staying * (1 - balance.next), of: version)
      if balance.next > 0 { weigh(balance.column + 1, staying * balance.next, of: version) }
    }
    if outcome.overloadedSeconds > 0 {
      let answered = max(0, decided - arriving * outcome.steadySeconds - outcome.lost * part)
      let shares = shares(version, outcome)
      kinds.shortfall += answered * shares.late
      kinds.slow += answered * shares.slow
      weigh(answered, of: version, waits: outcome.waits)
    }

    let byDefect = decide(&kinds, decided, version, table, defectProbability)
    add(kinds, scale: 1, to: &means[version])
    if copies > 0, arriving > 0 {
      add(kinds, scale: copies / arriving, to: &mirrorMeans)
    } else if copies > 0 {
      mirrorAlone(
        copies: copies, decided: all - queues[version].backlog - decided,
        lost: outcome.lost * (1 - part), outcome: outcome, table: table, capacity: capacity,
        anyway: failingAnyway, byDefect: byDefect)
    }
  }

  /// Counts requests that find a version's replicas in balance, as they mostly do.
  @inline(__always)
  private mutating func serveInBalance(
    _ version: ReleaseVersion, _ table: LatencyColumns, requests: Double, utilisation: Double,
    defectProbability: Double
  ) {
    let balance = table.balance(utilisation: utilisation)
    let staying = requests * (1 - balance.lost)
    if countsWork { work[version].busy += staying * table.meanService }
    var kinds = RequestMeans()
    kinds.shortfall = requests * Self.missing(balance, table)
    kinds.slow = staying * max(0, balance.slow - balance.late)
    weigh(balance.column, staying * (1 - balance.next), of: version)
    if balance.next > 0 { weigh(balance.column + 1, staying * balance.next, of: version) }
    _ = decide(&kinds, requests, version, table, defectProbability)
    add(kinds, scale: 1, to: &means[version])
  }

  /// Tells what becomes of requests whose fate is known: of what was not turned away, some fail anyway, some by the defect,
  /// and the rest is answered.
  ///
  /// Those turned away are counted, and those that the load makes slow; the other kinds are filled in.
  ///
  /// - Returns: the probability that one that was not turned away fails by the defect.
  @inline(__always)
  mutating func decide(
    _ kinds: inout RequestMeans, _ decided: Double, _ version: ReleaseVersion,
    _ table: LatencyColumns, _ defectProbability: Double
  ) -> Double {
    let admitted = max(0, decided - kinds.shortfall)
    let slowness = max(0, table.lateAlone - columns.stable.lateAlone)
    let byDefect =
      (1 - failingAnyway) * min(1, defectProbability + (1 - defectProbability) * slowness)
    let good = 1 - failingAnyway - byDefect
    kinds.failedAnyway = admitted * failingAnyway
    kinds.failedByDefect = admitted * byDefect
    // Slow answers are those within the timeout, so that their work is as well.
    let inTime = 1 - table.lateAlone
    let goodSlow = min(inTime > 0 ? kinds.slow * good / inTime : 0, admitted * good)
    kinds.slow = goodSlow
    kinds.fast = max(0, admitted * good - goodSlow)
    if failingChanges[version] > 0 {
      failingChanges[version] = kinds.fail(failingChanges[version])
    }
    return byDefect
  }

  /// Mirrored requests to a candidate that gets no others.
  mutating func mirrorAlone(
    copies: Double, decided: Double, lost: Double, outcome: FluidQueue.Outcome,
    table: LatencyColumns, capacity: Double, anyway: Double, byDefect: Double
  ) {
    var slow = 0.0
    var missed = lost
    if outcome.steadySeconds > 0 {
      let balance = table.balance(utilisation: copies / capacity)
      let overall = copies * outcome.steadySeconds
      missed += overall * Self.missing(balance, table)
      slow += overall * (1 - balance.lost) * max(0, balance.slow - balance.late)
    }
    if outcome.overloadedSeconds > 0 {
      let rest = max(0, decided - copies * outcome.steadySeconds - lost)
      let shares = shares(.candidate, outcome)
      missed += rest * shares.late
      slow += rest * shares.slow
    }
    let admitted = max(0, decided - missed)
    let inTime = 1 - table.lateAlone
    let good = admitted * (1 - anyway - byDefect)
    let goodSlow = min(inTime > 0 ? slow * (1 - anyway - byDefect) / inTime : 0, good)
    mirrorMeans.shortfall += missed
    mirrorMeans.failedAnyway += admitted * anyway
    mirrorMeans.failedByDefect += admitted * byDefect
    mirrorMeans.slow += goodSlow
    mirrorMeans.fast += good - goodSlow
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
    let late = columns.candidate.lateAlone
    let failing = min(1, baselineFailure + byDefect + late)
    let slow = late < 1 ? max(0, columns.candidate.slowAlone - late) / (1 - late) : 0
    checkMeans.failedByDefect += checks * failing
    checkMeans.slow += checks * (1 - failing) * slow
    checkMeans.fast += checks * (1 - failing) * (1 - slow)
  }
}
