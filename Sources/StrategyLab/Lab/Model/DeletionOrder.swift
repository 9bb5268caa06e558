import LabKernel
import LabStrategies
import LabUnits

/// Which of a version's replicas is deleted next, as ``DeletionRank`` orders them, found without looking at them all.
///
/// First go those that are not ready. Of the others those go first that share their node with the most ready replicas of
/// their version, so nodes of equal numbers stand in one queue, by the best of their replicas. When a replica
/// becomes ready or leaves, its node is queued anew. What else happens only makes a node worse: time goes by for
/// which its replicas have been ready, and its best one is chosen. So what stands in a queue is never worse than
/// what is true, and looking again at the first is enough. Most of those that are chosen leave at once, and their node
/// is queued once and not twice.
///
/// A controller that takes whole versions away never asks; nothing is kept before the first question.
///
/// The memory is not shared between copies: an order has one owner.
///
/// - Complexity: a deletion costs as much as looking at the replicas of one node; the first one as much as at all.
struct DeletionOrder {
  /// What a node has of the version.
  private struct Node: BitwiseCopyable {
    /// The rank under which it waits in its queue; what else stands there of it is out of date.
    var queued = DeletionOrder.none
    /// One of the ready replicas; -1 where there is none.
    var first: Int32 = -1
    /// How many are ready, chosen ones included.
    var ready: Int32 = 0
  }

  private var nodes = PlainMemory<Node>()
  /// The nodes by the number of their ready replicas: ranks of their best ones.
  private var queues: [DescendingQueue] = []
  /// No queue of a higher number holds anything.
  private var fullest = 0
  /// The ranks of replicas that are not ready; some are out of date.
  private var unready = DescendingQueue()

  private static let none = UInt64.max

  /// Forgets everything, and keeps the room that it took.
  mutating func removeAll() {
    nodes.removeAll()
    for number in queues.indices { queues[number].removeAll() }
    fullest = 0
    unready.removeAll()
  }

  /// Looks at all replicas of a version, and keeps their order from now on.
  mutating func keep(_ version: ReleaseVersion, _ table: inout ReplicaTable, at now: Instant) {
    for member in table.members[version].elements {
      let replica = Int(member)
      if table.phase(of: replica) == .ready {
        list(replica, &table)
      } else {
        note(replica, &table)
      }
    }
    for node in 0..<nodes.count where nodes[node].ready > 0 {
      enter(node, Self.best(on: nodes[node], &table, at: now))
    }
  }

  /// The replica that goes first; nil if all are chosen.
  mutating func first(_ table: inout ReplicaTable, at now: Instant) -> Int? {
    while let rank = unready.first {
      let replica = Self.replica(of: rank)
      let row = table[replica]
      if row.phase != .ready, !row.isDoomed, row.phase != .terminating, row.phase != .gone,
        rank == Self.unreadyRank(row, replica)
      {
        return replica
      }
      unready.removeFirst()
    }
    while fullest > 0 {
      // Lent once for all that is asked: an array asks each time whether anybody shares it.
      if let replica = Self.first(&queues[fullest], fullest, nodes.elements, &table, at: now) {
        return replica
      }
      fullest -= 1
    }
    return nil
  }

  /// The replica that goes first of those on nodes with so many ready replicas; nil if all are chosen.
  private static func first(
    _ queue: inout DescendingQueue, _ ready: Int, _ nodes: UnsafeMutableBufferPointer<Node>,
    _ table: inout ReplicaTable, at now: Instant
  ) -> Int? {
    while let rank = queue.first {
      let replica = replica(of: rank)
      let row = table[replica]
      let node = Int(row.node)
      if nodes[node].queued == rank, Int(nodes[node].ready) == ready {
        // Of those that were there before the release none gets worse but by being chosen.
        if isLasting(rank), !row.isDoomed { return replica }
        let best = best(on: nodes[node], &table, at: now)
        if best == rank { return replica }
        nodes[node].queued = best
        queue.removeFirst()
        if best != none { queue.insert(best) }
      } else {
        queue.removeFirst()
      }
    }
    return nil
  }

  /// A replica that is not ready has come, or got on, or was restarted.
  mutating func note(_ replica: Int, _ table: inout ReplicaTable) {
    unready.insert(Self.unreadyRank(table[replica], replica))
  }

  /// A replica has become ready.
  mutating func becameReady(_ replica: Int, _ table: inout ReplicaTable, at now: Instant) {
    let node = list(replica, &table)
    enter(node, Self.best(on: nodes[node], &table, at: now))
  }

  /// A ready replica is about to stop being ready.
  mutating func leavesReady(_ replica: Int, _ table: inout ReplicaTable, at now: Instant) {
    let node = Int(table[replica].node)
    unlist(replica, on: node, &table)
    enter(node, Self.best(on: nodes[node], &table, at: now))
  }

  @discardableResult
  private mutating func list(_ replica: Int, _ table: inout ReplicaTable) -> Int {
    let node = Int(table[replica].node)
    if nodes.count <= node { nodes.append(repeating: Node(), count: node + 1 - nodes.count) }
    table[replica].nextOnNode = nodes[node].first
    nodes[node].first = Int32(replica)
    nodes[node].ready += 1
    while queues.count <= Int(nodes[node].ready) { queues.append(DescendingQueue()) }
    return node
  }

  private mutating func unlist(_ replica: Int, on node: Int, _ table: inout ReplicaTable) {
    nodes[node].ready -= 1
    let next = table[replica].nextOnNode
    if nodes[node].first == Int32(replica) {
      nodes[node].first = next
      return
    }
    var before = Int(nodes[node].first)
    while table[before].nextOnNode != Int32(replica) { before = Int(table[before].nextOnNode) }
    table[before].nextOnNode = next
  }

  private mutating func enter(_ node: Int, _ rank: UInt64) {
    let ready = Int(nodes[node].ready)
    nodes[node].queued = rank
    guard rank != Self.none else { return }
    queues[ready].insert(rank)
    fullest = max(fullest, ready)
  }

  /// The best rank among the replicas of a node that are not chosen.
  private static func best(on node: Node, _ table: inout ReplicaTable, at now: Instant) -> UInt64 {
    var best: UInt64?
    var next = node.first
    while next >= 0 {
      let row = table[Int(next)]
      if !row.isDoomed { best = max(best ?? 0, readyRank(row, Int(next), at: now)) }
      next = row.nextOnNode
    }
    return best ?? none
  }
}

/// Ranks as numbers: who goes earlier has the larger one. The replica stands in the low 31 bits, since of equals the
/// younger one goes; the restarts in 27 bits above, of which a run of 28 days needs 18.
extension DeletionOrder {
  /// Above them the shorter time of being ready, by its power of two.
  private static func readyRank(_ row: Replica, _ replica: Int, at now: Instant) -> UInt64 {
    let span = row.readySince == .min ? .max : now.nanoseconds - row.readySince
    let shortness = span <= 0 ? 63 : UInt64(span.leadingZeroBitCount) - 1
    return shortness << 58 | unrankedOrder(row, replica)
  }

  /// Above them whether a node is missing.
  private static func unreadyRank(_ row: Replica, _ replica: Int) -> UInt64 {
    (row.phase == .pending ? 1 : 0) << 58 | unrankedOrder(row, replica)
  }

  private static func unrankedOrder(_ row: Replica, _ replica: Int) -> UInt64 {
    UInt64(row.restarts) << 31 | UInt64(replica)
  }

  private static func replica(of rank: UInt64) -> Int { Int(rank & 0x7fff_ffff) }

  /// Whether the rank does not change as time goes by: ready since before the release, as all the others of the node.
  private static func isLasting(_ rank: UInt64) -> Bool { rank >> 58 == 0 }
}
