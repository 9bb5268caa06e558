/// An Ingress and the canary Ingress beside it, as ingress-nginx pairs them.
///
/// Source: ingress-nginx, docs/user-guide/nginx-configuration/annotations.md, Canary.
enum IngressPair {
  private static let prefix = "nginx.ingress.kubernetes.io/"

  /// A rule for every canary Ingress that finds its main one.
  static func rules(of ingresses: [ManifestObject]) -> [TrafficRule] {
    var mains: [String: (object: ManifestObject, backend: Backend)] = [:]
    for main in ingresses where !isCanary(main) {
      for backend in backends(main) where mains[backend.key(main)] == nil {
        mains[backend.key(main)] = (main, backend)
      }
    }
    return ingresses.filter { isCanary($0) }.compactMap { canary in
      for backend in backends(canary) {
        if let main = mains[backend.key(canary)] {
          return rule(main.object, main.backend, canary, backend)
        }
      }
      return nil
    }
  }

  /// Whether an Ingress is a canary.
  static func isCanary(_ object: ManifestObject) -> Bool {
    object.annotation(prefix + "canary")?.value == "true"
  }

  private struct Backend {
    let host: String
    let path: String
    let service: Given<String>

    /// What a canary and its main Ingress have in common.
    func key(_ object: ManifestObject) -> String { "\(object.namespace) \(host) \(path)" }
  }

  private static func rule(
    _ main: ManifestObject, _ stable: Backend, _ canary: ManifestObject, _ candidate: Backend
  ) -> TrafficRule {
    let total = canary.annotation(prefix + "canary-weight-total").flatMap { Int($0.value) } ?? 100
    let written = canary.annotation(prefix + "canary-weight")
    let weight = written.flatMap { Int($0.value) } ?? 0
    let marks = ["canary-by-header", "canary-by-cookie"].compactMap { key in
      canary.annotation(prefix + key).map { "\(key) \($0.value)" }
    }
    func target(_ backend: Backend, _ weight: Int) -> TrafficRule.Target {
      let source = written ?? backend.service.map { _ in "" }
      return TrafficRule.Target(
        service: backend.service.value, namespace: main.namespace, subset: [:],
        weight: source.map { _ in weight }, place: source.place, path: source.path)
    }
    let isWeighted = weight > 0 || marks.isEmpty
    let most = max(total, 1)
    return TrafficRule(
      object: canary,
      match: isWeighted ? .everyone : .users(marks.joined(separator: ", ")),
      targets: [
        target(stable, most - min(max(weight, 0), most)),
        target(candidate, min(max(weight, 0), most)),
      ],
      mirror: nil, mirrorPercentage: nil, namesCandidate: true)
  }

  private static func backends(_ object: ManifestObject) -> [Backend] {
    var fields = object.silentFields
    guard var spec = fields.section("spec") else { return [] }
    var found: [Backend] = []
    for var rule in spec.sections("rules") {
      let host = rule.text("host")?.value ?? ""
      guard var http = rule.section("http") else { continue }
      for var path in http.sections("paths") {
        guard var backend = path.section("backend"), var service = backend.section("service"),
          let name = service.text("name")
        else { continue }
        found.append(Backend(host: host, path: path.text("path")?.value ?? "/", service: name))
      }
    }
    return found
  }
}
