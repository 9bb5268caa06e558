import LabUnits

/// Plays a ``FlaggerCanary``: a tick each interval, and in between what Deployments do by themselves.
///
/// Only ticks decide. Between them the primary's rolling update goes on, the sizes follow the desired
/// replicas, and the split of the traffic follows the primary's ready replicas, since a weight is a
/// weight of the primary's Service and not of a version: with the canary at weight w, the candidate
/// answers w and, of the rest, the part of the primary's ready replicas that run it already.
///
/// A roll-back that somebody orders is heard on the next tick while the canary is analysed. Afterwards
/// Flagger would analyse the old revision like a new one; the model undoes the primary's rolling update
/// at once, as `kubectl rollout undo` on the primary.
public struct FlaggerController: ReleaseController {
  /// Where the run stands for the fleet.
  enum Course: Sendable, Hashable {
    case analysing, promoting, promoted, rollingBack, undoing, left, ended(ReleaseEnd)
  }

  /// What is played.
  public let canary: FlaggerCanary
  var machine: FlaggerMachine
  var course = Course.analysing
  /// The canary's replicas among those of the candidate.
  var canarySize = 0
  /// The fenceposts by which the primary was sized last, nil before its rolling update.
  var rolling: RollingParameters?
  /// Whether the primary has a ReplicaSet of the new revision.
  var hasNewSet = false
  private var nextTick = Instant.zero
  private var steps = 0
  private var readings: [MetricSample] = []
  private var askedAt: Instant?
  private var primaryClock = ReadinessClock()
  private var canaryClock = ReadinessClock()
  private var sendsChecks = false

  /// A controller at the tick that detects the new revision.
  public init(_ canary: FlaggerCanary) {
    self.canary = canary
    machine = FlaggerMachine(canary.analysis)
  }

  /// Only metrics need what the counters said.
  public var takesSamples: Bool { !canary.metrics.isEmpty && !canary.analysis.skipsAnalysis }

  /// Looks at the fleet and appends what shall be done now.
  public mutating func reconcile(_ fleet: FleetObservation, into orders: inout [ReleaseOrder]) {
    let rolling = RollingParameters(
      desired: fleet.desiredReplicas, maxSurge: canary.maxSurge,
      maxUnavailable: canary.maxUnavailable)
    primaryClock.look(primaryStatus(fleet), rolling, at: fleet.now)
    canaryClock.look(canaryStatus(fleet), canaryFences, at: fleet.now)
    if fleet.isRollbackOrdered { hearRollback(into: &orders) }
    if course == .analysing || course == .promoting, fleet.now >= nextTick {
      guard tick(fleet, into: &orders) else { return }
    }
    settle(fleet, rolling, into: &orders)
  }

  private var canaryFences: RollingParameters {
    RollingParameters(
      desired: canarySize, maxSurge: canary.maxSurge, maxUnavailable: canary.maxUnavailable)
  }

  /// After the spec was copied, an order to roll back undoes the primary's rolling update.
  private mutating func hearRollback(into orders: inout [ReleaseOrder]) {
    switch course {
    case .promoting, .promoted, .left, .ended(.promoted):
      orders.append(.announce("rolls the primary back"))
      stopChecks(into: &orders)
      course = .undoing
      machine.state = FlaggerState(phase: .failed)
    default: break
    }
  }

  /// Plays one tick; false while it waits for the counters.
  private mutating func tick(
    _ fleet: FleetObservation, into orders: inout [ReleaseOrder]
  ) -> Bool {
    let primary = primaryClock.readiness(
      primaryStatus(fleet), threshold: canary.primaryReadyThreshold,
      deadline: canary.progressDeadline, at: fleet.now)
    let ready = canaryClock.readiness(
      canaryStatus(fleet), threshold: canary.canaryReadyThreshold,
      deadline: canary.progressDeadline, at: fleet.now)
    let isFirst = machine.state.phase == .initialized
    var failure: String?
    if machine.looksAtMetrics, primary == .ready, ready == .ready, !fleet.isRollbackOrdered {
      guard readCounters(fleet, into: &orders) else { return false }
      failure = failureOfChecks
    }
    readings = []
    let isConfirmed = askedAt.map { fleet.now >= $0 + canary.resumeAfter } ?? false
    let event =
      fleet.isRollbackOrdered && !isFirst
      ? machine.giveUp(because: "it was ordered")
      : machine.advance(
        FlaggerTick(
          hasNewRevision: isFirst, primary: primary, canary: ready, checksPass: failure == nil,
          isRolloutConfirmed: !canary.confirmsRollout || isConfirmed,
          isPromotionConfirmed: !canary.confirmsPromotion || isConfirmed))
    happen(event, failure, fleet, into: &orders)
    // Also while the detection itself waits for the primary.
    if course == .analysing || course == .promoting {
      nextTick = fleet.now + canary.interval
      orders.append(.wake(at: nextTick))
    }
    return true
  }

  /// Orders the samples that the metrics need, one after the other; true when all are there.
  private mutating func readCounters(
    _ fleet: FleetObservation, into orders: inout [ReleaseOrder]
  ) -> Bool {
    if let sample = fleet.sample, sample.time == fleet.now,
      !readings.contains(where: { $0.window == sample.window })
    {
      readings.append(sample)
    }
    for metric in canary.metrics where !readings.contains(where: { $0.window == metric.interval }) {
      orders.append(.takeSample(over: metric.interval))
      return false
    }
    return true
  }

  /// The first metric that fails, in words.
  private var failureOfChecks: String? {
    for metric in canary.metrics {
      let reading = readings.first { $0.window == metric.interval }
      if let failure = metric.failure(in: reading?.candidate ?? .init()) { return failure }
    }
    return nil
  }
}

extension FlaggerController {
  /// What a tick came to, in orders that move neither replicas nor traffic; ``settle`` moves them.
  private mutating func happen(
    _ event: FlaggerEvent, _ failure: String?, _ fleet: FleetObservation,
    into orders: inout [ReleaseOrder]
  ) {
    let isRepeated = askedAt != nil && (event == .waitsForRollout || event == .waitsForPromotion)
    if !isRepeated, let step = canary.step(for: event, number: steps + 1) {
      if step.number > 0 { steps = step.number }
      orders.append(.begin(step))
    }
    if event != .waitsForRollout, event != .waitsForPromotion, machine.state.phase.isActive {
      if machine.state.phase != .waitingPromotion { askedAt = nil }
    }
    switch event {
    case .waitsForRollout, .waitsForPromotion:
      if askedAt == nil {
        askedAt = fleet.now
        orders.append(.wake(at: fleet.now + canary.resumeAfter))
      }
    case .waits(let reason): orders.append(.announce("waits: \(reason)"))
    case .halted(let failed):
      orders.append(
        .announce("check \(failed) of \(canary.analysis.threshold) failed: \(failure ?? "a check")")
      )
    case .stalls: orders.append(.announce("nothing can happen any more"))
    case .advanced, .iterated, .mirrored: startChecks(into: &orders)
    case .copied:
      stopChecks(into: &orders)
      course = .promoting
    case .succeeded, .promotedWithoutAnalysis: course = .promoted
    case .rolledBack(let reason):
      stopChecks(into: &orders)
      course = .rollingBack
      if !fleet.isRollbackOrdered { orders.append(.rollBack(because: reason)) }
    case .leftWithCanary(let reason):
      orders.append(.announce(reason))
      course = .left
    default: break
    }
  }

  /// Has requests sent to the canary; the Canary judges the answers itself, and no monitor of the scenario does.
  private mutating func startChecks(into orders: inout [ReleaseOrder]) {
    guard canary.checksPerSecond > 0, !sendsChecks else { return }
    sendsChecks = true
    orders.append(.startAnalysis(.probing(requestsPerSecond: canary.checksPerSecond)))
  }

  private mutating func stopChecks(into orders: inout [ReleaseOrder]) {
    guard sendsChecks else { return }
    sendsChecks = false
    orders.append(.stopAnalysis)
  }
}
