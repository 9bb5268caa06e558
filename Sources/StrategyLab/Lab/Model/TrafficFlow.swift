import LabKernel
import LabStrategies
import LabUnits

/// Traffic as a flow: between two events all rates are constant, and what happens is their integral.
///
/// The flow knows endpoints and weights, not replicas; the engine tells it what changed and lets it pass the
/// time in between. It keeps mean numbers of requests by what became of them until somebody draws them.
///
/// What is asked at every event is always inlined: the compiler copies the whole flow to call it otherwise.
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
  /// What the replicas have worked, where an autoscaler wants to know.
  var work = PerVersion(WorkDone(), WorkDone())
  /// Replicas that would serve without the release.
  var baselineReplicas: Double
  /// Mean requests that stable alone would have turned away.
  var baselineShortfall = 0.0

  /// Requests a second that one endpoint of a version got until now.
  var recentRatePerEndpoint = PerVersion(0.0, 0.0)
  /// Since when a version's endpoints have got no requests; nil while they get some.
  var quietSince = PerVersion<Instant?>(nil, nil)
  private(set) var route: TrafficRoute
  /// The cohort of a route whose other users are divided by requests or sessions; nil on any other route.
  ///
  /// Where users stick by their hash, or all others go the same way, the others are told apart as the cohort is.
  private(set) var dividedCohort: (weight: Double, others: Double)?
  var users: UserExposure
  var sessions: SessionMemory
  /// Time in which both versions received requests, in nanoseconds.
  var mixedNanoseconds: Int64 = 0
  /// Time in which no answering replica received requests, in nanoseconds.
  var downNanoseconds: Int64 = 0
  /// Until when the candidate last received requests of users; nil: never.
  var lastCandidateRequest: Instant?
  /// When the defect could first hurt a request, be it a user's, mirrored or synthetic.
  var firstExposureToDefect: Instant?
  /// Since when the candidate has received all requests; nil while it does not.
  var allCandidateSince: Instant?
  /// Mean answered requests by column of the latency tables, of each version.
  var latencyWeights: PerVersion<[Double]>

  /// Whether the flow counts what becomes of requests; otherwise it only keeps the times and the shares.
  var countsRequests = true

  let compiled: CompiledScenario
  let effect: DefectEffect
  let isDefective: Bool
  private let defectIndex: Int?
  /// The tables of both versions as the flow looks them up; ``compiled`` owns their memory.
  let columns: PerVersion<LatencyColumns>
  let stickiness: UserModel.Stickiness
  let timeout: Double
  let workers: Double
  let baselineFailure: Double
  /// The probability that a request that is served fails without the release as well.
  let failingAnyway: Double
  let countsWork: Bool
  var queues = PerVersion(FluidQueue(), FluidQueue())
  var baselineQueue = FluidQueue()
  var baselineLoss = BaselineLoss()
  /// Mean requests of users that wait in each queue; what else waits there are copies.
  var waiting = PerVersion(0.0, 0.0)
  /// What the replicas of a version could complete in a second when they last had a queue, or could have got one.
  var lastCapacity = PerVersion(0.0, 0.0)
  /// Mean requests of each version that will fail because their session comes from the other version.
  var failingChanges = PerVersion(0.0, 0.0)
  /// Workers that have work, where answers take long against a scrape.
  var busyWorkers: PerVersion<BusyWorkers>
  var busyBaseline: BusyWorkers
  /// What the latencies hold that was cut off, where that can be much.
  var cutOffLatencies: CutOffLatencies?
  /// Answers that are under way, where they take long against a scrape; otherwise requests count when they arrive.
  let answers: PendingAnswers?

  /// The flow before the release: all requests go to stable.
  init(compiled: CompiledScenario, defectIndex: Int?) {
    self.compiled = compiled
    let scenario = compiled.scenario
    baselineReplicas = Double(scenario.service.replicas)
    countsWork = scenario.autoscaler != nil
    effect = defectIndex.map { scenario.release.catalog[$0].effect } ?? DefectEffect()
    isDefective = defectIndex != nil
    self.defectIndex = defectIndex
    let candidateTable = defectIndex.map { compiled.defectLatency[$0] } ?? compiled.stableLatency
    columns = PerVersion(compiled.stableLatency.columns, candidateTable.columns)
    stickiness = scenario.users.stickiness
    timeout = scenario.service.timeout.seconds
    workers = Double(scenario.service.workers)
    let baselineFailure = scenario.service.baselineFailures.fraction
    self.baselineFailure = baselineFailure
    failingAnyway = min(1, baselineFailure + (1 - baselineFailure) * columns.stable.lateAlone)
    users = UserExposure(
      users: scenario.users, totalRequests: compiled.totalRequests,
      rateAtStart: scenario.traffic.steps[0].requestsPerSecond,
      horizon: scenario.experiment.horizon.seconds, affected: effect.affectedUsers)
    sessions = SessionMemory(users: scenario.users)
    answers = compiled.answerGrid.map { PendingAnswers($0) }
    cutOffLatencies = compiled.answerGrid.map { _ in
      CutOffLatencies(scenario.service, latencies: compiled.stableLatency.latencies)
    }
    busyBaseline = BusyWorkers(
      busy: scenario.traffic.steps[0].requestsPerSecond * columns.stable.meanService,
      workers: baselineReplicas * workers)
    busyWorkers = PerVersion(busyBaseline, BusyWorkers(busy: 0, workers: 0))
    let none = [Double](repeating: 0, count: LatencyTable.columnCount)
    latencyWeights = PerVersion(none, none)
    route = .allStable
  }

  /// The tables of a version, with the slowness of its defect.
  func table(of version: ReleaseVersion) -> LatencyTable {
    guard version == .candidate, let defectIndex else { return compiled.stableLatency }
    return compiled.defectLatency[defectIndex]
  }

  /// The share of requests that the route sends to the candidate now, stickiness left out.
  @inline(__always)
  var routedShare: Double {
    switch route.rule {
    case .replicaShare:
      let all = endpoints.stable + endpoints.candidate
      return all > 0 ? Double(endpoints.candidate) / Double(all) : 0
    case .weighted(let weight): return weight.fraction
    case .cohort(let weight, let others):
      return weight.fraction + (1 - weight.fraction) * others.fraction
    }
  }

  /// The share of requests that goes to the candidate now.
  @inline(__always)
  var candidateShare: Double {
    sticks && !isNobodyServing ? sessions.stuckShare(weight: routedShare) : routedShare
  }

  /// Whether traffic follows the endpoints, and there is none.
  @inline(__always)
  var isNobodyServing: Bool {
    guard case .replicaShare = route.rule else { return false }
    return endpoints.stable + endpoints.candidate == 0
  }

  var isAnybodyWaiting: Bool {
    queues.stable.backlog > 0 || queues.candidate.backlog > 0 || baselineQueue.backlog > 0
  }

  /// Whether running sessions stay on their version; those of a cohort's users need not stick to stay.
  @inline(__always)
  var sticks: Bool {
    guard stickiness == .session else { return false }
    if case .cohort = route.rule { return dividedCohort != nil }
    return true
  }

  /// The divided cohort of a route.
  private func cohort(of route: TrafficRoute) -> (weight: Double, others: Double)? {
    guard case .cohort(let weight, let others) = route.rule, stickiness != .user,
      weight < .allCandidate, others > .allStable, others < .allCandidate
    else { return nil }
    return (weight.fraction, others.fraction)
  }

  /// The share of the users all of whose requests go to the candidate by a mark.
  private var markedShare: Double {
    if case .cohort(let weight, _) = route.rule { weight.fraction } else { 0 }
  }

  /// The share of the requests of all other users that a cohort's route sends to the candidate.
  private var othersShare: Double {
    if case .cohort(_, let others) = route.rule { others.fraction } else { 0 }
  }

  @inline(__always)
  var isByUser: Bool {
    switch route.rule {
    case .cohort: dividedCohort == nil
    case .weighted: stickiness == .user
    case .replicaShare: false
    }
  }

  /// Sends requests another way from now on.
  mutating func follow(_ newRoute: TrafficRoute) {
    let markedBefore = markedShare
    let stuckBefore = sticks
    let othersBefore = othersShare
    let stays = route.rule == .replicaShare && newRoute.rule == .replicaShare
    if !stays { fastenSessions() }
    route = newRoute
    dividedCohort = cohort(of: newRoute)
    if sticks, !stuckBefore { users.divide(marked: markedBefore, others: othersBefore) }
    if let cohort = dividedCohort { return markCohort(cohort.weight, before: markedBefore) }
    let share = routedShare
    if isByUser || (sticks && !stays && (share <= 0 || share >= 1)) { moveSessions(to: share) }
  }

  /// Tells the flow that a version has lost one of its endpoints, whose sessions choose again with their next request.
  mutating func lostEndpoint(of version: ReleaseVersion, before: Int) {
    guard sticks, case .replicaShare = route.rule, before > 0 else { return }
    loosenSessions(1 / Double(before), of: version)
  }

  /// Lets time pass in which nothing changes.
  mutating func pass(from start: Instant, to end: Instant) {
    let nanoseconds = end.nanoseconds - start.nanoseconds
    guard nanoseconds > 0 else { return }
    rememberRates(at: start)
    let seconds = Double(nanoseconds) / 1e9
    let routed = routedShare
    let share = sticks ? passStuck(seconds: seconds, weight: routed) : routed
    if !sticks && !isByUser {
      let changes: (toStable: Double, toCandidate: Double)
      if let cohort = dividedCohort {
        changes = sessions.passUnstuck(
          seconds: seconds, rate: rate, share: cohort.others, marked: cohort.weight)
      } else {
        changes = sessions.passUnstuck(seconds: seconds, rate: rate, share: share)
      }
      let failing =
        failVersionChanges(changes.toStable, to: .stable)
        + failVersionChanges(changes.toCandidate, to: .candidate)
      if failing > 0 {
        let marked = dividedCohort?.weight ?? 0
        users.hurtByChange(from: marked, to: 1, requests: failing / (1 - marked))
      }
    }
    let mirrored = route.mirrored.fraction * rate * (1 - share)
    if countsWork { countWorkers(seconds: seconds) }
    noteTimes(start, end, nanoseconds, share: share, mirrored: mirrored)
    guard countsRequests else { return }
    guard rate > 0 || isAnybodyWaiting else {
      let nobody = Served(requests: 0, missed: 0)
      meetUsers(
        seconds: seconds, routed: routed, served: PerVersion(nobody, nobody), baseline: 0, hurt: 0)
      passChecks(seconds: seconds)
      return
    }

    let baselineBefore = baselineShortfall
    passBaseline(seconds: seconds)
    let baseline = baselineShortfall - baselineBefore
    let missedByStable = means.stable.missed
    let missedByCandidate = means.candidate.missed
    serve(
      .stable, table: columns.stable, seconds: seconds, rate: rate * (1 - share),
      mirrored: 0, defectProbability: 0)
    let defectProbability = defectProbability(load: rate * share + mirrored)
    serve(
      .candidate, table: columns.candidate, seconds: seconds, rate: rate * share,
      mirrored: mirrored, defectProbability: defectProbability)
    meetUsers(
      seconds: seconds, routed: routed,
      served: PerVersion(
        Served(
          requests: rate * seconds * (1 - share), missed: means.stable.missed - missedByStable),
        Served(
          requests: rate * seconds * share, missed: means.candidate.missed - missedByCandidate)),
      baseline: baseline, hurt: hurtProbability(defectProbability))
    passChecks(seconds: seconds)
  }

  /// Remembers how many requests an endpoint gets from now on, and for how long it has got none.
  mutating func rememberRates(at now: Instant) {
    let share = candidateShare
    rememberRate(of: .stable, rate * (1 - share), at: now)
    rememberRate(of: .candidate, rate * share, at: now)
  }

  /// The same for one version, all of whose endpoints together get so many requests a second.
  private mutating func rememberRate(of version: ReleaseVersion, _ all: Double, at now: Instant) {
    let current = endpoints[version] > 0 ? all / Double(endpoints[version]) : 0
    if current > 0 {
      recentRatePerEndpoint[version] = current
      quietSince[version] = nil
    } else if quietSince[version] == nil {
      quietSince[version] = now
    }
  }
}
