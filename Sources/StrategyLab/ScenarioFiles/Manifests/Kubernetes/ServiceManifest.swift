/// A Service: which pods answer under its name.
struct ServiceManifest {
  /// The object.
  let object: ManifestObject
  /// The labels that it asks for; nil if it selects nothing itself.
  let selector: LabelSelector?

  /// A Service.
  init(_ object: ManifestObject) {
    self.object = object
    var fields = object.fields
    var spec = fields.section("spec")
    var selector: LabelSelector?
    if let place = spec?.place {
      let labels = spec?.labels("selector") ?? []
      if !labels.isEmpty { selector = LabelSelector(labels, place: place) }
    }
    self.selector = selector
    let type = spec?.choice("type", ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"])
    var names: Set<String> = []
    let ports = spec?.sections("ports") ?? []
    for var port in ports {
      ServiceManifest.check(&port, names: &names, isOneOfSeveral: ports.count > 1)
    }
    if ports.isEmpty, let spec, type?.value != "ExternalName", spec.hasKey("ports") {
      spec.findings.refuse(
        "the Service has no port", hint: "write at least one port", at: spec.place(of: "ports"))
    }
    spec?.leaveOut(
      ["sessionAffinity", "sessionAffinityConfig", "publishNotReadyAddresses"],
      "requests of the model choose among the ready replicas at random")
    spec?.leaveOut(
      ["internalTrafficPolicy", "externalTrafficPolicy", "trafficDistribution", "topologyKeys"],
      "the model has no zones")
    spec?.pass([
      "clusterIP", "clusterIPs", "externalIPs", "externalName", "ipFamilies", "ipFamilyPolicy",
      "loadBalancerIP", "loadBalancerSourceRanges", "loadBalancerClass",
      "allocateLoadBalancerNodePorts", "healthCheckNodePort",
    ])
    spec?.close()
    fields.pass(["status"])
    fields.close()
  }

  private static func check(
    _ port: inout ManifestFields, names: inout Set<String>, isOneOfSeveral: Bool
  ) {
    let number = port.integer("port", 1...65_535)
    if number == nil, !port.has("port") {
      port.findings.report(
        .missingKey("port", owner: port.path, example: "port: 80"), at: port.place)
    }
    let name = port.text("name")
    if isOneOfSeveral, name == nil {
      port.findings.refuse(
        "each of several ports of a Service needs a name", hint: "write name: http", at: port.place)
    }
    if let name, !names.insert(name.value).inserted {
      port.findings.refuse(
        "two ports are called '\(name.value)'", hint: "give each a name of its own", at: name.place)
    }
    _ = port.choice("protocol", ["TCP", "UDP", "SCTP"])
    port.pass(["targetPort", "nodePort", "appProtocol"])
    port.close()
  }

  /// Whether the Service sends requests to the pods of a workload.
  func selects(_ workload: WorkloadManifest) -> Bool {
    guard let selector, object.namespace == workload.object.namespace else { return false }
    return selector.selects(workload.podLabels)
  }
}
