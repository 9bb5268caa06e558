import LabKernel
import LabStrategies
import LabUnits

/// The books of a replication: how many replicas and nodes there were, for how long, and at the most.
struct FleetLedger {
  /// Replicas that are not gone.
  private(set) var replicas: TimeWeightedCount
  /// Replicas that are on a node, and are paid for.
  private(set) var placed: TimeWeightedCount
  /// Replicas that wait for room.
  private(set) var pending: TimeWeightedCount
  /// Nodes.
  private(set) var nodes: TimeWeightedCount
  /// 1 while both versions have a replica that is not gone.
  private(set) var mixed: TimeWeightedCount

  /// Books that begin with the desired replicas on the nodes of the start.
  init(desired: Int, nodes count: Int) {
    replicas = TimeWeightedCount(value: desired, at: .zero)
    placed = TimeWeightedCount(value: desired, at: .zero)
    pending = TimeWeightedCount(value: 0, at: .zero)
    nodes = TimeWeightedCount(value: count, at: .zero)
    mixed = TimeWeightedCount(value: 0, at: .zero)
  }

  /// Writes down how things stand from now on.
  ///
  /// - Parameters:
  ///   - stable: stable's replicas.
  ///   - candidate: the candidate's replicas.
  ///   - uncreated: pending replicas that the control plane has not created yet, which are nothing so far.
  ///   - count: the nodes.
  ///   - now: when.
  mutating func note(
    stable: ReplicaCounts, candidate: ReplicaCounts, uncreated: Int, nodes count: Int,
    at now: Instant
  ) {
    let all = stable.notGone + candidate.notGone - uncreated
    let waiting = stable.pending + candidate.pending - uncreated
    Self.write(all, into: &replicas, at: now)
    Self.write(all - waiting, into: &placed, at: now)
    Self.write(waiting, into: &pending, at: now)
    Self.write(count, into: &nodes, at: now)
    Self.write(stable.notGone > 0 && candidate.notGone > 0 ? 1 : 0, into: &mixed, at: now)
  }

  /// Writes a number down if it has changed; the integral of one that has not is worked out when it does.
  @inline(__always)
  private static func write(_ number: Int, into count: inout TimeWeightedCount, at now: Instant) {
    if count.value != number { count.set(number, at: now) }
  }
}
