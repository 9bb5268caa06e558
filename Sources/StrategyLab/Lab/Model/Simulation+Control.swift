import LabKernel
import LabStrategies
import LabUnits

/// The controller looks and orders, and the fleet obeys.
extension Simulation {
  /// Lets the controller look again and again until it orders nothing that changes anything.
  ///
  /// A step that begins, or a remark, changes nothing that can be seen, and still says that the controller
  /// has moved: it may go on at once.
  mutating func reconcile() {
    // A controller that never comes to rest is a mistake in it; a thousand passes is far beyond any real one.
    for _ in 0..<1000 {
      // There are one or two, which go faster one by one than all at once.
      while orders.popLast() != nil {}
      controller.reconcile(observation, into: &orders)
      var hasChanged = false
      for place in orders.indices {
        let order = orders[place]
        if obey(order) || order.tellsOfProgress { hasChanged = true }
      }
      if !hasChanged { return cameToRest() }
    }
    assertionFailure("the controller did not come to rest at \(now.seconds) s: \(orders)")
    cameToRest()
  }

  private mutating func cameToRest() {
    needsReconcile = false
    hasCountsChanged = false
    // An autoscaler's replicas are shown to the controller as if they were others.
    awaitedReplicas = compiled.isAutoscaled ? nil : controller.awaitedReplicas
  }

  /// Whether the controller might order anything where nothing has changed but the numbers of replicas.
  @inline(__always)
  var mayControllerAct: Bool {
    guard let awaitedReplicas else { return true }
    return awaitedReplicas.areThere(
      stable: replicas.counts.stable, candidate: replicas.counts.candidate)
  }

  /// Whether the controller would order nothing now.
  var isControllerAtRest: Bool {
    var controller = controller
    var orders: [ReleaseOrder] = []
    controller.reconcile(observation, into: &orders)
    return orders.isEmpty
  }

  private var observation: FleetObservation {
    FleetObservation(
      now: now, desiredReplicas: desiredReplicas, stable: observed(.stable),
      candidate: observed(.candidate), route: orderedRoute, isRouteSettled: isRouteSettled,
      verdict: watch.verdict, isRollbackOrdered: watch.decision != nil, sample: sample)
  }

  /// Does what the controller wants.
  ///
  /// - Returns: whether something changed that the controller may see.
  private mutating func obey(_ order: ReleaseOrder) -> Bool {
    switch order {
    case .scale(let version, let desired):
      guard ask(version, for: desired) else { return false }
      scale(version, to: desired)
      return true
    case .route(let route):
      guard route != orderedRoute else { return false }
      orderedRoute = route
      routeStamp &+= 1
      // Routers learn of endpoints before they learn of routes that need them: the make-before-break
      // order of the xDS protocol (envoyproxy.io, "Eventual consistency considerations").
      let settles = max(now + compiled.scenario.cluster.routePropagation, lastEndpointKnown)
      // What a strategy starts from is how things were before the release.
      let isBeforeRelease = now == .zero && replicas.counts[1].notGone == 0
      if settles <= now || isBeforeRelease {
        catchUpTraffic()
        flow.follow(route)
        isRouteSettled = true
      } else {
        isRouteSettled = false
        schedule(.routeSettled, stamp: routeStamp, at: settles)
      }
      return true
    case .startAnalysis(let kind):
      catchUpTraffic()
      watch.start(kind, at: now)
      switch kind {
      case .checks(let rate), .probing(let rate): flow.checkRate = rate
      case .health, .comparison: flow.checkRate = 0
      }
      return true
    case .concludeAnalysis:
      concludeAnalysis()
      return true
    case .stopAnalysis:
      guard watch.analysis != nil else { return false }
      watch.stop()
      catchUpTraffic()
      flow.checkRate = 0
      return true
    case .takeSample(over: let window):
      takeSample(over: window)
      return true
    case .rollBack(because: let reason):
      guard watch.decision == nil else { return false }
      decide(reason)
      return true
    case .begin(let step):
      let weight = candidateShare
      steps?.append(
        StepMark(
          time: now, step: step,
          stable: replicas.counts[0].created(butFor: uncreated, .stable, replicas.counts[1]),
          candidate: replicas.counts[1].created(butFor: uncreated, .candidate, replicas.counts[0]),
          candidateWeight: weight))
      if step.isAnnounced { announce(step.title) }
      return false
    case .wake(let instant):
      schedule(.wake, at: max(instant, now))
      return false
    case .announce(let text):
      announce(text)
      return false
    case .finish(let how):
      end = how
      endTime = now
      if firstEndTime == nil { firstEndTime = now }
      announce(how == .promoted ? "the release is promoted" : "the release is rolled back")
      return true
    }
  }

  mutating func routeSettled() {
    isRouteSettled = true
    catchUpTraffic()
    flow.follow(orderedRoute)
    if flow.sticks, flow.routedShare <= 0 || flow.routedShare >= 1,
      flow.route.rule != .replicaShare
    {
      requests?.moveSessions(toCandidate: flow.routedShare >= 1)
    }
    needsReconcile = true
  }
}

extension ReleaseOrder {
  /// Whether the order says that the controller itself has moved on.
  fileprivate var tellsOfProgress: Bool {
    switch self {
    case .begin, .announce: true
    default: false
    }
  }
}
