import LabUnits

/// What `spec.service` of a Canary says: the Services and routes that Flagger generates.
///
/// Source: Flagger, pkg/apis/flagger/v1beta1/canary.go, `CanaryService`.
struct FlaggerServiceManifest {
  /// The name of the generated Service; nil for the target's.
  let name: Given<String>?
  /// Its port.
  let port: Given<Int>?
  /// The hosts of the generated route.
  let hosts: [Given<String>]
  /// The gateways of the generated route.
  let gateways: [Given<String>]

  /// Reads the section and reports what is wrong with it.
  init(_ fields: ManifestFields) {
    var fields = fields
    name = fields.text("name")
    port = fields.integer("port", 1...65_535)
    hosts = fields.texts("hosts")
    gateways = fields.texts("gateways")
    let delegation = fields.flag("delegation")
    fields.pass([
      "portName", "targetPort", "appProtocol", "portDiscovery", "headless", "meshName", "backends",
      "trafficPolicy", "headers", "corsPolicy", "rewrite", "apex", "primary", "canary",
      "gatewayRefs", "unmanagedMetadata", "trafficDistribution",
    ])
    fields.leaveOut(["match"], "every request of the scenario is taken to meet the conditions")
    fields.leaveOut(
      ["timeout", "backendTimeout"], "the scenario's service says when users give up")
    fields.leaveOut(["retries"], "the scenario's users say how often they try again")
    fields.leaveOut(["mirror"], "copies to other services are no load on this one")
    fields.close()
    if port == nil, !fields.has("port") {
      fields.findings.report(
        .missingKey("port", owner: "\(fields.object) \(fields.path)", example: "port: 80"),
        at: fields.place)
    }
    if let delegation, delegation.value, !hosts.isEmpty || !gateways.isEmpty {
      fields.findings.refuse(
        .manifestRefused,
        "a route that others delegate to has neither hosts nor gateways",
        hint: "remove delegation, or hosts and gateways", at: delegation.place)
    }
  }
}
