import LabKernel
import LabStrategies
import LabUnits

/// Traffic as a flow: between two events all rates are constant, and what happens is their integral.
///
/// The flow knows endpoints and weights, not replicas; the engine tells it what changed and lets it pass the
/// time in between. It keeps mean numbers of requests by what became of them until somebody draws them.
struct TrafficFlow {
  /// Requests that arrive in a second.
  var rate = 0.0
  /// Replicas of each version that routers send requests to.
  var endpoints = PerVersion(0, 0)
  /// Those of them that answer.
  var answering = PerVersion(0, 0)
  /// Answering replicas of the candidate whose defect has set in.
  var hurting = 0
  /// Synthetic requests to the candidate in a second.
  var checkRate = 0.0

  /// Mean requests since the last reading.
  var means = PerVersion(RequestMeans(), RequestMeans())
  /// Mean mirrored requests, as the candidate answered them.
  var mirrorMeans = RequestMeans()
  /// Mean synthetic requests, as the candidate answered them.
  var checkMeans = RequestMeans()
  /// Mean requests that stable alone would have turned away.
  var baselineShortfall = 0.0

  /// Requests a second that one endpoint of a version got until now.
  private(set) var recentRatePerEndpoint = PerVersion(0.0, 0.0)
  private(set) var route: TrafficRoute
  private(set) var users: UserExposure
  private(set) var sessions: SessionMemory
  /// Time in which both versions received requests, in nanoseconds.
  private(set) var mixedNanoseconds: Int64 = 0
  /// Time in which no answering replica received requests, in nanoseconds.
  private(set) var downNanoseconds: Int64 = 0
  /// Until when the candidate last received requests of users; nil: never.
  private(set) var lastCandidateRequest: Instant?
  /// When the defect could first hurt a request, be it a user's, mirrored or synthetic.
  var firstExposureToDefect: Instant?
  /// Since when the candidate has received all requests; nil while it does not.
  private(set) var allCandidateSince: Instant?
  /// Mean answered requests by column of the latency tables, of each version.
  private(set) var latencyWeights: PerVersion<[Double]>

  private let compiled: CompiledScenario
  private let effect: DefectEffect
  private let isDefective: Bool
  private let candidateTable: LatencyTable
  private let stickiness: UserModel.Stickiness
  private let timeout: Double
  private let workers: Double
  private let baselineFailure: Double
  private let sessionPart: Double
  private var queues = PerVersion(FluidQueue(), FluidQueue())
  private var baselineQueue = FluidQueue()
  /// Mean requests of users that wait in each queue; what else waits there are copies.
  private var waiting = PerVersion(0.0, 0.0)
  /// Mean requests of each version that will fail because their session comes from the other version.
  private var failingChanges = PerVersion(0.0, 0.0)

  /// The flow before the release: all requests go to stable.
  init(compiled: CompiledScenario, defectIndex: Int?) {
    self.compiled = compiled
    let scenario = compiled.scenario
    effect = defectIndex.map { scenario.release.catalog[$0].effect } ?? DefectEffect()
    isDefective = defectIndex != nil
    candidateTable = defectIndex.map { compiled.defectLatency[$0] } ?? compiled.stableLatency
    stickiness = scenario.users.stickiness
    timeout = scenario.service.timeout.seconds
    workers = Double(scenario.service.workers)
    baselineFailure = scenario.service.baselineFailures.fraction
    sessionPart = stickiness == .session ? 1 / max(scenario.users.requestsPerSession, 1) : 1
    users = UserExposure(
      users: scenario.users, totalEvents: compiled.totalRequests * sessionPart,
      affected: effect.affectedUsers)
    sessions = SessionMemory(users: scenario.users)
    let columns = [Double](repeating: 0, count: LatencyTable.columns)
    latencyWeights = PerVersion(columns, columns)
    route = .allStable
  }

  /// The share of requests that the route sends to the candidate now, stickiness left out.
  var routedShare: Double {
    switch route.rule {
    case .replicaShare:
      let all = endpoints.stable + endpoints.candidate
      return all > 0 ? Double(endpoints.candidate) / Double(all) : 0
    case .weighted(let weight), .cohort(let weight): return weight.fraction
    }
  }

  /// The share of requests that goes to the candidate now.
  var candidateShare: Double { sticks && !isNobodyServing ? sessions.stuck : routedShare }

  /// Whether traffic follows the endpoints, and there is none.
  private var isNobodyServing: Bool {
    guard case .replicaShare = route.rule else { return false }
    return endpoints.stable + endpoints.candidate == 0
  }

  private var isAnybodyWaiting: Bool {
    queues.stable.backlog > 0 || queues.candidate.backlog > 0 || baselineQueue.backlog > 0
  }

  private var sticks: Bool {
    guard stickiness == .session else { return false }
    if case .cohort = route.rule { return false }
    return true
  }

  private var isByUser: Bool {
    switch route.rule {
    case .cohort: true
    case .weighted: stickiness == .user
    case .replicaShare: false
    }
  }

  /// Sends requests another way from now on.
  mutating func follow(_ newRoute: TrafficRoute) {
    route = newRoute
    let share = routedShare
    if isByUser || (sticks && (share <= 0 || share >= 1)) { moveSessions(to: share) }
  }

  /// Tells the flow that a version has got its first endpoint; if it serves alone, all sessions are its own.
  mutating func gainedFirstEndpoint(of version: ReleaseVersion) {
    guard sticks, case .replicaShare = route.rule, endpoints[version.other] == 0 else { return }
    moveSessions(to: version == .candidate ? 1 : 0)
  }

  /// Tells the flow that a version has lost one of its endpoints, whose sessions go elsewhere.
  ///
  /// Where nobody serves any more, they wait to see who does next.
  mutating func lostEndpoint(of version: ReleaseVersion, before: Int) {
    guard sticks, case .replicaShare = route.rule, before > 0 else { return }
    guard !isNobodyServing else { return }
    let share = routedShare
    let part = 1 / Double(before)
    let stuck = sessions.stuck
    let after =
      version == .candidate
      ? stuck - stuck * part * (1 - share) : stuck + (1 - stuck) * part * share
    moveSessions(to: endpoints[version] == 0 ? (version == .candidate ? 0 : 1) : after)
  }

  private mutating func moveSessions(to share: Double) {
    let before = sessions.stuck
    let moved = sessions.move(to: share, rate: rate)
    if share > before, sticks { users.meetEvenly(candidateEvents: moved, hurt: 0) }
    failVersionChanges(moved, to: share > before ? .candidate : .stable)
  }

  /// Lets the next requests to a version fail whose sessions have come from the other one.
  private mutating func failVersionChanges(_ changes: Double, to version: ReleaseVersion) {
    let failing = changes * effect.versionChangeFailureProbability
    guard failing > 0 else { return }
    failingChanges[version] += failing
    // Each failing request is of another session, so requests and sessions count alike.
    users.meetEvenly(candidateEvents: 0, hurt: failing)
  }

  /// Lets time pass in which nothing changes.
  mutating func pass(from start: Instant, to end: Instant) {
    let nanoseconds = end.nanoseconds - start.nanoseconds
    guard nanoseconds > 0 else { return }
    rememberRates()
    let seconds = Double(nanoseconds) / 1e9
    let routed = routedShare
    let share =
      sticks && !isNobodyServing
      ? sessions.passStuck(seconds: seconds, weight: routed) : routed
    if !sticks && !isByUser {
      let changes = sessions.passUnstuck(seconds: seconds, rate: rate, share: share)
      failVersionChanges(changes.toStable, to: .stable)
      failVersionChanges(changes.toCandidate, to: .candidate)
    }
    let mirrored = route.mirrored.fraction * rate * (1 - share)
    noteTimes(start, end, nanoseconds, share: share, mirrored: mirrored)
    guard rate > 0 || isAnybodyWaiting else {
      passChecks(seconds: seconds)
      return
    }

    let baselineBefore = baselineShortfall
    passBaseline(seconds: seconds)
    let baseline = baselineShortfall - baselineBefore
    let otherBefore =
      means.stable.lost + means.stable.shortfall
      + means.candidate.lost + means.candidate.shortfall
    serve(
      .stable, table: compiled.stableLatency, seconds: seconds, rate: rate * (1 - share),
      mirrored: 0, defectProbability: 0)
    let defectProbability = defectProbability(load: rate * share + mirrored)
    serve(
      .candidate, table: candidateTable, seconds: seconds, rate: rate * share, mirrored: mirrored,
      defectProbability: defectProbability)
    let other =
      means.stable.lost + means.stable.shortfall
      + means.candidate.lost + means.candidate.shortfall - otherBefore - baseline
    meetUsers(
      seconds: seconds, share: share, routed: routed, defectProbability: defectProbability,
      other: other)
    passChecks(seconds: seconds)
  }

  /// Plays what the desired replicas of stable would have done with all requests.
  private mutating func passBaseline(seconds: Double) {
    let table = compiled.stableLatency
    let desired = Double(compiled.scenario.service.replicas)
    let capacity = desired * workers / table.meanService
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

  /// Remembers how many requests an endpoint gets, before what happens at this instant changes it.
  mutating func rememberRates() {
    recentRatePerEndpoint = PerVersion(
      ratePerEndpoint(of: .stable), ratePerEndpoint(of: .candidate))
  }

  /// Requests a second that one endpoint of a version gets.
  func ratePerEndpoint(of version: ReleaseVersion) -> Double {
    guard endpoints[version] > 0 else { return 0 }
    let share = version == .candidate ? candidateShare : 1 - candidateShare
    return rate * share / Double(endpoints[version])
  }

  private mutating func noteTimes(
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
  private func couldHurt(users: Double, copies: Double) -> Bool {
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
  private func defectProbability(load: Double) -> Double {
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

  private mutating func serve(
    _ version: ReleaseVersion, table: LatencyTable, seconds: Double, rate: Double,
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
      latencyWeights[version][column] += overall * (1 - next)
      if next > 0 { latencyWeights[version][column + 1] += overall * next }
    }
    if outcome.overloadedSeconds > 0 {
      let column = LatencyTable.column(wait: outcome.overloadedWait, timeout: timeout)
      let answered = max(0, decided - arriving * outcome.steadySeconds - outcome.lost * part)
      kinds.slow += answered * table.slowProbability[column]
      latencyWeights[version][column] += answered
    }

    // Of what was not turned away, some fail anyway, some by the defect, and the rest is answered.
    let admitted = max(0, decided - kinds.shortfall)
    let stableLate = compiled.stableLatency.timeoutProbability[0]
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
  private mutating func mirrorAlone(
    copies: Double, decided: Double, lost: Double, outcome: FluidQueue.Outcome,
    table: LatencyTable, capacity: Double, anyway: Double, byDefect: Double
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

  private func add(_ kinds: RequestMeans, scale: Double, to sum: inout RequestMeans) {
    sum.fast += kinds.fast * scale
    sum.slow += kinds.slow * scale
    sum.failedAnyway += kinds.failedAnyway * scale
    sum.failedByDefect += kinds.failedByDefect * scale
    sum.shortfall += kinds.shortfall * scale
  }

  private func blend(_ values: [Double], _ column: Int, _ next: Double) -> Double {
    next > 0 ? values[column] * (1 - next) + values[column + 1] * next : values[column]
  }

  /// The probability that waiting, and not the work itself, makes a request late.
  private func waitingTimeout(_ table: LatencyTable, _ utilisation: Double) -> Double {
    let (column, next) = LatencyTable.position(utilisation: utilisation)
    return max(0, blend(table.timeoutProbability, column, next) - table.timeoutProbability[0])
  }

  private mutating func meetUsers(
    seconds: Double, share: Double, routed: Double, defectProbability: Double, other: Double
  ) {
    let requests = rate * seconds
    // What stable alone would have turned away as well harms nobody; the rest may be a rounding error.
    if other > 1e-9 * requests {
      let part = requests > 0 ? min(1, other / requests) : 1
      users.hurt(other * sessionPart / (sessionPart + part * (1 - sessionPart)))
    }
    guard share > 0 else { return }
    if isByUser {
      users.meetBelow(
        weight: routed, events: requests * sessionPart,
        hurtProbability: hurtEvents(1, defectProbability) / sessionPart)
    } else if sticks {
      users.meetEvenly(
        candidateEvents: requests * sessionPart * routed,
        hurt: hurtEvents(requests * share, defectProbability))
    } else {
      users.meetEvenly(
        candidateEvents: requests * share, hurt: requests * share * defectProbability)
    }
  }

  /// The mean number of events (requests, or sessions where those stick) that are hurt when each request is with a probability.
  ///
  /// A session of geometrically many requests, 1/s on average, is spared with probability
  /// s (1 - p) / (1 - (1 - s)(1 - p)).
  private func hurtEvents(_ requests: Double, _ probability: Double) -> Double {
    guard probability > 0 else { return 0 }
    guard sessionPart < 1 else { return requests * probability }
    return requests * sessionPart * probability
      / (sessionPart + probability * (1 - sessionPart))
  }

  private mutating func passChecks(seconds: Double) {
    guard checkRate > 0 else { return }
    let checks = checkRate * seconds
    guard answering.candidate > 0 || endpoints.candidate > 0 else { return }
    // A synthetic user belongs to no segment, and a few checks are no load.
    var byDefect = effect.affectedUsers < 1 ? 0 : effect.failureProbability
    if effect.onsetUptime != nil, answering.candidate > 0 {
      byDefect *= Double(hurting) / Double(answering.candidate)
    }
    if effect.loadThreshold != nil { byDefect = 0 }
    let late = candidateTable.timeoutProbability[0]
    let failing = min(1, baselineFailure + byDefect + late)
    let slow = candidateTable.slowProbability[0]
    checkMeans.failedByDefect += checks * failing
    checkMeans.slow += checks * (1 - failing) * slow
    checkMeans.fast += checks * (1 - failing) * (1 - slow)
  }

  /// The latency that the given share of answered requests exceeds, in seconds; nil if none was answered.
  func latency(exceededBy share: Double) -> Double? {
    var mixture = LatencyTable.emptyMixture
    var total = 0.0
    // Whoever takes longer than the timeout is not answered.
    var late = 0.0
    let table = compiled.stableLatency
    for (version, source) in [(ReleaseVersion.stable, table), (.candidate, candidateTable)] {
      for column in 0..<LatencyTable.columns {
        let weight = latencyWeights[version][column]
        guard weight > 0 else { continue }
        total += weight
        late += weight * source.timeoutProbability[column]
        source.add(column: column, weight: weight, to: &mixture)
      }
    }
    guard total > late else { return nil }
    let exceeding = (late + share * (total - late)) / total
    return table.latency(exceededBy: exceeding, of: mixture, total: total)
  }
}
