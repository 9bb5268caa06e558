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
}
