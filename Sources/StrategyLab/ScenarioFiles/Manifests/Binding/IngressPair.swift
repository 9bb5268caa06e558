import LabStrategies

/// An Ingress and the canary Ingress beside it, as ingress-nginx pairs them.
///
/// Source: ingress-nginx, docs/user-guide/nginx-configuration/annotations.md, Canary.
enum IngressPair {
  private static let prefix = NginxIngressReader.prefix
  private typealias Ingress = RoutingObject<NginxIngress>

  /// A rule for every canary Ingress that finds its main one.
  static func rules(of ingresses: [RoutingObject<NginxIngress>]) -> [TrafficRule] {
    var mains: [String: (ingress: Ingress, path: NginxIngress.Path)] = [:]
    for main in ingresses where !main.value.canary.isEnabled {
      for path in main.value.paths where mains[key(main, path)] == nil {
        mains[key(main, path)] = (main, path)
      }
    }
    return ingresses.filter { $0.value.canary.isEnabled }.compactMap { canary in
      for path in canary.value.paths {
        if let main = mains[key(canary, path)] { return rule(main, canary, path) }
      }
      return nil
    }
  }

  /// What a canary and its main Ingress have in common.
  private static func key(_ ingress: Ingress, _ path: NginxIngress.Path) -> String {
    "\(ingress.object.namespace) \(path.host) \(path.path)"
  }

  private static func rule(
    _ main: (ingress: Ingress, path: NginxIngress.Path), _ canary: Ingress,
    _ path: NginxIngress.Path
  ) -> TrafficRule {
    let rules = canary.value.canary
    let written = canary.object.annotation(prefix + "canary-weight")
    let marks = ["canary-by-header", "canary-by-cookie"].compactMap { key in
      canary.object.annotation(prefix + key)
    }
    let source = written ?? marks.first ?? canary.object.annotation(prefix + "canary")
    let weight = min(max(rules.weight, 0), rules.total)
    func target(_ service: RouteDestination, _ weight: Int) -> TrafficRule.Target {
      TrafficRule.Target(
        service: service.host, namespace: canary.object.namespace, subset: [:],
        weight: source?.map { _ in weight }, place: source?.place ?? canary.object.place,
        path: source?.path ?? "metadata.annotations")
    }
    let isWeighted = weight > 0 || marks.isEmpty
    let words = [("canary-by-header", rules.header), ("canary-by-cookie", rules.cookie)]
      .filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1)" }
    return TrafficRule(
      object: canary.object,
      match: isWeighted ? .everyone : .users(words.joined(separator: ", ")),
      targets: [target(main.path.service, rules.total - weight), target(path.service, weight)],
      mirror: nil, mirrorPercentage: nil, namesCandidate: true)
  }
}
