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
  mutating func note(_ table: ReplicaTable, nodes count: Int, at now: Instant) {
    let stable = table.counts[0]
    let candidate = table.counts[1]
    let all = stable.notGone + candidate.notGone
    let waiting = stable.pending + candidate.pending
    replicas.set(all, at: now)
    placed.set(all - waiting, at: now)
    pending.set(waiting, at: now)
    nodes.set(count, at: now)
    mixed.set(stable.notGone > 0 && candidate.notGone > 0 ? 1 : 0, at: now)
  }
}
