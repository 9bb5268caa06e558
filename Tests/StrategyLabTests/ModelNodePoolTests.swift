import LabKernel
import LabUnits
import Testing

@testable import StrategyLab

/// Placing replicas on nodes: spread, conservation, and giving nodes back.
struct ModelNodePoolTests {
  @Test func replicasGoToTheNodeWithTheMostRoom() {
    var pool = NodePool(placesPerNode: 2)
    pool.reset(nodes: 3)
    let first = (0..<3).compactMap { _ in pool.place() }
    #expect(Set(first) == [0, 1, 2])
    let second = (0..<3).compactMap { _ in pool.place() }
    #expect(Set(second) == [0, 1, 2])
    #expect(!pool.hasRoom)
    #expect(pool.place() == nil)
    #expect(pool.release(node: 1, at: .zero) == false)
    #expect(pool.place() == 1)
  }

  @Test func placesAreConserved() {
    var pool = NodePool(placesPerNode: 7)
    pool.reset(nodes: 5)
    var used = Array(repeating: 0, count: 5)
    var stream = RandomStream(
      seed: 5, replication: 0, purpose: RandomPurpose(rawValue: 99), entity: 0)
    for _ in 0..<5000 {
      if stream.nextUnit() < 0.52 {
        let least = used.min() ?? 0
        if let node = pool.place() {
          #expect(used[node] == least, "the emptiest node is chosen")
          used[node] += 1
        } else {
          #expect(used.allSatisfy { $0 == 7 })
        }
      } else {
        let node = stream.index(below: 5)
        guard used[node] > 0 else { continue }
        used[node] -= 1
        #expect(pool.release(node: node, at: .zero) == (used[node] == 0))
      }
      #expect(pool.hasRoom == used.contains { $0 < 7 })
    }
    #expect(pool.nodes == 5)
  }

  @Test func anAddedNodeGoesWhenItHasBeenEmptyForLongEnough() {
    let second = Span.seconds(1)
    var pool = NodePool(placesPerNode: 1)
    pool.reset(nodes: 1)
    #expect(pool.place() == 0)
    let node = pool.addNode(at: .zero + second)
    #expect(pool.nodes == 2)
    #expect(pool.place() == node)
    #expect(pool.remove(node: node, emptySince: .zero + second) == false, "it is in use")
    #expect(pool.release(node: node, at: .zero + .seconds(5)) == true)
    #expect(pool.remove(node: node, emptySince: .zero + second) == false, "it was in use meanwhile")
    #expect(pool.remove(node: node, emptySince: .zero + .seconds(5)) == true)
    #expect(pool.nodes == 1)
    #expect(pool.remove(node: node, emptySince: .zero + .seconds(5)) == false, "it is gone")
    #expect(pool.place() == nil, "a node that is gone has no room")
  }

  @Test func theNodesOfTheStartStay() {
    var pool = NodePool(placesPerNode: 4)
    pool.reset(nodes: 2)
    #expect(pool.remove(node: 0, emptySince: .zero) == false)
    _ = pool.addNode(at: .zero)
    #expect(
      pool.remove(node: 0, emptySince: .zero) == true, "any empty node may go while one is too many"
    )
    #expect(pool.remove(node: 1, emptySince: .zero) == false)
    #expect(pool.nodes == 2)
  }

  /// A pool that keeps its nodes in order by looking at all of them.
  private struct PlainPool {
    /// The nodes with their free places, the one whose room changed last at the end.
    var nodes: [(node: Int, free: Int)] = []

    /// The node with the most room, and of equal ones that whose room changed last.
    mutating func place() -> Int? {
      guard let most = nodes.map(\.free).max(), most > 0,
        let index = nodes.lastIndex(where: { $0.free == most })
      else { return nil }
      let node = nodes[index].node
      change(node, by: -1)
      return node
    }

    mutating func change(_ node: Int, by step: Int) {
      guard let index = nodes.firstIndex(where: { $0.node == node }) else { return }
      var entry = nodes.remove(at: index)
      entry.free += step
      nodes.append(entry)
    }
  }

  @Test(arguments: 0..<10) func ofEqualNodesTheOneWhoseRoomChangedLastIsTaken(_ number: Int) {
    var stream = RandomStream(
      seed: 7, replication: number, purpose: RandomPurpose(rawValue: 99), entity: 0)
    let places = 1 + stream.index(below: 6)
    var pool = NodePool(placesPerNode: places)
    pool.reset(nodes: 12)
    var plain = PlainPool()
    for node in 0..<12 { plain.nodes.append((node, places)) }
    for step in 0..<1500 {
      // Full and empty spells, so that stacks grow long and are tidied.
      if stream.index(below: 10) < (step / 100 % 2 == 0 ? 7 : 3) {
        #expect(pool.place() == plain.place())
      } else if stream.index(below: 40) == 0 {
        #expect(pool.addNode(at: .zero) == plain.nodes.count)
        plain.nodes.append((plain.nodes.count, places))
      } else {
        let (node, free) = plain.nodes[stream.index(below: plain.nodes.count)]
        guard free < places else { continue }
        #expect(pool.release(node: node, at: .zero) == (free + 1 == places))
        plain.change(node, by: 1)
      }
      #expect(pool.hasRoom == plain.nodes.contains { $0.free > 0 })
    }
  }
}
