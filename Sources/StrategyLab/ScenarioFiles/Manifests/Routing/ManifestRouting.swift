import LabStrategies

/// An object of a routing kind with what its reader made of it.
struct RoutingObject<Value> {
  /// The object.
  let object: ManifestObject
  /// What it says.
  let value: Value
}

/// The routing objects of a cluster, each read once by the reader of its kind.
///
/// `route`, the finding of versions and every import see the same values and the same faults.
struct ManifestRouting {
  /// Every VirtualService.
  private(set) var virtualServices: [RoutingObject<VirtualService>] = []
  /// Every DestinationRule.
  private(set) var destinationRules: [RoutingObject<DestinationRule>] = []
  /// Every Ingress.
  private(set) var ingresses: [RoutingObject<NginxIngress>] = []
  /// Every HTTPRoute.
  private(set) var httpRoutes: [RoutingObject<HTTPRoute>] = []
  /// What a cluster accepts with a warning.
  private(set) var remarks: [RoutingRemark] = []

  /// Reads an object; what is wrong with it is reported to its findings.
  mutating func add(_ object: ManifestObject) {
    if object.kind == "Ingress" {
      ingresses.append(RoutingObject(object: object, value: NginxIngressReader.read(object)))
      return
    }
    var fields = object.fields
    let section = fields.section("spec")
    fields.pass(["status"])
    fields.close()
    guard let spec = section else {
      object.fields.findings.report(
        .missingKey("spec", owner: object.title, example: "spec: ..."), at: object.place)
      return
    }
    let (name, namespace) = (object.name, object.namespace)
    switch object.kind {
    case "VirtualService":
      let (service, remarks) = VirtualServiceReader.read(spec, name: name, namespace: namespace)
      virtualServices.append(RoutingObject(object: object, value: service))
      self.remarks += remarks
    case "DestinationRule":
      destinationRules.append(
        RoutingObject(
          object: object,
          value: DestinationRuleReader.read(spec, name: name, namespace: namespace)))
    case "HTTPRoute":
      httpRoutes.append(
        RoutingObject(
          object: object, value: HTTPRouteReader.read(spec, name: name, namespace: namespace)))
    default: break
    }
  }
}
