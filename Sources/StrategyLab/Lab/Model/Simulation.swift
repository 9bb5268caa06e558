import LabKernel
import LabStrategies
import LabUnits

/// One play of one strategy in one world: the discrete-event model of the fleet, its traffic and its watchers.
///
/// The run loop is that of every next-event simulation: the clock jumps from event to event, the flow of
/// traffic is integrated over the gaps, and after all events of an instant the controller looks and orders.
/// Simultaneous events happen in the order in which they were planned; the controller always comes last.
struct Simulation {
  let compiled: CompiledScenario
  let strategyIndex: Int
  let world: World
  let effect: DefectEffect
  let horizon: Instant

  var controller: any ReleaseController
  /// Whether the controller is shown each replica that has gone.
  let countsTerminating: Bool
  var calendar: LaneCalendar<SimulationEvent>
  var now = Instant.zero
  var replicas = ReplicaTable()
  var pool: NodePool
  /// The traffic until ``trafficTime``.
  var flow: TrafficFlow
  var trafficTime = Instant.zero
  /// Whether the traffic is brought up to date at every event: requests that are played one by one meet each
  /// replica as it is.
  var trafficKeepsUp = false
  /// Whether readings of the counters that nobody would act on are drawn together.
  var readsTogether = true
  /// The number of the last reading until which nobody would act on any.
  var quietUntil = 0
  /// What was found when coming events were looked at: nobody asks, but what leaves no trace the compiler does not do.
  var lookedAt = 0
  /// Whether the traffic stays as it was when it was last looked at until something changes.
  var trafficIsEven = false
  /// The requests one by one; nil where the flow draws their sums.
  var requests: RequestTraffic?
  /// Whether there are ``requests``; to look at them costs a call.
  private(set) var playsRequests = false
  var watch: ReleaseWatch
  var ledger: FleetLedger
  var operations: OperationRate

  /// Replicas that wait for room, first come first served; those before the head have got it, or have gone.
  var waiting = PlainMemory<Int32>()
  var waitingHead = 0
  /// Replicas that were asked for, and that the control plane has not created yet.
  var uncreated = 0
  /// Starts, deletions and nodes so far, which number the draws.
  var starts = PerVersion(0, 0)
  var deletions = PerVersion(0, 0)
  /// The spans of those that other strategies have drawn in this world.
  var drawnSpans = DrawnSpans()
  var nodesOrdered = 0
  /// Which replicas of each version are deleted next.
  var deletionOrder = PerVersion(DeletionOrder(), DeletionOrder())
  /// Whether the order of a version's deletions is kept.
  var keepsDeletionOrder = PerVersion(false, false)
  /// Those that are deleted now.
  var chosen = PlainMemory<Int32>()
  /// What a killed replica of each version cuts off, as it was last worked out.
  var lateCutOff = PerVersion(LateCutOff(), LateCutOff())

  var orderedRoute = TrafficRoute.allStable
  var routeStamp: UInt32 = 0
  var isRouteSettled = true
  /// When the routers know every replica that is ready now.
  var lastEndpointKnown = Instant.zero
  var nextWake = Instant.distantFuture
  var orders: [ReleaseOrder] = []
  var needsReconcile = true
  /// Whether the numbers of replicas have changed since the controller last looked.
  var hasCountsChanged = false
  /// The replicas without which the controller would order nothing; nil: it looks at every change.
  var awaitedReplicas: AwaitedReplicas?
  var end: ReleaseEnd?
  var endTime: Instant?
  /// When the release first ended; a roll-back after a promotion ends later.
  var firstEndTime: Instant?

  /// Rows of the timeline; nil when nobody wants them.
  var rows: [Timeline.Row]?
  /// For each row, the replicas that were asked for and not created yet when the row ended.
  var uncreatedInRows: [Int] = []
  var announcements: [String] = []
  /// The steps that the strategy began; nil when nobody wants them.
  var steps: [StepMark]?
  /// The fleet as a step function of time, if somebody wants it.
  var course = FleetCourse()
  /// Whether somebody does.
  var keepsCourse = false
  /// The replicas that the service shall have now; an autoscaler changes them.
  var desiredReplicas: Int
  /// What changes the replicas beside the controller; nil: nothing does.
  var autoscaling: FleetAutoscaling?

  /// The last sample that the controller ordered.
  var sample: MetricSample?
  /// What samples are made of; nil if the controller takes none.
  var samples: SampleMemory?

  /// A strategy about to be played.
  ///
  /// - Parameters:
  ///   - compiled: the scenario.
  ///   - strategyIndex: which of its strategies, from 0.
  ///   - world: the random part of the replication.
  ///   - recordsTimeline: whether every change is written down.
  init(
    compiled: CompiledScenario, strategyIndex: Int, world: World, recordsTimeline: Bool = false
  ) {
    let scenario = compiled.scenario
    self.compiled = compiled
    self.strategyIndex = strategyIndex
    self.world = world
    desiredReplicas = scenario.service.replicas
    autoscaling = scenario.autoscaler.map {
      FleetAutoscaling($0, replicas: scenario.service.replicas)
    }
    effect = world.defectIndex.map { scenario.release.catalog[$0].effect } ?? DefectEffect()
    horizon = .zero + scenario.experiment.horizon
    calendar = LaneCalendar(
      lanes: SimulationEvent.Kind.lanes, slots: compiled.calendarSlots, until: horizon)
    controller = scenario.strategies[strategyIndex].strategy.makeController(
      replicas: scenario.service.replicas)
    samples = controller.takesSamples ? SampleMemory() : nil
    countsTerminating = controller.countsTerminatingReplicas
    pool = NodePool(placesPerNode: compiled.placesPerNode)
    flow = TrafficFlow(compiled: compiled, defectIndex: world.defectIndex)
    if compiled.detail.level == .request {
      playsRequests = true
      trafficKeepsUp = true
      requests = RequestTraffic(compiled: compiled, world: world)
      flow.countsRequests = false
    }
    watch = ReleaseWatch(compiled: compiled, world: world)
    ledger = FleetLedger(desired: scenario.service.replicas, nodes: compiled.initialNodes)
    operations = OperationRate(
      perSecond: scenario.cluster.controllerRate, burst: scenario.cluster.controllerBurst)
    rows = recordsTimeline ? [] : nil
    steps = recordsTimeline ? [] : nil
  }

  /// Plays the release to the horizon.
  mutating func run() {
    begin()
    settle()
    while let next = calendar.nextTime(), next <= horizon {
      passTime(to: next)
      while let event = calendar.popFirst(at: next) {
        if calendar.hasNews { lookAhead() }
        handle(event)
      }
      settle()
    }
    passTime(to: horizon)
    catchUpTraffic()
    flow.closeQueues()
    requests?.close()
    readCounters()
  }

  /// Lets the controller look, writes down what changed, and keeps the books.
  private mutating func settle() {
    if needsReconcile || hasCountsChanged {
      if needsReconcile || mayControllerAct {
        reconcile()
      } else {
        assert(isControllerAtRest, "the controller did not wait for what it said it would")
      }
      hasCountsChanged = false
      noteProgress()
    }
    ledger.note(
      stable: replicas.counts.stable, candidate: replicas.counts.candidate, uncreated: uncreated,
      nodes: pool.nodes, at: now)
    if watch.decision != nil { noteRestored() }
    if rows != nil { writeRow() }
    if keepsCourse { noteCourse() }
  }

  private mutating func noteRestored() {
    let available = replicas.counts[0].available
    guard compiled.isAutoscaled else {
      return watch.noteRestored(
        at: now, isFull: available >= compiled.scenario.service.replicas)
    }
    // Whom the autoscaler makes smaller when all is over is still restored.
    watch.noteRestored(
      at: now, isFull: watch.restored != nil || available >= watch.replicasToRestore)
  }

  private mutating func begin() {
    let scenario = compiled.scenario
    pool.reset(nodes: compiled.initialNodes)
    // Every replica is replaced once, and mostly by no more than one.
    replicas.reserveCapacity(2 * scenario.service.replicas, members: scenario.service.replicas)
    waiting.reserveCapacity(scenario.service.replicas)
    calendar.reserveCapacity(scenario.service.replicas)
    flow.rate = scenario.traffic.steps[0].requestsPerSecond
    if scenario.traffic.steps.count > 1 {
      schedule(.trafficStep, 1, at: scenario.traffic.steps[1].start)
    }
    var serving = 0
    for _ in 0..<scenario.service.replicas {
      let isAllowed = compiled.quotaReplicas.map { replicas.placed < $0 } ?? true
      guard isAllowed, let node = pool.place() else {
        let replica = replicas.add(.stable)
        requests?.add(replica, .stable)
        waiting.append(Int32(replica))
        continue
      }
      let replica = replicas.addServing(on: node)
      serving += 1
      guard playsRequests else { continue }
      requests?.add(replica, .stable)
      requests?.isAnswering[replica] = true
      requests?.setEndpoint(replica, .stable, true)
    }
    flow.endpoints.stable = serving
    flow.answering.stable = serving
    replicas.counts[0].desired = scenario.service.replicas
    flow.rememberRates(at: .zero)
    requests?.begin(flow)
    placeWaiting()
    schedule(.reading, at: .zero + scenario.monitoring.scrapeInterval)
    schedule(.progressCheck, at: .zero + scenario.monitoring.progressDeadline)
    beginAutoscaling()
  }

  /// Plans an event; nothing is planned beyond the horizon.
  mutating func schedule(
    _ kind: SimulationEvent.Kind, _ entity: Int = 0, stamp: UInt32 = 0, at instant: Instant
  ) {
    guard instant <= horizon else { return }
    let event = SimulationEvent(kind, entity, stamp: stamp)
    if let lane = kind.lane {
      calendar.schedule(event, at: instant, lane: lane)
    } else {
      calendar.schedule(event, at: instant)
    }
  }

  private mutating func handle(_ event: SimulationEvent) {
    let entity = Int(event.entity)
    switch event.kind {
    case .created: wasCreated(entity)
    case .ready: if isCurrent(event) { becameReady(entity) }
    case .available: if isCurrent(event) { becameAvailable(entity) }
    case .endpointAdded: if isCurrent(event) { setEndpoint(entity, true) }
    case .endpointRemoved: if replicas.phase(of: entity) != .ready { setEndpoint(entity, false) }
    case .deleted: if replicas[entity].isDoomed { terminate(entity) }
    case .toldToStop: setAnswering(entity, false)
    case .gone: if isCurrent(event) { wentAway(entity) }
    case .crashed: if isCurrent(event) { crashed(entity) }
    case .restarted: if isCurrent(event) { start(entity) }
    case .onset: if isCurrent(event) { setHurting(entity) }
    case .nodeReady: nodeBecameReady()
    case .nodeExpires: nodeMayExpire(entity)
    case .trafficStep: changeTraffic(to: entity)
    case .routeSettled: if event.stamp == routeStamp { routeSettled() }
    case .reading:
      readCounters()
      planReading()
    case .verdict: verdictArrived(event.stamp)
    case .page: peopleCalled(entity)
    case .decision: peopleDecide(entity)
    case .progressCheck: checkProgress()
    case .usageReading: readUsage()
    case .autoscalerSync: syncAutoscaler()
    case .baselineStep: baselineChanges(to: entity)
    case .wake:
      if nextWake <= now { nextWake = .distantFuture }
      needsReconcile = true
    }
  }

  private func isCurrent(_ event: SimulationEvent) -> Bool {
    replicas[Int(event.entity)].stamp == event.stamp
  }

  private mutating func writeRow() {
    let stable = replicas.counts[0]
    let candidate = replicas.counts[1]
    let weight = candidateShare
    if announcements.isEmpty {
      if let last = rows?.last, last.stable == stable, last.candidate == candidate,
        abs(last.candidateWeight - weight) < 1e-9
      {
        uncreatedInRows[uncreatedInRows.count - 1] = uncreated
        return
      }
      announcements.append("")
    }
    for text in announcements {
      rows?.append(
        Timeline.Row(
          time: now, event: text, stable: stable, candidate: candidate, candidateWeight: weight))
      uncreatedInRows.append(uncreated)
    }
    announcements.removeAll(keepingCapacity: true)
  }

  /// Adds a line to the timeline, if there is one.
  mutating func announce(_ text: @autoclosure () -> String) {
    if rows != nil { announcements.append(text()) }
  }
}
