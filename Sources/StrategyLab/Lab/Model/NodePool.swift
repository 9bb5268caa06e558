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

  private var free: [Int32] = []
  private var emptySince: [Int64] = []
  private var isPresent: [Bool] = []
  private var head: [Int32]
  private var next: [Int32] = []
  private var previous: [Int32] = []
  private var mostFree = 0

  /// A cluster without nodes.
  init(placesPerNode: Int) {
    self.placesPerNode = placesPerNode
    head = Array(repeating: -1, count: placesPerNode + 1)
  }

  /// Starts over with so many empty nodes, which are never given back.
  mutating func reset(nodes count: Int) {
    free.removeAll(keepingCapacity: true)
    emptySince.removeAll(keepingCapacity: true)
    isPresent.removeAll(keepingCapacity: true)
    next.removeAll(keepingCapacity: true)
    previous.removeAll(keepingCapacity: true)
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
    let node = free.count
    free.append(Int32(placesPerNode))
    emptySince.append(now.nanoseconds)
    isPresent.append(true)
    next.append(-1)
    previous.append(-1)
    nodes += 1
    link(node)
    return node
  }

  /// Takes a place on the node with the most room; nil if every node is full.
  mutating func place() -> Int? {
    guard mostFree > 0 else { return nil }
    let node = Int(head[mostFree])
    unlink(node)
    free[node] -= 1
    link(node)
    return node
  }

  /// Gives a place back.
  ///
  /// - Returns: whether the node is empty now.
  mutating func release(node: Int, at now: Instant) -> Bool {
    unlink(node)
    free[node] += 1
    link(node)
    let isEmpty = Int(free[node]) == placesPerNode
    if isEmpty { emptySince[node] = now.nanoseconds }
    return isEmpty
  }

  /// Gives a node back if it has been empty since the given instant and is not one of the lasting ones.
  ///
  /// - Returns: whether it was given back.
  mutating func remove(node: Int, emptySince instant: Instant) -> Bool {
    guard isPresent[node], nodes > lasting, Int(free[node]) == placesPerNode,
      emptySince[node] == instant.nanoseconds
    else { return false }
    unlink(node)
    isPresent[node] = false
    nodes -= 1
    return true
  }

  private mutating func link(_ node: Int) {
    let places = Int(free[node])
    let first = head[places]
    next[node] = first
    previous[node] = -1
    if first >= 0 { previous[Int(first)] = Int32(node) }
    head[places] = Int32(node)
    mostFree = max(mostFree, places)
  }

  private mutating func unlink(_ node: Int) {
    let places = Int(free[node])
    if previous[node] >= 0 {
      next[Int(previous[node])] = next[node]
    } else {
      head[places] = next[node]
    }
    if next[node] >= 0 { previous[Int(next[node])] = previous[node] }
    while mostFree > 0, head[mostFree] < 0 { mostFree -= 1 }
  }
}
