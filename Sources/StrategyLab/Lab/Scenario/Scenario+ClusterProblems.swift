import LabKernel
import LabStrategies
import LabUnits

extension Scenario {
  /// Replicas that one empty node takes, by processor, memory, pods, and what else a node has only so much of.
  public var replicasPerNode: Int {
    scarce.reduce(cluster.replicasPerNode(request: service.replicaRequest)) { places, thing in
      min(places, thing.perNode.map { $0 / thing.perReplica } ?? places)
    }
  }

  /// Nodes at the start: as many as the scenario says, or as the desired replicas need.
  var initialNodes: Int {
    let perNode = max(1, replicasPerNode)
    return cluster.nodeCount ?? (service.replicas + perNode - 1) / perNode
  }

  /// What is contradictory between the cluster and the service that shall stand on it when the release begins.
  func clusterProblems() -> [ScenarioProblem] {
    let places = replicasPerNode
    guard places > 0 else {
      return [
        ScenarioProblem(
          path: "cluster.nodes", message: "no replica fits on a node",
          hint: "ask for less cpu or memory per replica, or write a larger node")
      ]
    }
    return nodeCountProblems(places: places) + quotaProblems()
  }

  /// The nodes of the start, and the most that there can be, must hold the service as it is before the release.
  private func nodeCountProblems(places: Int) -> [ScenarioProblem] {
    let needed = (service.replicas + places - 1) / places
    var found: [ScenarioProblem] = []
    if let count = cluster.nodeCount, let maximum = cluster.nodeMaximum, count > maximum {
      found.append(
        ScenarioProblem(
          path: "cluster.nodes.maximum",
          message: "maximum \(maximum) is below the \(count) nodes at the start",
          hint: "write at least \(max(count, needed))"))
    } else if let maximum = cluster.nodeMaximum, maximum < needed {
      found.append(tooFew(maximum, "at most", path: "cluster.nodes.maximum", places, needed))
    }
    if let count = cluster.nodeCount, count < needed {
      found.append(tooFew(count, "at the start", path: "cluster.nodes.count", places, needed))
    }
    return found
  }

  private func tooFew(_ nodes: Int, _ when: String, path: String, _ places: Int, _ needed: Int)
    -> ScenarioProblem
  {
    ScenarioProblem(
      path: path,
      message:
        "\(nodes == 1 ? "1 node \(when) holds" : "\(nodes) nodes \(when) hold") \(nodes * places) replicas, and the service has \(service.replicas)",
      hint: "write at least \(needed)")
  }

  /// The service as it is before the release must be within the quota.
  private func quotaProblems() -> [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    let request = service.replicaRequest
    let replicas = Int64(service.replicas)
    func check(_ key: String, _ limit: Int64?, _ each: Int64, _ words: (Int64) -> String) {
      guard let limit else { return }
      // A request is at most 2^51 bytes and a service 1,000,000 replicas: the product may not fit.
      let (need, overflow) = each.multipliedReportingOverflow(by: replicas)
      guard overflow || need > limit else { return }
      let hint = overflow ? "ask for less per replica" : "write at least \(words(need))"
      found.append(
        ScenarioProblem(
          path: "cluster.quota.\(key)",
          message:
            "the \(key) quota of \(words(limit)) holds \(limit / each) replicas, and the service has \(replicas)",
          hint: hint))
    }
    check("replicas", cluster.quota.replicas.map(Int64.init), 1) { "\($0)" }
    check("cpu", cluster.quota.milliCores, request.milliCores) {
      ComputeResources.text(milliCores: $0)
    }
    check("memory", cluster.quota.memoryBytes, request.memoryBytes) {
      ComputeResources.text(memoryBytes: $0)
    }
    return found
  }
}
