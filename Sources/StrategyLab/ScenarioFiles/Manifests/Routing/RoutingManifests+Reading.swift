import LabStrategies

extension RoutingManifests {
  /// Reads manifests: files, folders, and `-` for standard input, as every other command does.
  ///
  /// - Parameters:
  ///   - paths: What to read; each file may hold several documents.
  ///   - standardInput: What came on standard input; nil if nothing did.
  /// - Returns: what is in them.
  /// - Throws: everything that is wrong with them, file by file.
  public static func read(paths: [String], standardInput: [UInt8]? = nil)
    throws(ScenarioFileError) -> RoutingManifests
  {
    try RoutingManifests(ManifestSet.read(paths: paths, standardInput: standardInput))
  }

  /// What routes in manifests that were read.
  ///
  /// - Throws: everything that is wrong with them.
  init(_ set: ManifestSet) throws(ScenarioFileError) {
    let cluster = ManifestCluster(set)
    try set.check()
    let routes = cluster.routes
    virtualServices = routes.virtualServices.map { $0.value }
    destinationRules = routes.destinationRules.map { $0.value }
    ingresses = routes.ingresses.map { $0.value }
    httpRoutes = routes.httpRoutes.map { $0.value }
    services = cluster.services.map { Service($0) }
    workloads =
      cluster.deployments.map { Workload($0, pods: $0.podLabels) }
      + cluster.rollouts.map { rollout in
        let reference = rollout.workloadReference.flatMap {
          cluster.deployment($0.value, in: rollout.object.namespace)
        }
        return Workload(rollout, pods: (reference ?? rollout).podLabels)
      } + cluster.otherWorkloads.compactMap { Workload($0) }
    found = set.objects.map { "\($0.kind) \($0.name)" }
    remarks = routes.remarks.map { "\(set.place($0.place)): \($0.message)" }
    // What a Deployment says about its pods decides nothing about where a request goes.
    let speaking = Set(
      cluster.routing.map { $0.title } + cluster.services.map { $0.object.title })
    leftOut = set.findings.leftOut.filter { speaking.contains($0.object) }.map { field in
      "\(set.place(field.place)): \(field.summary)"
    }
  }
}

extension RoutingManifests.Service {
  /// The Service of a manifest.
  init(_ service: ServiceManifest) {
    var selector: [String: String] = [:]
    for requirement in service.selector?.requirements ?? [] {
      if case .isOne(let values) = requirement.rule { selector[requirement.key] = values.first }
    }
    self.init(
      name: service.object.name, namespace: service.object.namespace, selector: selector)
  }
}

extension RoutingManifests.Workload {
  /// A Deployment, or a Rollout with the pods of the one that it refers to.
  init(_ workload: WorkloadManifest, pods: [String: String]) {
    self.init(
      name: workload.object.name, namespace: workload.object.namespace,
      replicas: workload.replicas?.value ?? 1, labels: pods)
  }

  /// Something else that keeps pods; nil if it describes none.
  ///
  /// How many pods a DaemonSet keeps is decided by the nodes: it counts as one.
  init?(_ object: ManifestObject) {
    var fields = object.silentFields
    guard
      ["StatefulSet", "ReplicaSet", "ReplicationController", "DaemonSet"].contains(object.kind),
      var spec = fields.section("spec"), var template = spec.section("template"),
      var metadata = template.section("metadata")
    else { return nil }
    self.init(
      name: object.name, namespace: object.namespace,
      replicas: spec.integer("replicas", 0...100_000)?.value ?? 1,
      labels: Dictionary(
        metadata.labels("labels").map { ($0.key, $0.value.value) },
        uniquingKeysWith: { first, _ in first }))
  }
}

extension ManifestSet {
  /// A place as people name it: `k8s/web.yaml:14`.
  func place(_ place: ManifestPlace) -> String {
    "\(files.indices.contains(place.file) ? files[place.file].name : "manifest"):\(place.mark.line)"
  }
}
