import LabUnits

/// One scarce thing in the books of a scenario: who takes how much of it, how much there is, and what happens beyond.
public struct LedgerEntry: Sendable, Hashable {
  /// What it is called: `replicas`, `cpu`, `memory`, `nodes`, or as the scenario calls it.
  public var name: String
  /// What its numbers count.
  public var unit: Unit
  /// Who takes of it.
  public var takers: Takers
  /// How much each of them takes.
  public var each: Double
  /// How much others take all the time.
  public var others: Double
  /// How much there is; nil: no limit.
  public var limit: Double?
  /// What becomes of those that get none.
  public var shortage: ScarceThing.Shortage

  /// What the numbers of an entry count.
  public enum Unit: String, Sendable, Hashable, CaseIterable {
    /// Things.
    case count
    /// Cores of processor.
    case cores
    /// Bytes of memory.
    case bytes
  }

  /// Who takes of a scarce thing.
  public enum Takers: String, Sendable, Hashable {
    /// Replicas that are on a node or wait for a place on one.
    case created
    /// Replicas that are on a node, terminating ones included.
    case placed
    /// Replicas that are ready.
    case ready
    /// Replicas that are ready, or were and are terminating.
    case registered
    /// Nodes, those that waiting replicas need included.
    case nodes
  }

  /// How much is asked for at a step of a fleet's course.
  func demand(at step: FleetCourse.Step) -> Double {
    let number =
      switch takers {
      case .created: step.created
      case .placed: step.placed
      case .ready: step.ready
      case .registered: step.ready + step.terminating
      case .nodes: step.wantedNodes
      }
    return others + each * Double(number)
  }
}

extension Scenario {
  /// The books of the scenario: what every cluster counts, then the scenario's own scarce things in its order.
  public var ledger: [LedgerEntry] {
    let request = service.replicaRequest
    let own = scarce.map { thing in
      LedgerEntry(
        name: thing.name, unit: .count, takers: thing.kind.takers, each: Double(thing.perReplica),
        others: Double(thing.others), limit: thing.limit.map(Double.init),
        shortage: thing.kind.shortage)
    }
    return [
      LedgerEntry(
        name: "replicas", unit: .count, takers: .created, each: 1, others: 0,
        limit: cluster.quota.replicas.map(Double.init), shortage: .waits),
      LedgerEntry(
        name: "cpu", unit: .cores, takers: .created, each: request.cores, others: 0,
        limit: cluster.quota.milliCores.map { Double($0) / 1000 }, shortage: .waits),
      LedgerEntry(
        name: "memory", unit: .bytes, takers: .created, each: Double(request.memoryBytes),
        others: 0, limit: cluster.quota.memoryBytes.map(Double.init), shortage: .waits),
      LedgerEntry(
        name: "nodes", unit: .count, takers: .nodes, each: 1, others: 0,
        limit: cluster.nodeMaximum.map(Double.init), shortage: .waits),
    ] + own
  }
}

extension ScarceThing.Kind {
  fileprivate var takers: LedgerEntry.Takers {
    switch self {
    case .gpus, .addresses, .licences: .created
    case .connections: .placed
    case .partitions: .ready
    case .targets: .registered
    }
  }
}
