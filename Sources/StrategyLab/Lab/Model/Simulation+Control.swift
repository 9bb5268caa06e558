import LabKernel
import LabStrategies
import LabUnits

/// The controller looks and orders, and the fleet obeys.
extension Simulation {
  /// Lets the controller look again and again until it orders nothing more.
  ///
  /// What it says or plans counts too: a controller may begin a step in one pass and act in the next.
  mutating func reconcile() {
    // A controller that never comes to rest is a mistake in it; a thousand passes is far beyond any real one.
    for _ in 0..<1000 {
      orders.removeAll(keepingCapacity: true)
      controller.reconcile(observation, into: &orders)
      if orders.isEmpty {
        needsReconcile = false
        return
      }
      for order in orders { obey(order) }
    }
    assertionFailure("the controller did not come to rest at \(now.seconds) s: \(orders)")
    needsReconcile = false
  }

  private var observation: FleetObservation {
    FleetObservation(
      now: now, desiredReplicas: desiredReplicas, stable: observed(.stable),
      candidate: observed(.candidate), route: orderedRoute, isRouteSettled: isRouteSettled,
      verdict: watch.verdict, isRollbackOrdered: watch.decision != nil, sample: sample)
  }

  /// Does what the controller wants.
  private mutating func obey(_ order: ReleaseOrder) {
    switch order {
    case .scale(let version, let desired):
      guard ask(version, for: desired) else { return }
      scale(version, to: desired)
    case .route(let route):
      guard route != orderedRoute else { return }
      orderedRoute = route
      routeStamp &+= 1
      // Routers learn of endpoints before they learn of routes that need them: the make-before-break
      // order of the xDS protocol (envoyproxy.io, "Eventual consistency considerations").
      let settles = max(now + compiled.scenario.cluster.routePropagation, lastEndpointKnown)
      // What a strategy starts from is how things were before the release.
      let isBeforeRelease = now == .zero && replicas.counts[1].notGone == 0
      if settles <= now || isBeforeRelease {
        flow.follow(route)
        isRouteSettled = true
      } else {
        isRouteSettled = false
        schedule(.routeSettled, stamp: routeStamp, at: settles)
      }
    case .startAnalysis(let kind):
      watch.start(kind, at: now)
      switch kind {
      case .checks(let rate), .probing(let rate): flow.checkRate = rate
      case .health, .comparison: flow.checkRate = 0
      }
    case .concludeAnalysis:
      concludeAnalysis()
    case .stopAnalysis:
      guard watch.analysis != nil else { return }
      watch.stop()
      flow.checkRate = 0
    case .takeSample(over: let window):
      takeSample(over: window)
    case .rollBack(because: let reason):
      guard watch.decision == nil else { return }
      decide(reason)
    case .begin(let step):
      steps?.append(Timeline.StepMark(time: now, step: step))
      if step.isAnnounced { announce(step.title) }
    case .wake(let instant):
      schedule(.wake, at: max(instant, now))
    case .announce(let text):
      announce(text)
    case .finish(let how):
      end = how
      endTime = now
      if firstEndTime == nil { firstEndTime = now }
      announce(how == .promoted ? "the release is promoted" : "the release is rolled back")
    }
  }

  mutating func routeSettled() {
    isRouteSettled = true
    flow.follow(orderedRoute)
    needsReconcile = true
  }
}
