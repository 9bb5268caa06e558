import LabUnits

/// The nodes of the cluster as places for replicas: every replica asks for the same, so a node is a number of places.
///
/// A replica goes to the node with the most free places, as the scheduler's default scoring spreads
/// (NodeResourcesFit, LeastAllocated). Nodes of equal room stand in a list per number of free places, so
/// that placing and freeing take constant time.
struct NodePool {
  /// Places of an empty node.
  let placesPerNode: Int
  /// Nodes that are there now.
  private(set) var nodes = 0
  /// Nodes that were asked for and are not ready.
  var nodesUnderWay = 0
  /// Nodes that stay when they are empty.
  private(set) var lasting = 0

  /// A node, in the list of those with as many free places.
  private struct Node: BitwiseCopyable {
    var emptySince: Int64
    var free: Int32
    /// The nodes before and behind it in its list; -1 where there is none.
    var next: Int32 = -1
    var previous: Int32 = -1
    var isPresent = true
  }

  private var all: [Node] = []
  /// The first node of the list for each number of free places; -1 where there is none.
  private var head: [Int32]
  private var mostFree = 0

  /// A cluster without nodes.
  init(placesPerNode: Int) {
    self.placesPerNode = placesPerNode
    head = Array(repeating: -1, count: placesPerNode + 1)
  }

  /// Starts over with so many empty nodes, which are never given back.
  mutating func reset(nodes count: Int) {
    all.removeAll(keepingCapacity: true)
    for places in head.indices { head[places] = -1 }
    nodes = 0
    nodesUnderWay = 0
    mostFree = 0
    lasting = count
    for _ in 0..<count { _ = addNode(at: .zero) }
  }

  /// Places that are free on nodes that are there.
  var hasRoom: Bool { mostFree > 0 }

  /// Adds an empty node.
  ///
  /// - Returns: the node's number.
  mutating func addNode(at now: Instant) -> Int {
    let node = all.count
    all.append(Node(emptySince: now.nanoseconds, free: Int32(placesPerNode)))
    nodes += 1
    link(node)
    return node
  }

  /// Takes a place on the node with the most room; nil if every node is full.
  mutating func place() -> Int? {
    guard mostFree > 0 else { return nil }
    let node = Int(head[mostFree])
    unlink(node)
    all[node].free -= 1
    link(node)
    return node
  }

  /// Gives a place back.
  ///
  /// - Returns: whether the node is empty now.
  mutating func release(node: Int, at now: Instant) -> Bool {
    unlink(node)
    all[node].free += 1
    link(node)
    let isEmpty = Int(all[node].free) == placesPerNode
    if isEmpty { all[node].emptySince = now.nanoseconds }
    return isEmpty
  }

  /// Gives a node back if it has been empty since the given instant and is not one of the lasting ones.
  ///
  /// - Returns: whether it was given back.
  mutating func remove(node: Int, emptySince instant: Instant) -> Bool {
    guard all[node].isPresent, nodes > lasting, Int(all[node].free) == placesPerNode,
      all[node].emptySince == instant.nanoseconds
    else { return false }
    unlink(node)
    all[node].isPresent = false
    nodes -= 1
    return true
  }

  private mutating func link(_ node: Int) {
    all.withUnsafeMutableBufferPointer { all in
      let places = Int(all[node].free)
      let first = head[places]
      all[node].next = first
      all[node].previous = -1
      if first >= 0 { all[Int(first)].previous = Int32(node) }
      head[places] = Int32(node)
      mostFree = max(mostFree, places)
    }
  }

  private mutating func unlink(_ node: Int) {
    all.withUnsafeMutableBufferPointer { all in
      let row = all[node]
      if row.previous >= 0 {
        all[Int(row.previous)].next = row.next
      } else {
        head[Int(row.free)] = row.next
      }
      if row.next >= 0 { all[Int(row.next)].previous = row.previous }
    }
    while mostFree > 0, head[mostFree] < 0 { mostFree -= 1 }
  }
}
