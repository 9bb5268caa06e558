import LabKernel
import LabStrategies
import LabUnits

/// Where replicas go: quota, nodes, and nodes that are bought for them.
extension Simulation {
  /// Gives waiting replicas a place while the quota and the nodes have room, and asks for nodes for the rest.
  mutating func placeWaiting() {
    while waitingHead < waiting.count {
      let replica = Int(waiting[waitingHead])
      guard replicas[replica].phase == .pending else {
        waitingHead += 1
        continue
      }
      guard replicas[replica].isCreated else { return }
      if let quota = compiled.quotaReplicas, replicas.placed >= quota { return }
      guard let node = pool.place() else {
        orderNodes()
        return
      }
      waitingHead += 1
      replicas[replica].node = Int32(node)
      start(replica)
    }
  }

  mutating func orderNodes() {
    var homeless = replicas.counts[0].pending + replicas.counts[1].pending - uncreated
    if let quota = compiled.quotaReplicas { homeless = min(homeless, quota - replicas.placed) }
    // Mostly enough are under way, and to say so takes no division.
    guard homeless > pool.nodesUnderWay * pool.placesPerNode else { return }
    let needed = (homeless + pool.placesPerNode - 1) / pool.placesPerNode - pool.nodesUnderWay
    let room = compiled.scenario.cluster.nodeMaximum.map {
      max(0, $0 - pool.nodes - pool.nodesUnderWay)
    }
    for _ in 0..<min(needed, room ?? needed) {
      let span = world.span(
        compiled.scenario.cluster.nodeProvisioning, WorldPurpose.nodeProvisioning, .stable,
        nodesOrdered)
      nodesOrdered += 1
      pool.nodesUnderWay += 1
      schedule(.nodeReady, at: now + span)
    }
  }

  mutating func nodeBecameReady() {
    pool.nodesUnderWay -= 1
    let node = pool.addNode(at: now)
    schedule(.nodeExpires, node, at: now + compiled.spans.fixed.nodeScaleDownDelay)
    placeWaiting()
  }

  mutating func nodeMayExpire(_ node: Int) {
    let delay = compiled.spans.fixed.nodeScaleDownDelay
    _ = pool.remove(
      node: node, emptySince: Instant(nanoseconds: now.nanoseconds - delay.nanoseconds))
  }
}
