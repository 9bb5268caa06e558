/// What the section `trafficRouting` of a Rollout says: which router splits the traffic, and by which objects.
struct ArgoTrafficRouting {
  /// A VirtualService whose routes get the weights.
  struct VirtualService {
    /// Its name.
    let name: Given<String>
    /// The routes by name; empty: the only one there is.
    let routes: [Given<String>]
  }

  /// A DestinationRule whose subsets stand for the versions.
  struct DestinationRule {
    /// Its name.
    let name: Given<String>
    /// The subset of the candidate.
    let canarySubset: Given<String>?
    /// The subset of stable.
    let stableSubset: Given<String>?
  }

  /// Where the section stands.
  let place: ManifestPlace
  /// The section's path below the object.
  let path: String
  /// The routers that are named: `istio`, `nginx`.
  private(set) var providers: [String] = []
  /// The VirtualServices of Istio.
  private(set) var virtualServices: [VirtualService] = []
  /// The DestinationRule of Istio.
  private(set) var destinationRule: DestinationRule?
  /// The Ingresses of NGINX or of a load balancer.
  private(set) var ingresses: [Given<String>] = []
  /// The HTTPRoutes of the Gateway API plug-in.
  private(set) var httpRoutes: [Given<String>] = []
  /// The names of the routes that steps may put above the weights.
  private(set) var managedRoutes: [Given<String>] = []
  /// Whether routes are managed at all.
  let hasManagedRoutes: Bool
  /// The weight that is all of the traffic.
  private(set) var maxTrafficWeight: Given<Int>?

  /// Reads the section.
  init(_ fields: ManifestFields) {
    var fields = fields
    place = fields.place
    path = fields.path
    hasManagedRoutes = fields.has("managedRoutes")
    for var route in fields.sections("managedRoutes") {
      if let name = route.text("name") { managedRoutes.append(name) }
      route.close()
    }
    maxTrafficWeight = fields.integer("maxTrafficWeight", 1...1_000_000)
    if let istio = fields.section("istio") { readIstio(istio) }
    if let nginx = fields.section("nginx") { readNginx(nginx) }
    if let balancer = fields.section("alb") { readBalancer(balancer) }
    if let plugins = fields.section("plugins") { readPlugins(plugins) }
    for key in ["smi", "ambassador", "appMesh", "apisix", "traefik"] where fields.hasKey(key) {
      providers.append(key)
      fields.leaveOut([key], "the router is taken to split by the weights it is given")
    }
    if let limit = maxTrafficWeight, !providers.contains("nginx"), !providers.contains("plugins") {
      fields.findings.refuse(
        .manifestRefused, "maxTrafficWeight can be set for nginx and plug-ins only",
        hint: "leave out maxTrafficWeight", at: limit.place)
      maxTrafficWeight = nil
    }
    fields.close()
  }

  private mutating func readIstio(_ fields: ManifestFields) {
    var fields = fields
    providers.append("istio")
    let one = fields.section("virtualService")
    let many = fields.sections("virtualServices")
    if let one, !many.isEmpty {
      fields.findings.refuse(
        .manifestRefused, "virtualService and virtualServices exclude each other",
        hint: "write only virtualServices",
        at: one.place)
    }
    if one == nil, many.isEmpty {
      fields.findings.refuse(
        .manifestRefused, "istio needs a virtualService or virtualServices",
        hint: "write virtualService: {name: web}", at: fields.place)
    }
    for var service in [one].compactMap({ $0 }) + many {
      let routes = service.texts("routes")
      if let name = service.text("name") {
        virtualServices.append(VirtualService(name: name, routes: routes))
      } else {
        service.findings.refuse(
          .manifestRefused, "a virtualService needs a name", hint: "write name: web",
          at: service.place)
      }
      service.leaveOut(["tlsRoutes", "tcpRoutes"], "only HTTP routes are played")
      service.close()
    }
    if var rule = fields.section("destinationRule") {
      let subsets = (rule.text("canarySubsetName"), rule.text("stableSubsetName"))
      if let name = rule.text("name") {
        destinationRule = DestinationRule(
          name: name, canarySubset: subsets.0, stableSubset: subsets.1)
      }
      rule.close()
    }
    fields.close()
  }

  private mutating func readNginx(_ fields: ManifestFields) {
    var fields = fields
    providers.append("nginx")
    let one = fields.text("stableIngress")
    let many = fields.texts("stableIngresses")
    if let one, !many.isEmpty {
      fields.findings.refuse(
        .manifestRefused, "stableIngress and stableIngresses exclude each other",
        hint: "write only stableIngresses", at: one.place)
    }
    if one == nil, many.isEmpty {
      fields.findings.refuse(
        .manifestRefused, "nginx needs a stableIngress or stableIngresses",
        hint: "write stableIngress: web",
        at: fields.place)
    }
    ingresses += [one].compactMap { $0 } + many
    fields.pass(["annotationPrefix"])
    fields.leaveOut(
      ["additionalIngressAnnotations", "canaryIngressAnnotations"],
      "only the weight of the canary Ingress is played")
    fields.close()
  }

  private mutating func readBalancer(_ fields: ManifestFields) {
    var fields = fields
    providers.append("alb")
    let one = fields.text("ingress")
    ingresses += [one].compactMap { $0 } + fields.texts("ingresses")
    fields.pass(["servicePort", "rootService", "annotationPrefix"])
    fields.leaveOut(["stickinessConfig"], "whether users stick is said by the scenario's users")
    fields.close()
  }

  private mutating func readPlugins(_ fields: ManifestFields) {
    var fields = fields
    providers.append("plugins")
    for key in fields.keys {
      guard key.hasSuffix("gatewayAPI") else {
        fields.leaveOut([key], "the plug-in is taken to split by the weights it is given")
        continue
      }
      guard var plugin = fields.section(key) else { continue }
      if let name = plugin.text("httpRoute") { httpRoutes.append(name) }
      for var route in plugin.sections("httpRoutes") {
        if let name = route.text("name") { httpRoutes.append(name) }
        route.leaveOut(["useHeaderRoutes"])
        route.close()
      }
      plugin.pass(["namespace", "configMap"])
      plugin.leaveOut(
        ["grpcRoute", "grpcRoutes", "tcpRoute", "tcpRoutes", "tlsRoute", "tlsRoutes"],
        "only HTTP routes are played")
      plugin.close()
    }
    fields.close()
  }
}
