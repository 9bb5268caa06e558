import LabKernel
import LabStrategies
import LabUnits

/// Traffic as single requests: each has a user, a session, a way, a replica, a wait and a service.
///
/// The ground truth that the flow is held against. Replicas serve first come, first served, so a request's
/// start and end follow at its arrival from when its replica's workers are free (``WorkerStations``), and no
/// request is an event. Between two events of the fleet nothing changes that a request could meet; whose fate lies
/// beyond the next event is kept until it is known, because a replica that is killed takes it along.
///
/// The instants of requests are counted from the lead before the release (``RequestTerms/lead``) in whole
/// nanoseconds: a release begins with a fleet at work, and not with empty queues.
///
/// Request number i of a replication draws the same numbers whatever the strategy did before, so that
/// strategies meet the same users with the same work at the same times.
struct RequestTraffic {
  /// What is the same for all requests.
  let terms: RequestTerms
  let effect: DefectEffect
  let world: World

  /// Where requests come from.
  var arrivals: RequestArrivals
  /// Synthetic requests to the candidate.
  var checks: RequestArrivals
  var choices: NumberedDraws
  var furtherChoices: NumberedDraws
  var checkChoices: NumberedDraws
  var copies: NumberedDraws
  var retryWords: NumberedDraws
  /// The users of sessions, by the order in which those begin.
  var sessionUsers: UserSequence
  /// The users of requests, where each request draws its own.
  var requestUsers: UserSequence
  var pool: SessionPool
  /// All sessions that were looked at ahead, so that nobody takes the looking for useless.
  var seenAhead: UInt64 = 0
  /// Sessions begun so far.
  var sessionsBegun: UInt64 = 0
  /// What waits to be sent again.
  var retries: RetryQueue?

  /// The replicas' workers; a station has its replica's number.
  var stations: WorkerStations
  var endpoints = PerVersion(EndpointList(), EndpointList())
  var isAnswering: [Bool] = []
  var isHurting: [Bool] = []
  var isCandidateReplica: [Bool] = []
  /// When a replica will be killed, in nanoseconds.
  var killedAt: [Int64] = []
  var roundRobin = PerVersion(0, 0)
  /// Stable alone with all its replicas, where that would turn requests away too.
  var baseline: BaselineFleet?

  var way = RequestWay()
  /// Until when nothing can change a fate, in nanoseconds.
  var certainUntil: Int64 = 0
  /// Requests whose fate is not certain yet.
  var open: [OpenRequest] = []
  /// How many of them were kept when they were last gone through.
  var keptOpen = 0

  var counts = PerVersion(FateCounts(), FateCounts())
  var mirrorCounts = FateCounts()
  var checkCounts = FateCounts()
  /// Requests since the last reading that stable alone would have turned away.
  var baselineShortfall = 0
  var latencies: LatencyCounts
  /// Consecutive requests of a session that met different versions.
  var versionChanges = 0
  /// Who has sent a request.
  var active: UserSet
  /// Who has got an answer from the candidate.
  var exposed: UserSet
  /// Who has been hurt by the release.
  var harmed: UserSet
  /// Who has been hurt by the candidate's defect.
  var harmedByDefect: UserSet
  /// Nanoseconds of work that were taken on since the release began or were left then, where an autoscaler
  /// wants to know.
  var workTaken = PerVersion(0.0, 0.0)

  /// The traffic before the release: sessions run, and all of them have met stable.
  init(compiled: CompiledScenario, world: World) {
    let scenario = compiled.scenario
    terms = RequestTerms(compiled)
    effect = world.defectIndex.map { scenario.release.catalog[$0].effect } ?? DefectEffect()
    self.world = world
    arrivals = RequestArrivals(
      world, WorldPurpose.arrivals, service: terms.service,
      recorded: scenario.traffic.arrivals.map { [lead = terms.lead] in $0.map { $0 + lead } })
    checks = RequestArrivals(world, WorldPurpose.checkArrivals, service: terms.service)
    choices = world.numbered(WorldPurpose.choices)
    furtherChoices = world.numbered(WorldPurpose.furtherChoices)
    checkChoices = world.numbered(WorldPurpose.checkChoices)
    copies = world.numbered(WorldPurpose.copies)
    retryWords = world.numbered(WorldPurpose.retries)
    let sticks = scenario.users.stickiness == .session
    let users = UserPopulation(
      users: scenario.users,
      events: compiled.totalRequests / (sticks ? max(scenario.users.requestsPerSession, 1) : 1),
      world: world)
    sessionUsers = UserSequence(users)
    requestUsers = UserSequence(users)
    pool = SessionPool(users: scenario.users)
    retries = scenario.service.retries.map { RetryQueue($0) }
    stations = WorkerStations(
      workers: scenario.service.workers,
      countsPresent: scenario.service.balancing == .leastRequest)
    latencies = LatencyCounts(highest: terms.timeout)
    let population = scenario.users.population
    active = UserSet(population: population)
    exposed = UserSet(population: population)
    harmed = UserSet(population: population)
    harmedByDefect = UserSet(population: population)
    baseline = BaselineFleet(compiled)
  }

  /// An instant of the release as requests count it.
  @inline(__always)
  func time(of instant: Instant) -> Int64 { instant.nanoseconds + terms.lead }

  /// Plays the lead before the release: all requests go to stable, and none of them is counted.
  ///
  /// - Parameter flow: the rates and the route at the beginning.
  mutating func begin(_ flow: TrafficFlow) {
    arrivals.change(rate: flow.rate, at: 0)
    fillPool(rate: flow.rate)
    play(from: 0, to: terms.lead, flow: flow)
    let serving = endpoints.stable.replicas
    for place in 0..<pool.count {
      pool.change(place) {
        $0.forgetCounting()
        // Each has been given its version by one of stable's replicas.
        guard !serving.isEmpty else { return }
        $0.stick(candidate: false, replica: Int(serving[place % serving.count]))
      }
    }
    versionChanges = 0
    baselineShortfall = 0
    workTaken = terms.countsWork ? workLeft(at: .zero) : PerVersion(0, 0)
    active = UserSet(population: terms.population)
  }

  /// Lets requests come at another rate from now on.
  mutating func change(rate: Double, at now: Instant) {
    arrivals.change(rate: rate, at: time(of: now))
    fillPool(rate: rate)
  }

  /// Lets as many sessions run as there are at a rate.
  private mutating func fillPool(rate: Double) {
    let size = pool.size(rate: rate)
    pool.cut(to: size)
    let before = pool.count
    while pool.count < size {
      var session = SessionPool.Session(user: sessionUsers.user(of: sessionsBegun))
      sessionsBegun += 1
      if before > 0 {
        // A crowd that grows behaves as the one that was there.
        let like = pool[pool.count % before]
        if like.isPlaced { session.stick(candidate: like.sticksToCandidate, replica: like.replica) }
        if like.hasMet { session.meetBefore(candidate: like.lastIsCandidate) }
      } else {
        session.meetBefore(candidate: false)
        session.stick(candidate: false)
      }
      pool.append(session)
    }
  }

  /// The counts of a version since the last reading, which begin anew.
  mutating func takeCounts(of version: ReleaseVersion) -> RequestTally { counts[version].take() }

  /// Requests since the last reading that stable alone would have turned away, counted anew from now on.
  mutating func takeBaselineShortfall() -> Int {
    defer { baselineShortfall = 0 }
    return baselineShortfall
  }

  /// What copies and synthetic requests have told since the last reading.
  mutating func takeProbes() -> RequestCounts {
    var counts = mirrorCounts.take().counts
    counts += checkCounts.take().counts
    return counts
  }

  /// The part of the population in a set.
  func fraction(_ set: UserSet) -> Double { Double(set.count) / Double(terms.population) }
}
