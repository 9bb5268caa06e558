import LabUnits

extension Scenario {
  /// What is contradictory between scarce things and the service that shall have them when the release begins.
  func scarceProblems() -> [ScenarioProblem] {
    var found: [ScenarioProblem] = []
    var seen: Set<String> = []
    for (index, thing) in scarce.enumerated() {
      let path = "scarce[\(index)]"
      if !seen.insert(thing.name).inserted {
        found.append(
          ScenarioProblem(
            path: path, message: "a second scarce thing is called '\(thing.name)'",
            hint: "give it a name of its own: `name: other-\(thing.name)`"))
      }
      if let perNode = thing.perNode, perNode < thing.perReplica {
        found.append(
          ScenarioProblem(
            path: "\(path).perNode",
            message:
              "a replica takes \(thing.perReplica) \(thing.name), and a node has \(perNode)",
            hint: "write at least \(thing.perReplica)"))
      }
      let needed = thing.others + thing.perReplica * service.replicas
      // Consumers without a partition idle from the start; that is allowed.
      if let limit = thing.limit, limit < needed, thing.kind != .partitions {
        found.append(
          ScenarioProblem(
            path: "\(path).limit",
            message:
              "the service and others take \(needed) \(thing.name) before the release, and there are \(limit)",
            hint: "write at least \(needed), or fewer for each replica"))
      }
    }
    return found
  }
}
