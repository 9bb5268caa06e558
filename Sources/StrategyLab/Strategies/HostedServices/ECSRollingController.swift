import LabUnits

/// Plays an ``ECSRolling`` update, counts failed tasks, and rolls back as a new rolling update.
///
/// A task counts as failed when it was healthy and is not any more, and each time a health timeout has
/// passed in which no starting task became healthy. Traffic follows the tasks.
public struct ECSRollingController: ReleaseController {
  /// What is played.
  public let strategy: ECSRolling
  private var target = ReleaseVersion.candidate
  private var hasStarted = false
  private var end: ReleaseEnd?
  private var before: ECSLimits?
  private var isWatching = false
  private var failedTasks = 0
  private var lastReady = 0
  private var deadline: Instant?

  /// A controller before its first pass.
  public init(_ strategy: ECSRolling) { self.strategy = strategy }

  /// Alarms are the scenario's monitors.
  public var takesSamples: Bool { false }

  /// Looks at the fleet and appends what shall be done now.
  public mutating func reconcile(_ fleet: FleetObservation, into orders: inout [ReleaseOrder]) {
    if !hasStarted {
      hasStarted = true
      if fleet.route != .byReplicaShare { return orders.append(.route(.byReplicaShare)) }
    }
    let limits = strategy.limits(fleet.desiredReplicas)
    if target == .candidate { watch(fleet, limits, into: &orders) }
    if end != nil { return follow(fleet, into: &orders) }
    guard !limits.isStuck else { return }
    roll(fleet, limits, into: &orders)
  }

  /// One pass towards the version that shall stay.
  private mutating func roll(
    _ fleet: FleetObservation, _ limits: ECSLimits, into orders: inout [ReleaseOrder]
  ) {
    let (new, old) = (fleet.counts(of: target), fleet.counts(of: target.other))
    if DeploymentReconciler.isComplete(limits.rolling, new: new, old: old) {
      stopWatching(into: &orders)
      end = target == .candidate ? .promoted : .rolledBack
      return orders.append(.finish(target == .candidate ? .promoted : .rolledBack))
    }
    let last = before ?? limits
    let isFirst = before == nil
    before = limits
    let decision =
      last.desired == limits.desired
      ? DeploymentReconciler.pass(
        limits.rolling, new: new, old: old, newSetExists: !isFirst || target == .stable)
      : DeploymentReconciler.resize(
        from: last.rolling, to: limits.rolling, new: new, old: old)
    guard !decision.isIdle else { return }
    if isFirst {
      orders.append(
        .begin(
          ReleaseStep(
            number: 1, title: "rolling update: at least \(limits.lowest), at most \(limits.highest)"
          )))
      startWatching(into: &orders)
    }
    if let size = decision.newSize { orders.append(.scale(target, to: size)) }
    if let size = decision.oldSize { orders.append(.scale(target.other, to: size)) }
  }

  /// Counts failed tasks and looks at the alarms while the new revision is coming.
  private mutating func watch(
    _ fleet: FleetObservation, _ limits: ECSLimits, into orders: inout [ReleaseOrder]
  ) {
    if fleet.isRollbackOrdered { return turnBack("it was ordered", fleet, into: &orders) }
    guard end == nil else { return }
    if isWatching, fleet.verdict == .failed {
      return turnBack("an alarm went off", fleet, into: &orders)
    }
    guard strategy.circuitBreaker else { return }
    let counts = fleet.candidate
    // A scale-down of the new revision is none of its failures.
    if counts.live >= counts.desired { failedTasks += max(0, lastReady - counts.ready) }
    if counts.ready > lastReady || counts.starting == 0 { deadline = nil }
    lastReady = counts.ready
    if counts.starting > 0 {
      if let due = deadline, fleet.now >= due {
        failedTasks += counts.starting
        deadline = nil
      }
      if deadline == nil {
        deadline = fleet.now + strategy.healthTimeout
        orders.append(.wake(at: fleet.now + strategy.healthTimeout))
      }
    }
    let threshold = ECSCircuitBreaker.failureThreshold(desired: limits.desired)
    if failedTasks >= threshold {
      turnBack(
        "\(failedTasks) tasks have failed, and \(threshold) are allowed", fleet, into: &orders)
    }
  }

  private mutating func turnBack(
    _ reason: String, _ fleet: FleetObservation, into orders: inout [ReleaseOrder]
  ) {
    stopWatching(into: &orders)
    target = .stable
    end = nil
    orders.append(.begin(ReleaseStep(number: 2, title: "roll back to the last revision")))
    orders.append(
      fleet.isRollbackOrdered ? .announce("rolls back: \(reason)") : .rollBack(because: reason))
  }

  /// After the end, an autoscaler may still change the desired tasks.
  private func follow(_ fleet: FleetObservation, into orders: inout [ReleaseOrder]) {
    if fleet.counts(of: target).desired != fleet.desiredReplicas {
      orders.append(.scale(target, to: fleet.desiredReplicas))
    }
  }

  private mutating func startWatching(into orders: inout [ReleaseOrder]) {
    guard strategy.alarms, target == .candidate, !isWatching else { return }
    isWatching = true
    orders.append(.startAnalysis(.health))
  }

  private mutating func stopWatching(into orders: inout [ReleaseOrder]) {
    guard isWatching else { return }
    isWatching = false
    orders.append(.stopAnalysis)
  }
}
