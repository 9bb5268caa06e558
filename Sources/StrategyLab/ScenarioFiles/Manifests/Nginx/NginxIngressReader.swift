import LabStrategies

/// Reads an Ingress with the annotations of ingress-nginx.
///
/// Source: ingress-nginx, docs/user-guide/nginx-configuration/annotations.md.
struct NginxIngressReader {
  private static let prefix = "nginx.ingress.kubernetes.io/"

  /// The Ingress that an object describes.
  static func read(_ object: ManifestFields, name: String, namespace: String) -> NginxIngress {
    var object = object
    var ingress = NginxIngress(name: name, namespace: namespace, paths: [])
    if var metadata = object.section("metadata") { annotations(&metadata, into: &ingress) }
    guard var spec = object.section("spec") else { return ingress }
    ingress.paths = spec.sections("rules").flatMap { paths($0) }
    if var backend = spec.section("defaultBackend"), let service = service(&backend) {
      ingress.paths.append(
        NginxIngress.Path(host: "", path: "/", kind: .prefix, service: service))
    }
    spec.pass(["ingressClassName"])
    spec.leaveOut(["tls"], "how a connection is encrypted decides nothing here")
    spec.close()
    return ingress
  }

  private static func paths(_ rule: ManifestFields) -> [NginxIngress.Path] {
    var rule = rule
    let host = rule.text("host")?.value ?? ""
    guard var http = rule.section("http") else { return [] }
    let paths = http.sections("paths").compactMap { section in
      var section = section
      let path = section.text("path")?.value ?? "/"
      let kinds = ["Exact", "Prefix", "ImplementationSpecific"]
      let kind = section.choice("pathType", kinds)
      if kind == nil, !section.has("pathType") {
        section.refuse("pathType", "a path needs a pathType", hint: "write Prefix or Exact")
      }
      guard var backend = section.section("backend"), let service = service(&backend) else {
        section.refuse("backend", "a path needs a service as its backend")
        return nil as NginxIngress.Path?
      }
      section.close()
      return NginxIngress.Path(
        host: host, path: path,
        kind: kind.flatMap { NginxIngress.Path.Kind(rawValue: $0.value) } ?? .prefix,
        service: service)
    }
    http.close()
    rule.close()
    return paths
  }

  private static func service(_ backend: inout ManifestFields) -> RouteDestination? {
    guard var service = backend.section("service") else { return nil }
    let name = service.text("name")?.value ?? ""
    var number: Int?
    if var port = service.section("port") {
      number = port.integer("number")?.value
      port.pass(["name"])
      port.close()
    }
    service.close()
    backend.close()
    return RouteDestination(host: name, port: number)
  }

  private static func annotations(
    _ metadata: inout ManifestFields, into ingress: inout NginxIngress
  ) {
    guard var fields = metadata.section("annotations") else { return }
    var canary = NginxCanary()
    canary.isEnabled = fields.flag(prefix + "canary")?.value ?? false
    canary.weight = fields.integer(prefix + "canary-weight")?.value ?? 0
    canary.weightTotal = fields.integer(prefix + "canary-weight-total")?.value
    canary.header = fields.text(prefix + "canary-by-header")?.value ?? ""
    canary.headerValue = fields.text(prefix + "canary-by-header-value")?.value ?? ""
    let pattern = fields.text(prefix + "canary-by-header-pattern")
    canary.headerPattern = pattern?.value ?? ""
    canary.cookie = fields.text(prefix + "canary-by-cookie")?.value ?? ""
    let behaviors = ["sticky", "legacy"]
    if let behavior = fields.choice(prefix + "affinity-canary-behavior", behaviors) {
      canary.affinityBehavior = NginxCanary.AffinityBehavior(rawValue: behavior.value) ?? .sticky
    }
    if canary.hasRulesWithoutMark {
      fields.refuse(
        prefix + "canary", "there are canary rules on an Ingress that is no canary",
        hint: "write \(prefix)canary: \"true\"")
    }
    if let pattern { check(pattern, fields) }
    if let total = canary.weightTotal, total <= 100, total != 100 {
      fields.findings.leaveOut(
        LeftOutField(
          object: fields.object, path: fields.path(of: prefix + "canary-weight-total"),
          reason: "a total below 100 is ignored, so the weight is out of 100",
          place: fields.place(of: prefix + "canary-weight-total")))
    }
    if fields.text(prefix + "affinity")?.value == "cookie" {
      ingress.affinityCookie =
        fields.text(prefix + "session-cookie-name")?.value ?? "INGRESSCOOKIE"
    }
    fields.pass([prefix + "session-cookie-name"])
    fields.leaveOut(
      fields.keys.filter { key in
        key.hasPrefix(prefix) && !known.contains(String(key.dropFirst(prefix.count)))
      }, canary.isEnabled ? "ignored on a canary" : "it decides nothing here")
    ingress.canary = canary
  }

  private static let known: Set<String> = [
    "canary", "canary-weight", "canary-weight-total", "canary-by-header", "canary-by-header-value",
    "canary-by-header-pattern", "canary-by-cookie", "affinity-canary-behavior", "affinity",
    "session-cookie-name",
  ]

  /// A pattern that NGINX can play and this program cannot.
  private static func check(_ pattern: Given<String>, _ fields: ManifestFields) {
    do throws(PatternError) {
      _ = try Pattern(pattern.value, .perl)
    } catch {
      let place = "at character \(error.position + 1)"
      if error.isUnsupported {
        fields.findings.refuse(
          .manifestUnplayable,
          "the pattern '\(pattern.value)' has \(error.reason) \(place), which is not played",
          hint: "write it without looking around or back", at: pattern.place)
      } else {
        fields.findings.refuse(
          .manifestRefused, "the pattern '\(pattern.value)' is broken: \(error.reason) \(place)",
          hint: "NGINX would send every request with the header to the main version",
          at: pattern.place)
      }
    }
  }
}
