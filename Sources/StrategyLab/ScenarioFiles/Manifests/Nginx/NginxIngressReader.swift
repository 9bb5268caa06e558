import LabStrategies

/// Reads an Ingress with the annotations of ingress-nginx.
///
/// Source: ingress-nginx, docs/user-guide/nginx-configuration/annotations.md.
struct NginxIngressReader {
  /// What every annotation of ingress-nginx begins with.
  static let prefix = "nginx.ingress.kubernetes.io/"

  /// The Ingress that an object describes.
  static func read(_ object: ManifestObject) -> NginxIngress {
    var ingress = NginxIngress(name: object.name, namespace: object.namespace, paths: [])
    readAnnotations(of: object, into: &ingress)
    var fields = object.fields
    if var spec = fields.section("spec") {
      ingress.paths = spec.sections("rules").flatMap { paths($0) }
      if var backend = spec.section("defaultBackend"), let service = service(&backend) {
        ingress.paths.append(
          NginxIngress.Path(host: "", path: "/", kind: .prefix, service: service))
      }
      spec.pass(["ingressClassName"])
      spec.leaveOut(["tls"], "how a connection is encrypted decides nothing here")
      spec.close()
    }
    fields.pass(["status"])
    fields.close()
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
    backend.leaveOut(["resource"], "only Services answer requests here")
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
}
