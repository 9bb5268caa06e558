import LabStrategies

/// Reads a VirtualService, with the findings that Istio's admission would make.
///
/// Source: Istio, pkg/config/validation/validation.go and virtualservice.go.
struct VirtualServiceReader {
  /// Which kind of rule is read: an ordinary or a root one, or one of a delegate.
  let isDelegate: Bool
  /// What Istio accepts with a warning.
  var remarks: [RoutingRemark] = []

  /// A reader; delegates are VirtualServices without hosts.
  init(isDelegate: Bool = false) { self.isDelegate = isDelegate }

  /// The VirtualService that a `spec` describes, with what Istio warns about.
  static func read(_ spec: ManifestFields, name: String, namespace: String) -> (
    service: VirtualService, remarks: [RoutingRemark]
  ) {
    var spec = spec
    let hosts = spec.texts("hosts")
    let gateways = spec.texts("gateways")
    var reader = VirtualServiceReader(isDelegate: hosts.isEmpty)
    reader.checkHosts(hosts, gateways: gateways, in: spec)
    let sections = spec.optionalSections("http")
    var rules: [HTTPRule] = []
    for section in sections {
      if let section {
        rules.append(reader.rule(section))
      } else {
        spec.refuse("http", "a rule of 'http' is null")
      }
    }
    if rules.isEmpty, !spec.has("tcp"), !spec.has("tls") {
      spec.refuse(
        "http", "a VirtualService needs rules under 'http', 'tcp' or 'tls'",
        hint: "write at least one rule with a route")
    }
    reader.checkLayerFour(&spec)
    spec.leaveOut(["tcp", "tls"], "only HTTP requests are played")
    spec.pass(["exportTo"])
    spec.close()
    let service = VirtualService(
      name: name, namespace: namespace, hosts: hosts.map(\.value), gateways: gateways.map(\.value),
      http: rules)
    reader.checkClaims(service, in: spec)
    for item in service.unreachable {
      let place = sections.indices.contains(item.rule) ? sections[item.rule]?.place : nil
      let what = item.match.map { "match \($0 + 1) of rule" } ?? "rule"
      reader.remarks.append(
        RoutingRemark(
          message: "\(what) \(item.rule + 1) is never used: \(item.reason)",
          place: place ?? spec.place(of: "http")))
    }
    return (service, reader.remarks)
  }

  private mutating func checkHosts(
    _ hosts: [Given<String>], gateways: [Given<String>], in spec: ManifestFields
  ) {
    if hosts.isEmpty {
      for key in ["gateways", "tls", "tcp"]
      where spec.has(key) && !(key == "gateways" && gateways.isEmpty) {
        spec.refuse(key, "a VirtualService without hosts is a delegate and takes no '\(key)'")
      }
    }
    checkGateways(gateways, in: spec)
    let isForMesh = gateways.isEmpty || gateways.contains { $0.value == "mesh" }
    var areValid = true
    for host in hosts {
      let isGenerated = !isForMesh && host.value.hasPrefix("outbound_") && spec.has("tls")
      if isGenerated { continue }
      if let problem = HostName.wildcardProblem(host.value) {
        if HostName.isAddress(host.value) { continue }
        areValid = false
        spec.findings.refuse(
          .manifestRefused, "the host '\(host.value)' is no host name: \(problem)", at: host.place)
      } else if isForMesh, host.value == "*" {
        areValid = false
        spec.findings.refuse(
          .manifestRefused, "the host '*' is not allowed in the mesh",
          hint: "name the hosts, or name a gateway under 'gateways'", at: host.place)
      }
    }
    guard areValid else { return }
    for (index, host) in hosts.enumerated() {
      for other in hosts[(index + 1)...] where HostName.overlap(host.value, other.value) {
        spec.findings.refuse(
          .manifestRefused, "the hosts '\(host.value)' and '\(other.value)' overlap",
          hint: "keep one of them", at: other.place)
      }
    }
  }

  /// Names of gateways: `name`, `namespace/name`, or the old form with dots.
  mutating func checkGateways(_ gateways: [Given<String>], in fields: ManifestFields) {
    for gateway in gateways {
      let parts = gateway.value.split(
        separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        let labels = gateway.value.split(separator: ".")
        if labels.count > 1 {
          remarks.append(
            RoutingRemark(
              message:
                "the gateway '\(gateway.value)' is named in the old way; write '\(labels[1])/\(labels[0])'",
              place: gateway.place))
        }
        if let problem = HostName.problem(gateway.value) {
          fields.findings.refuse(
            .manifestRefused, "the gateway '\(gateway.value)' is no name: \(problem)",
            hint: "write namespace/name", at: gateway.place)
        }
        // Istio stops here, at the first name without a namespace.
        return
      }
      for part in parts where !HostName.isLabel(part) {
        fields.findings.refuse(
          .manifestRefused, "the gateway '\(gateway.value)' is no name: '\(part)' is no label",
          hint: "write namespace/name", at: gateway.place)
      }
    }
  }

  /// Claims of tokens are known to gateways only.
  private func checkClaims(_ service: VirtualService, in spec: ManifestFields) {
    if !service.gateways.isEmpty, !service.gateways.contains("mesh") { return }
    let named = service.http.flatMap { $0.matches }.flatMap { $0.headers + $0.withoutHeaders }
    if let claim = named.first(where: { Self.isClaim($0.name) }) {
      spec.refuse(
        "http", "'\(claim.name)' can be matched at a gateway only",
        hint: "name a gateway under 'gateways' and leave 'mesh' out")
    }
  }

  /// Whether a header's name stands for a claim of a token: `@request.auth.claims.group`.
  static func isClaim(_ name: String) -> Bool {
    let prefix = "@request.auth.claims"
    guard name.lowercased().hasPrefix(prefix) else { return false }
    let rest = name.dropFirst(prefix.count)
    return rest.hasPrefix(".") && rest.count > 1
      || rest.hasPrefix("[") && rest.hasSuffix("]") && rest.count > 2
  }
}
