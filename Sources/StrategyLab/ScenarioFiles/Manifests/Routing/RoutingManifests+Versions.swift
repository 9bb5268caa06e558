import LabStrategies

extension RoutingManifests {
  /// What a destination is made of: the versions behind it with their shares of its requests.
  public struct Backend: Sendable, Hashable {
    /// The version's name.
    public var name: String
    /// Its share of the destination's requests.
    public var share: Double
  }

  /// The versions behind each of some destinations.
  ///
  /// The pods of a destination are those that the Service selects and the subset's labels describe; what
  /// keeps them is in the same files or nothing is known. Several versions behind one destination share its
  /// requests by their endpoints. A version is called by its label `version`, where that tells the
  /// destinations apart.
  ///
  /// - Parameters:
  ///   - destinations: The destinations.
  ///   - namespace: Where short names of hosts are looked up.
  ///   - endpoints: Ready endpoints by version, where they are not as many as the replicas.
  /// - Returns: the versions of each destination.
  public func backends(
    of destinations: [RouteDestination], in namespace: String, endpoints: [String: Int] = [:]
  ) -> [[Backend]] {
    let known = destinations.map { backends(of: $0, in: namespace, endpoints) }
    return known.indices.map { index in
      let names = Set(known[index].map(\.name))
      let isShared = known.indices.contains { other in
        other != index && !names.isDisjoint(with: known[other].map(\.name))
      }
      return isShared ? [Backend(name: destinations[index].name, share: 1)] : known[index]
    }
  }

  private func backends(
    of destination: RouteDestination, in namespace: String, _ endpoints: [String: Int]
  ) -> [Backend] {
    let rule = destinationRules.first { $0.speaks(of: destination.host, in: namespace) }
    let labels = rule?.subsets.first { $0.name == destination.subset }?.labels ?? [:]
    let versions = versions(of: destination.host, in: namespace, with: labels, endpoints)
    let sum = versions.reduce(0) { $0 + $1.ready }
    if versions.count > 1, sum > 0 {
      return versions.filter { $0.ready > 0 }.map {
        Backend(name: $0.name, share: Double($0.ready) / Double(sum))
      }
    }
    // The name of a single workload does not tell two destinations apart.
    let label = versions.first.flatMap { version in
      workloads.contains { $0.versionLabel == version.name } ? version.name : nil
    }
    return [Backend(name: label ?? labels["version"] ?? destination.name, share: 1)]
  }

  /// The versions behind a Service with their ready endpoints: the replicas, or what is said about them.
  public func versions(
    of host: String, in namespace: String, with labels: [String: String] = [:],
    _ endpoints: [String: Int] = [:]
  ) -> [ServiceEndpoints.Version] {
    let (name, home) = HostName.service(host, in: namespace)
    let service = services.first { $0.name == name && $0.namespace == home }
    guard let service, !service.selector.isEmpty else { return [] }
    let wanted = service.selector.merging(labels) { _, label in label }
    var versions: [ServiceEndpoints.Version] = []
    for workload in workloads where workload.namespace == home {
      guard wanted.allSatisfy({ workload.labels[$0.key] == $0.value }) else { continue }
      if let index = versions.firstIndex(where: { $0.name == workload.version }) {
        versions[index].ready += workload.replicas
      } else {
        versions.append(ServiceEndpoints.Version(workload.version, ready: workload.replicas))
      }
    }
    for index in versions.indices {
      if let ready = endpoints[versions[index].name] { versions[index].ready = ready }
    }
    return versions
  }
}
