/// Events in many lists that share one pool, each list in order.
///
/// A list is the number of its first node; what is taken out is used again.
struct EventLists {
  struct Node: BitwiseCopyable {
    var event: QueuedEvent
    var next: Int32
  }

  static let none: Int32 = -1

  private var nodes: [Node] = []
  private var free = none

  /// The first event of a list that is not empty.
  @inline(__always)
  func first(_ list: Int32) -> QueuedEvent { nodes[Int(list)].event }

  /// Puts an event in its place in a list.
  @inline(__always)
  mutating func insert(_ event: QueuedEvent, into list: inout Int32) {
    let node = take(event)
    nodes.withUnsafeMutableBufferPointer { nodes in
      var before = Self.none
      var after = list
      while after != Self.none, nodes[Int(after)].event < event {
        before = after
        after = nodes[Int(after)].next
      }
      nodes[Int(node)].next = after
      if before == Self.none { list = node } else { nodes[Int(before)].next = node }
    }
  }

  /// Takes the first event out of a list that is not empty.
  @inline(__always)
  mutating func removeFirst(_ list: inout Int32) -> QueuedEvent {
    nodes.withUnsafeMutableBufferPointer { nodes in
      let node = Int(list)
      list = nodes[node].next
      nodes[node].next = free
      free = Int32(truncatingIfNeeded: node)
      return nodes[node].event
    }
  }

  @inline(__always)
  private mutating func take(_ event: QueuedEvent) -> Int32 {
    guard free != Self.none else {
      nodes.append(Node(event: event, next: Self.none))
      return Int32(truncatingIfNeeded: nodes.count &- 1)
    }
    let node = free
    free = nodes[Int(node)].next
    nodes[Int(node)].event = event
    return node
  }
}
