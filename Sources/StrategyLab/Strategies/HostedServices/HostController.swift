import LabUnits

/// Plays a ``CodeDeployHosts`` deployment: a host leaves stable, and when it is empty joins the candidate.
///
/// A host whose deployment takes longer than the timeout has failed. When failures bring the healthy
/// hosts down to the minimum before the last one was deployed to, the deployment stops, and a new one
/// of the old revision begins.
public struct HostController: ReleaseController {
  /// What is played.
  public let strategy: CodeDeployHosts
  private var target = ReleaseVersion.candidate
  private var hasStarted = false
  private var isDone = false
  private var isWatching = false
  private var lastAvailable = -1
  private var deadline: Instant?

  /// A controller before its first pass.
  public init(_ strategy: CodeDeployHosts) { self.strategy = strategy }

  /// Alarms are the scenario's monitors.
  public var takesSamples: Bool { false }

  /// Looks at the fleet and appends what shall be done now.
  public mutating func reconcile(_ fleet: FleetObservation, into orders: inout [ReleaseOrder]) {
    if !hasStarted {
      hasStarted = true
      if fleet.route != .byReplicaShare { return orders.append(.route(.byReplicaShare)) }
    }
    if target == .candidate {
      if fleet.isRollbackOrdered {
        turnBack("it was ordered", fleet, into: &orders)
      } else if isWatching, fleet.verdict == .failed {
        turnBack("an alarm went off", fleet, into: &orders)
      }
    }
    let (new, old) = (fleet.counts(of: target), fleet.counts(of: target.other))
    if isDone {
      if new.desired != fleet.desiredReplicas {
        orders.append(.scale(target, to: fleet.desiredReplicas))
      }
      return
    }
    let healthy = strategy.healthy(of: fleet.desiredReplicas)
    let moves = Self.orders(healthy, target, new: new, old: old)
    if target == .candidate, !moves.isEmpty { startWatching(healthy, into: &orders) }
    orders += moves
    if moves.isEmpty, old.notGone == 0, new.available >= healthy.hosts, new.live == healthy.hosts {
      return finish(into: &orders)
    }
    time(fleet, healthy, new: new, old: old, into: &orders)
  }

  /// What is taken out and what is put in now.
  ///
  /// - Parameters:
  ///   - healthy: What is kept healthy.
  ///   - target: The version that is deployed.
  ///   - new: The hosts that run it, or are being deployed to.
  ///   - old: The hosts that run the other.
  /// - Returns: one scale order for each version at most.
  static func orders(
    _ healthy: MinimumHealthyHosts, _ target: ReleaseVersion, new: ReplicaCounts,
    old: ReplicaCounts
  ) -> [ReleaseOrder] {
    var orders: [ReleaseOrder] = []
    // A host that is not healthy can be taken out without making it worse; those go first.
    let unhealthy = max(0, old.desired - old.available)
    let room = max(0, new.available + old.available - healthy.minimum)
    let busy = max(0, new.desired - new.available)
    // More than a batch at a time never is under way, however many hosts were healthy at first.
    let batch = max(0, min(room, healthy.batch - busy - old.terminating))
    let taken = min(old.desired, unhealthy + batch)
    if taken > 0 { orders.append(.scale(target.other, to: old.desired - taken)) }
    let free = healthy.hosts - old.notGone
    if free != new.desired, free >= 0, free > new.desired || old.desired == 0 {
      orders.append(.scale(target, to: free))
    }
    return orders
  }

  /// Gives a batch up that takes too long.
  private mutating func time(
    _ fleet: FleetObservation, _ healthy: MinimumHealthyHosts, new: ReplicaCounts,
    old: ReplicaCounts, into orders: inout [ReleaseOrder]
  ) {
    let isLate = deadline.map { fleet.now >= $0 } ?? false
    if isLate, target == .candidate, new.available < new.desired {
      // The failure of the very last hosts is forgiven.
      if old.notGone == 0, new.available >= healthy.successNeedsAtLeast {
        orders.append(.announce("\(new.desired - new.available) of the last hosts have failed"))
        return finish(into: &orders)
      }
      return turnBack(
        "\(counted(new.desired - new.available, "host")) have failed, and \(healthy.minimum) must stay healthy",
        fleet, into: &orders)
    }
    if new.available != lastAvailable || deadline == nil || isLate {
      lastAvailable = new.available
      let due = fleet.now + strategy.hostTimeout
      deadline = due
      if new.available < healthy.hosts { orders.append(.wake(at: due)) }
    }
  }

  private mutating func turnBack(
    _ reason: String, _ fleet: FleetObservation, into orders: inout [ReleaseOrder]
  ) {
    stopWatching(into: &orders)
    target = .stable
    isDone = false
    deadline = nil
    lastAvailable = -1
    orders.append(.begin(ReleaseStep(number: 2, title: "deploy the old revision again")))
    orders.append(
      fleet.isRollbackOrdered ? .announce("rolls back: \(reason)") : .rollBack(because: reason))
  }

  private mutating func finish(into orders: inout [ReleaseOrder]) {
    stopWatching(into: &orders)
    isDone = true
    orders.append(.finish(target == .candidate ? .promoted : .rolledBack))
  }

  private mutating func startWatching(
    _ healthy: MinimumHealthyHosts, into orders: inout [ReleaseOrder]
  ) {
    guard !isWatching else { return }
    if strategy.alarms {
      isWatching = true
      orders.append(.startAnalysis(.health))
    }
    if deadline == nil {
      orders.append(
        .begin(
          ReleaseStep(number: 1, title: "deploy to \(counted(healthy.batch, "host")) at a time")))
    }
  }

  private mutating func stopWatching(into orders: inout [ReleaseOrder]) {
    guard isWatching else { return }
    isWatching = false
    orders.append(.stopAnalysis)
  }
}
