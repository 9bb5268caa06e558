import LabUnits

/// How many replicas and nodes there were in a replication, as a step function of time.
struct FleetCourse {
  /// The fleet from a time on.
  struct Step: Hashable {
    /// Since when.
    var time: Instant
    /// Replicas that were created and are not gone, those that wait for a place among them.
    var created: Int
    /// Replicas that are on a node: starting, ready, terminating.
    var placed: Int
    /// Replicas that are ready and not terminating.
    var ready: Int
    /// Replicas that were told to stop, and are not gone.
    var terminating: Int
    /// Nodes.
    var nodes: Int
    /// Nodes with those that were asked for, and those that replicas without a place would need.
    var wantedNodes: Int
  }

  /// The steps in order of time; what is the same as before has none.
  private(set) var steps: [Step] = []

  /// Notes how things stand.
  mutating func note(_ step: Step) {
    guard let last = steps.last else { return steps.append(step) }
    var same = step
    same.time = last.time
    guard same != last else { return }
    // What lasts no time was never there for anybody to see; the ledger's peaks count it all the same.
    if last.time == step.time { steps.removeLast() }
    steps.append(step)
  }
}
