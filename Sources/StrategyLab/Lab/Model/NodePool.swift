import LabKernel
import LabUnits

/// The nodes of the cluster as places for replicas: every replica asks for the same, so a node is a number of places.
///
/// A replica goes to the node with the most free places, as the scheduler's default scoring spreads
/// (NodeResourcesFit, LeastAllocated); of equal ones to the node whose room changed last. Nodes of equal room stand
/// on a stack per number of free places. A node that gets a place back is put on another stack, and its card on the
/// first one is out of date: it is passed over when its turn comes. So placing and freeing take constant time, and
/// touch no node but the one that they are about.
///
/// The memory is not shared between copies: a pool has one owner.
struct NodePool {
  /// Places of an empty node.
  let placesPerNode: Int
  /// Nodes that are there now.
  private(set) var nodes = 0
  /// Nodes that were asked for and are not ready.
  var nodesUnderWay = 0
  /// Nodes that stay when they are empty.
  private(set) var lasting = 0

  /// A node.
  private struct Node: BitwiseCopyable {
    var emptySince: Int64
    /// Free places; -1 once the node was given back.
    var free: Int32
    /// Its card on the stack of those with as many free places; every other card of it is out of date.
    var card: Int32 = -1
  }

  /// What stands of a node on a stack.
  private struct Card: BitwiseCopyable {
    var node: Int32
    /// The card below it, also on the stack of those that are not used; -1 for none.
    var below: Int32
  }

  /// The stack of the nodes with one number of free places.
  private struct Stack: BitwiseCopyable {
    /// The card of the node whose room changed last; -1 for none.
    var top: Int32 = -1
    /// How many cards there are, and how many nodes.
    var cards: Int32 = 0
    var nodes: Int32 = 0
  }

  private var all = PlainMemory<Node>()
  private var cards = PlainMemory<Card>()
  private var unused: Int32 = -1
  /// For each number of free places.
  private var stacks: PlainMemory<Stack>
  private var mostFree = 0

  /// A cluster without nodes.
  init(placesPerNode: Int) {
    self.placesPerNode = placesPerNode
    stacks = PlainMemory(repeating: Stack(), count: placesPerNode + 1)
  }

  /// Starts over with so many empty nodes, which are never given back.
  mutating func reset(nodes count: Int) {
    all.removeAll()
    cards.removeAll()
    unused = -1
    for places in 0...placesPerNode { stacks[places] = Stack() }
    nodes = 0
    nodesUnderWay = 0
    mostFree = 0
    lasting = count
    all.reserveCapacity(count)
    // Those that are out of date wait among them.
    cards.reserveCapacity(8 * count)
    for _ in 0..<count { _ = addNode(at: .zero) }
  }

  /// Places that are free on nodes that are there.
  var hasRoom: Bool { mostFree > 0 }

  /// The free places of a node; -1 once it was given back.
  func freePlaces(of node: Int) -> Int { Int(all[node].free) }

  /// Adds an empty node.
  ///
  /// - Returns: the node's number.
  mutating func addNode(at now: Instant) -> Int {
    let node = all.count
    let card = makeCard(node)
    all.append(Node(emptySince: now.nanoseconds, free: Int32(placesPerNode), card: card))
    nodes += 1
    enter(card, placesPerNode)
    return node
  }

  /// Takes a place on the node with the most room; nil if every node is full.
  mutating func place() -> Int? {
    guard mostFree > 0 else { return nil }
    let free = mostFree
    var card = pop(free)
    var node = Int(cards[Int(card)].node)
    while all[node].card != card {
      discard(card)
      card = pop(free)
      node = Int(cards[Int(card)].node)
    }
    all[node].free -= 1
    // Before the node is counted off, so that there is a stack with nodes.
    enter(card, free - 1)
    leave(free)
    return node
  }

  /// Gives a place back.
  ///
  /// - Returns: whether the node is empty now.
  mutating func release(node: Int, at now: Instant) -> Bool {
    let free = Int(all[node].free) + 1
    all[node].free = Int32(free)
    let isEmpty = free == placesPerNode
    if isEmpty { all[node].emptySince = now.nanoseconds }
    let card = makeCard(node)
    all[node].card = card
    enter(card, free)
    leave(free - 1)
    return isEmpty
  }

  /// Gives a node back if it has been empty since the given instant and is not one of the lasting ones.
  ///
  /// - Returns: whether it was given back.
  mutating func remove(node: Int, emptySince instant: Instant) -> Bool {
    guard nodes > lasting, Int(all[node].free) == placesPerNode,
      all[node].emptySince == instant.nanoseconds
    else { return false }
    all[node].free = -1
    all[node].card = -1
    leave(placesPerNode)
    nodes -= 1
    return true
  }

  private mutating func makeCard(_ node: Int) -> Int32 {
    let card = unused
    guard card >= 0 else {
      cards.append(Card(node: Int32(node), below: -1))
      return Int32(cards.count - 1)
    }
    unused = cards[Int(card)].below
    cards[Int(card)].node = Int32(node)
    return card
  }

  private mutating func discard(_ card: Int32) {
    cards[Int(card)].below = unused
    unused = card
  }

  /// Puts a card on the stack of the nodes with so many free places.
  @inline(__always)
  private mutating func enter(_ card: Int32, _ free: Int) {
    var stack = stacks[free]
    if stack.cards > 4 * stack.nodes + 64 {
      tidy(free)
      stack = stacks[free]
    }
    cards[Int(card)].below = stack.top
    stack.top = card
    stack.cards += 1
    stack.nodes += 1
    stacks[free] = stack
    mostFree = max(mostFree, free)
  }

  @inline(__always)
  private mutating func pop(_ free: Int) -> Int32 {
    let card = stacks[free].top
    stacks[free].top = cards[Int(card)].below
    stacks[free].cards -= 1
    return card
  }

  /// Counts one node with so many free places less.
  @inline(__always)
  private mutating func leave(_ free: Int) {
    stacks[free].nodes -= 1
    // Of the other stacks none has lost its last node.
    guard stacks[free].nodes == 0 else { return }
    while mostFree > 0, stacks[mostFree].nodes == 0 { mostFree -= 1 }
  }

  /// Takes what is out of date from a stack.
  @inline(never)
  private mutating func tidy(_ free: Int) {
    var card = stacks[free].top
    var above: Int32 = -1
    while card >= 0 {
      let below = cards[Int(card)].below
      if all[Int(cards[Int(card)].node)].card == card {
        above = card
      } else {
        if above >= 0 { cards[Int(above)].below = below } else { stacks[free].top = below }
        stacks[free].cards -= 1
        discard(card)
      }
      card = below
    }
  }
}
