import LabStrategies
import LabUnits

/// A cluster just real enough to play a controller: fixed delays, no lag, no randomness.
///
/// Simultaneous events all happen before the controller looks; then it is called until it orders
/// nothing more. What an order breaks (a size ordered twice, an endless pass) lands in ``issues``.
struct ToyCluster {
  /// What the cluster is and does by itself.
  struct World {
    var replicas = 10
    var minReady = Span.zero
    var routeDelay = Span.zero
    /// The start-up of the k-th replica of a version created after the start; nil: never ready.
    var startUp: (ReleaseVersion, Int) -> Span? = { _, _ in .seconds(2) }
    /// The drain of the k-th replica deleted.
    var drain: (Int) -> Span = { _ in .seconds(1) }
    /// After how long the k-th analysis fails; nil: never.
    var failure: (AnalysisKind, Int) -> Span? = { _, _ in nil }
    var rollback: Instant?
    /// Orders the roll-back when so many candidate replicas are ready.
    var rollbackAtReady: Int?
    var resize: (at: Instant, to: Int)?
    /// What the candidate's counters counted in a window that ends at an instant.
    var sample: (Instant, Span) -> MetricSample.Counts = { _, _ in .init(requests: 100) }
    var route = TrafficRoute.allStable
    /// The limit of the client that creates, deletes and tells; nil: none, and everything is seen at once.
    var client: ToyClient?
  }

  private enum Event {
    case created(Int)
    case deleted(Int)
    case told(ReleaseVersion)
    case ready(Int)
    case available(Int)
    case gone(Int)
    case settled(Int)
    case failed(Int)
    case rollback
    case resize(Int)
    case wake
  }

  private struct Pod {
    var version: ReleaseVersion
    var created: Instant
    /// Whether the request that makes it has been let through.
    var isCreated = true
    /// Whether it was chosen to go, though the request may not have been let through.
    var isDoomed = false
    var ready: Instant?
    var isAvailable = false
    var isTerminating = false
    var isGone = false
  }

  let world: World
  private(set) var record = Record()
  private(set) var issues: [String] = []
  /// What the controller saw when it last came to rest.
  private var lastSeen: FleetObservation?
  private var controller: any ReleaseController
  private var pods: [Pod] = []
  private var calendar: [(time: Instant, event: Event)] = []
  private var fleet: FleetObservation
  private var created = [0, 0]
  private var deleted = 0
  private var analyses = 0
  private var routes = 0
  private var client: ToyClient?
  /// What the last status of each version said, and whether the next one is on its way.
  private var told = [ReplicaCounts(), ReplicaCounts()]
  private var isTelling = [false, false]

  init(_ controller: any ReleaseController, _ world: World) {
    self.controller = controller
    self.world = world
    client = world.client
    pods = (0..<world.replicas).map { _ in
      Pod(
        version: .stable, created: Instant(nanoseconds: -3_600_000_000_000),
        ready: Instant(nanoseconds: -3_600_000_000_000), isAvailable: true)
    }
    fleet = FleetObservation(
      now: .zero, desiredReplicas: world.replicas,
      stable: ReplicaCounts(
        desired: world.replicas, ready: world.replicas, available: world.replicas),
      candidate: ReplicaCounts(), route: world.route)
    told[0] = fleet.stable
    if let rollback = world.rollback { calendar.append((rollback, .rollback)) }
    if let resize = world.resize { calendar.append((resize.at, .resize(resize.to))) }
  }

  /// Plays a controller until nothing is planned any more, or until the horizon.
  static func play(
    _ controller: any ReleaseController, until horizon: Span = .hours(24),
    _ world: World
  ) -> ToyCluster {
    var cluster = ToyCluster(controller, world)
    cluster.run(until: .zero + horizon)
    return cluster
  }

  private mutating func run(until horizon: Instant) {
    settle()
    while let next = calendar.map(\.time).min(), next <= horizon {
      fleet.now = next
      // Stable order: what was planned first happens first.
      let due = calendar.filter { $0.time == next }
      calendar.removeAll { $0.time == next }
      for item in due { happen(item.event) }
      settle()
    }
    record.end = fleet.now
  }

  private mutating func happen(_ event: Event) {
    switch event {
    case .created(let index):
      if !pods[index].isDoomed { create(index) }
    case .deleted(let index): drain(index)
    case .told(let version):
      isTelling[version.rawValue] = false
      told[version.rawValue] = counts(version)
    case .ready(let index):
      guard !pods[index].isTerminating else { return }
      pods[index].ready = fleet.now
      if world.minReady == .zero {
        pods[index].isAvailable = true
      } else {
        plan(.available(index), after: world.minReady)
      }
    case .available(let index):
      if !pods[index].isTerminating { pods[index].isAvailable = true }
    case .gone(let index): pods[index].isGone = true
    case .settled(let number): if number == routes { fleet.isRouteSettled = true }
    case .failed(let number):
      if number == analyses, fleet.verdict == .healthy { fleet.verdict = .failed }
    case .rollback: fleet.isRollbackOrdered = true
    case .resize(let replicas): fleet.desiredReplicas = replicas
    case .wake: break
    }
  }

  private mutating func settle() {
    for pass in 0... {
      observe()
      var orders: [ReleaseOrder] = []
      let seen = seen()
      let awaited = awaited(in: seen)
      controller.reconcile(seen, into: &orders)
      if let awaited, !orders.isEmpty {
        issues.append("ordered \(orders) at \(fleet.now.seconds) s, and waits for \(awaited)")
      }
      lastSeen = orders.isEmpty ? seen : nil
      for order in orders { apply(order) }
      if orders.isEmpty { break }
      if pass == 20 {
        issues.append("no fixpoint at \(fleet.now.seconds) s: \(orders)")
        break
      }
    }
    record.add(fleet)
  }

  /// The replicas without which the controller says that it would order nothing now; nil if they are there.
  private func awaited(in seen: FleetObservation) -> AwaitedReplicas? {
    guard var rest = lastSeen, let awaited = controller.awaitedReplicas,
      !awaited.areThere(stable: seen.stable, candidate: seen.candidate)
    else { return nil }
    (rest.now, rest.stable, rest.candidate) = (seen.now, seen.stable, seen.candidate)
    return rest == seen ? awaited : nil
  }

  private mutating func observe() {
    fleet.stable = counts(.stable)
    fleet.candidate = counts(.candidate)
    if let ready = world.rollbackAtReady, fleet.candidate.ready >= ready {
      fleet.isRollbackOrdered = true
    }
  }

  /// The fleet as the controller sees it: sizes at once, statuses when the client has told them.
  private mutating func seen() -> FleetObservation {
    if client == nil { return fleet }
    var seen = fleet
    for version in [ReleaseVersion.stable, .candidate] {
      let counts = fleet.counts(of: version)
      var status = told[version.rawValue]
      status.desired = counts.desired
      if status != counts, !isTelling[version.rawValue] {
        let instant = client?.request(at: fleet.now) ?? fleet.now
        isTelling[version.rawValue] = instant > fleet.now
        if instant > fleet.now {
          calendar.append((instant, .told(version)))
        } else {
          status = counts
          told[version.rawValue] = counts
        }
      }
      if version == .stable { seen.stable = status } else { seen.candidate = status }
    }
    return seen
  }

  private func counts(_ version: ReleaseVersion) -> ReplicaCounts {
    var counts = ReplicaCounts(desired: fleet.counts(of: version).desired)
    for pod in pods where pod.version == version && !pod.isGone && pod.isCreated {
      if pod.isTerminating {
        counts.terminating += 1
      } else if pod.ready == nil {
        counts.starting += 1
      } else {
        counts.ready += 1
        if pod.isAvailable { counts.available += 1 }
      }
    }
    return counts
  }

  private mutating func plan(_ event: Event, after span: Span) {
    calendar.append((fleet.now + span, event))
  }
}

extension ToyCluster {
  private mutating func apply(_ order: ReleaseOrder) {
    record.orders.append((fleet.now, order))
    switch order {
    case .scale(let version, let size): scale(version, to: size)
    case .route(let route):
      if route == fleet.route { issues.append("the route \(route) was ordered twice") }
      fleet.route = route
      routes += 1
      fleet.isRouteSettled = world.routeDelay == .zero
      if world.routeDelay > .zero { plan(.settled(routes), after: world.routeDelay) }
    case .startAnalysis(let kind):
      analyses += 1
      fleet.verdict = .healthy
      if let span = world.failure(kind, analyses) { plan(.failed(analyses), after: span) }
    case .concludeAnalysis:
      if fleet.verdict == .notRunning { issues.append("no analysis was there to conclude") }
      if fleet.verdict == .healthy { fleet.verdict = .passed }
    case .stopAnalysis:
      if fleet.verdict == .notRunning { issues.append("no analysis was there to stop") }
      fleet.verdict = .notRunning
    case .takeSample(over: let window):
      fleet.sample = MetricSample(
        time: fleet.now, window: window, stable: .init(requests: 100),
        candidate: world.sample(fleet.now, window))
    case .rollBack: fleet.isRollbackOrdered = true
    case .wake(let instant):
      if instant <= fleet.now { issues.append("asked to be woken in the past") }
      calendar.append((instant, .wake))
    case .begin, .announce, .finish: break
    }
  }

  private mutating func scale(_ version: ReleaseVersion, to size: Int) {
    let before = fleet.counts(of: version).desired
    if size == before { issues.append("\(version.name) was ordered twice to have \(size)") }
    if version == .stable { fleet.stable.desired = size } else { fleet.candidate.desired = size }
    record.scaleSteps.append(.init(time: fleet.now, version: version, from: before, to: size))
    let live = pods.indices.filter { pods[$0].version == version && !pods[$0].isDoomed }
    for _ in live.count..<max(live.count, size) { start(version) }
    let surplus = live.sorted { rank($0) < rank($1) }.prefix(max(0, live.count - size))
    for index in surplus { delete(index) }
  }

  private mutating func start(_ version: ReleaseVersion) {
    let instant = client?.operation(on: version, at: fleet.now) ?? fleet.now
    pods.append(Pod(version: version, created: instant, isCreated: false))
    if instant <= fleet.now {
      create(pods.count - 1)
    } else {
      calendar.append((instant, .created(pods.count - 1)))
    }
  }

  private mutating func create(_ index: Int) {
    pods[index].isCreated = true
    let version = pods[index].version
    if let span = world.startUp(version, created[version.rawValue]) {
      plan(.ready(index), after: span)
    }
    created[version.rawValue] += 1
  }

  private mutating func delete(_ index: Int) {
    pods[index].isDoomed = true
    // What was not created yet never is.
    guard pods[index].isCreated else { return }
    let version = pods[index].version
    let instant = client?.operation(on: version, at: fleet.now) ?? fleet.now
    if instant <= fleet.now {
      drain(index)
    } else {
      calendar.append((instant, .deleted(index)))
    }
  }

  private mutating func drain(_ index: Int) {
    pods[index].isTerminating = true
    plan(.gone(index), after: world.drain(deleted))
    deleted += 1
  }

  private func rank(_ index: Int) -> DeletionRank {
    let pod = pods[index]
    return DeletionRank(
      stage: pod.ready == nil ? .starting : .ready,
      readyFor: pod.ready.map { fleet.now - $0 } ?? .zero, age: fleet.now - pod.created,
      tieBreaker: UInt64(index))
  }
}
