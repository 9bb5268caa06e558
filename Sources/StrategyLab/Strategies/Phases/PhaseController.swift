import LabUnits

/// Plays a ``ReleasePlan``: the phases in order, and the roll-back when it is called for.
///
/// A call does at most one thing and leaves it to the next call to see what came of it. A phase that
/// finds its goal reached already is passed over without a word, so that a plan can say what shall
/// be true without asking what is; one that has to wait or to act begins as a step. The roll-back begins when an analysis fails or when it is ordered,
/// even after the promotion; it ends what the controller does.
public struct PhaseController: ReleaseController {
  /// What is played.
  public let plan: ReleasePlan

  private(set) var course = Course.starting
  private(set) var phases: [ReleasePhase]
  private(set) var index = 0
  /// What the phase at ``index`` has done so far.
  var memory = Memory()
  /// Whether an analysis was started and not stopped.
  private var isAnalysing = false
  /// Whether the candidate has a ReplicaSet, which is scaled differently from one that is created.
  var hasCandidateSet = false
  /// What the plan last asked of the versions' sizes.
  var sizing = Sizing()

  /// A controller at the start of a plan.
  public init(_ plan: ReleasePlan) {
    self.plan = plan
    phases = plan.phases
  }

  /// A plan's analyses are judged by the scenario's monitors.
  public var takesSamples: Bool { false }

  /// A phase waits for the last replica that terminates, or for none.
  public var countsTerminatingReplicas: Bool { false }

  /// The replicas that the phase waits for.
  public var awaitedReplicas: AwaitedReplicas? { memory.awaited }

  /// Looks at the fleet and appends what shall be done now.
  ///
  /// - Complexity: O(1), without allocation unless something is ordered.
  public mutating func reconcile(_ fleet: FleetObservation, into orders: inout [ReleaseOrder]) {
    if course == .starting {
      course = .releasing
      sizing.desired = fleet.desiredReplicas
      if fleet.route != plan.route { return order(plan.route, into: &orders) }
    }
    if course == .releasing || course == .promoted {
      if isAnalysing, fleet.verdict == .failed {
        beginRollback(
          because: "the analysis found the candidate worse than allowed", fleet, into: &orders)
      } else if fleet.isRollbackOrdered {
        beginRollback(because: "it was ordered", fleet, into: &orders)
      }
    }
    if follow(fleet, into: &orders) { return }
    while course == .releasing || course == .rollingBack {
      guard index < phases.count else { return finish(into: &orders) }
      // A rolling update looks at the fleet at every replica's turn, and nothing of it but the counts has changed.
      if let rolling = memory.rolling, memory.hasBegun, rolling.desired == fleet.desiredReplicas {
        switch roll(rolling, from: rolling, newSetExists: true, fleet, into: &orders) {
        case .waiting: return
        case .done:
          index += 1
          memory = Memory()
          continue
        }
      }
      let position = orders.endIndex
      memory.awaited = nil
      switch play(phases[index], fleet, into: &orders) {
      case .done:
        index += 1
        memory = Memory()
      case .waiting:
        if !memory.hasBegun {
          memory.hasBegun = true
          orders.insert(.begin(step(fleet.desiredReplicas)), at: position)
        }
        return
      }
    }
  }

  /// The present phase as a step of the strategy; those of a roll-back have no number.
  private func step(_ replicas: Int) -> ReleaseStep {
    let phase = phases[index]
    let number = phases[...index].count { if case .announce = $0 { false } else { true } }
    return ReleaseStep(
      number: course == .releasing ? number : 0, title: phase.title(replicas: replicas) ?? "",
      wantedWeight: phase.wantedWeight, isAnnounced: false)
  }

  private mutating func beginRollback(
    because reason: String, _ fleet: FleetObservation, into orders: inout [ReleaseOrder]
  ) {
    orders.append(.announce("rolls back: \(reason)"))
    stopAnalysis(into: &orders)
    course = .rollingBack
    phases = fleet.isUntouched ? [] : plan.rollback
    if fleet.isUntouched { sizing.leave(only: .stable) }
    index = 0
    memory = Memory()
  }

  private mutating func finish(into orders: inout [ReleaseOrder]) {
    stopAnalysis(into: &orders)
    let end: ReleaseEnd = course == .rollingBack ? .rolledBack : .promoted
    course = course == .rollingBack ? .rolledBack : .promoted
    orders.append(.finish(end))
  }
}

extension PhaseController {
  /// Does what a phase asks for now.
  private mutating func play(
    _ phase: ReleasePhase, _ fleet: FleetObservation, into orders: inout [ReleaseOrder]
  ) -> Progress {
    let n = fleet.desiredReplicas
    switch phase {
    case .provision(let version, let quantity):
      sizing[version] = quantity
      return provision(
        version, to: quantity.replicas(of: n, rounding: .up), fleet, into: &orders)
    case .restore(let version):
      sizing[version] = .share(.whole)
      // A version that was never scaled down is not waited for, even if a replica of it is not
      // available just now: traffic must not stay with a bad candidate for that.
      if !memory.hasActed, fleet.counts(of: version).desired >= n { return .done }
      return provision(version, to: n, fleet, into: &orders)
    case .analyse(let kind, for: let span):
      return analyse(kind, for: span, fleet, into: &orders)
    case .shiftTraffic(to: let route):
      if fleet.route != route {
        order(route, into: &orders)
        return .waiting
      }
      return fleet.isRouteSettled ? .done : .waiting
    case .hold(let span, analysed: let isAnalysed):
      return hold(span, isAnalysed: isAnalysed, fleet, into: &orders)
    case .replaceInPlace(by: let version, let maxSurge, let maxUnavailable):
      let rolling = RollingParameters(
        desired: n, maxSurge: maxSurge, maxUnavailable: maxUnavailable)
      let sized = RollingParameters(
        desired: sizing.desired ?? n, maxSurge: maxSurge, maxUnavailable: maxUnavailable)
      return replaceInPlace(by: version, rolling, sizedBy: sized, fleet, into: &orders)
    case .recreate(with: let version):
      return recreate(with: version, fleet, into: &orders)
    case .shiftReplicas(to: let weight, let maxSurge, let maxUnavailable):
      let rolling = RollingParameters(
        desired: n, maxSurge: maxSurge, maxUnavailable: maxUnavailable)
      sizing.split = Sizing.Split(
        weight: weight, maxSurge: maxSurge, maxUnavailable: maxUnavailable)
      sizing.desired = n
      return shiftReplicas(to: weight, rolling, fleet, into: &orders)
    case .retire(let version):
      sizing[version] = nil
      let counts = fleet.counts(of: version)
      if counts.desired > 0 {
        orders.append(.announce("removes the \(version.name) replicas"))
        order(version, 0, into: &orders)
        return .waiting
      }
      return counts.live == 0 ? .done : wait(for: .deleted(version))
    case .announce(let line):
      orders.append(.announce(line))
      return .done
    }
  }

  private mutating func provision(
    _ version: ReleaseVersion, to size: Int, _ fleet: FleetObservation,
    into orders: inout [ReleaseOrder]
  ) -> Progress {
    let counts = fleet.counts(of: version)
    if counts.desired != size {
      orders.append(
        .announce("scales \(version.titled) from \(counts.desired) to \(size) replicas"))
      order(version, size, into: &orders)
      return .waiting
    }
    return counts.available >= size ? .done : wait(for: .available(version, size))
  }

  /// Runs an analysis for a span and waits for its verdict.
  private mutating func analyse(
    _ kind: AnalysisKind, for span: Span, _ fleet: FleetObservation,
    into orders: inout [ReleaseOrder]
  ) -> Progress {
    guard let deadline = memory.deadline else {
      orders.append(.announce("\(kind.plainText) for \(span.plainText)"))
      startAnalysis(kind, into: &orders)
      return wait(for: span, fleet, into: &orders)
    }
    if fleet.now < deadline { return .waiting }
    if !memory.isConcluding {
      memory.isConcluding = true
      orders.append(.concludeAnalysis)
      return .waiting
    }
    guard fleet.verdict == .passed else { return .waiting }
    stopAnalysis(into: &orders)
    return .done
  }

  /// Waits for a span; an analysis that watches meanwhile goes on after it, until a phase that is not analysed waits.
  private mutating func hold(
    _ span: Span, isAnalysed: Bool, _ fleet: FleetObservation, into orders: inout [ReleaseOrder]
  ) -> Progress {
    guard let deadline = memory.deadline else {
      if isAnalysed {
        orders.append(.announce("\(AnalysisKind.health.plainText) for \(span.plainText)"))
        startAnalysis(.health, into: &orders)
      } else {
        stopAnalysis(into: &orders)
        orders.append(.announce("waits \(span.plainText)"))
      }
      return wait(for: span, fleet, into: &orders)
    }
    return fleet.now < deadline ? .waiting : .done
  }

  private mutating func startAnalysis(_ kind: AnalysisKind, into orders: inout [ReleaseOrder]) {
    isAnalysing = true
    orders.append(.startAnalysis(kind))
  }

  private mutating func stopAnalysis(into orders: inout [ReleaseOrder]) {
    guard isAnalysing else { return }
    isAnalysing = false
    orders.append(.stopAnalysis)
  }

  /// Waits for replicas, and for nothing else.
  mutating func wait(for replicas: AwaitedReplicas) -> Progress {
    memory.awaited = replicas
    return .waiting
  }

  private mutating func wait(
    for span: Span, _ fleet: FleetObservation, into orders: inout [ReleaseOrder]
  ) -> Progress {
    memory.deadline = fleet.now + span
    orders.append(.wake(at: fleet.now + span))
    return .waiting
  }
}
