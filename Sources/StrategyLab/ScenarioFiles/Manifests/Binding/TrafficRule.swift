/// One rule that says where requests go, as far as that tells which workloads are versions of one service.
struct TrafficRule {
  /// Where requests can go.
  struct Target {
    /// The Service's name.
    let service: String
    /// Its namespace.
    let namespace: String
    /// Labels that narrow the Service's pods down; empty for all of them.
    let subset: [String: String]
    /// The name of a subset that no DestinationRule describes.
    var missingSubset: Given<String>?
    /// The share of the requests, as written; nil if nothing is written.
    let weight: Given<Int>?
    /// Where it stands.
    let place: ManifestPlace
    /// Its path below the object.
    let path: String
  }

  /// Which requests a rule takes.
  enum Match {
    /// All that come to it, or those of some paths.
    case everyone
    /// Those of some users: what marks them.
    case users(String)
  }

  /// The object that holds the rule.
  let object: ManifestObject
  /// Which requests it takes.
  let match: Match
  /// Where they go.
  let targets: [Target]
  /// Where copies of them go.
  let mirror: Target?
  /// The percentage of them that is copied.
  let mirrorPercentage: Given<Int>?
  /// Whether an annotation says which target is the candidate: the last one.
  let namesCandidate: Bool
}

extension TrafficRule {
  /// All rules of a cluster's routing objects, in the order of the files.
  ///
  /// Reports nothing: the readers of the routing kinds do.
  static func rules(of cluster: ManifestCluster) -> [TrafficRule] {
    let subsets = SubsetLabels(cluster.routing)
    var rules: [TrafficRule] = []
    for object in cluster.routing {
      var fields = object.silentFields
      guard var spec = fields.section("spec") else { continue }
      switch object.kind {
      case "VirtualService":
        rules += spec.sections("http").map { virtualServiceRule($0, object, subsets) }
      case "HTTPRoute":
        rules += spec.sections("rules").map { routeRule($0, object) }
      default: break
      }
    }
    return rules + IngressPair.rules(of: cluster.routing.filter { $0.kind == "Ingress" })
  }

  private static func virtualServiceRule(
    _ fields: ManifestFields, _ object: ManifestObject, _ subsets: SubsetLabels
  ) -> TrafficRule {
    var fields = fields
    let marks = fields.sections("match").flatMap { match in
      var match = match
      return ["headers", "withoutHeaders", "queryParams", "sourceLabels"].flatMap { key in
        match.section(key)?.keys.map { "\(key) \($0)" } ?? []
      }
    }
    var targets: [Target] = []
    for var route in fields.sections("route") {
      guard let destination = route.section("destination") else { continue }
      if let target = self.target(destination, route.integer("weight"), object, subsets) {
        targets.append(target)
      }
    }
    var mirror = fields.section("mirror").flatMap { target($0, nil, object, subsets) }
    var percentage: Given<Int>?
    if var share = fields.section("mirrorPercentage") {
      percentage = share.number("value").map { given in
        given.map { Int(min(max($0, 0), 100).rounded()) }
      }
    }
    if mirror == nil, var first = fields.sections("mirrors").first,
      let destination = first.section("destination")
    {
      mirror = target(destination, nil, object, subsets)
    }
    return TrafficRule(
      object: object, match: marks.isEmpty ? .everyone : .users(marks.joined(separator: ", ")),
      targets: targets, mirror: mirror, mirrorPercentage: percentage, namesCandidate: false)
  }

  private static func target(
    _ destination: ManifestFields, _ weight: Given<Int>?, _ object: ManifestObject,
    _ subsets: SubsetLabels
  ) -> Target? {
    var destination = destination
    guard let host = destination.text("host") else { return nil }
    let (service, namespace) = ServiceHost.parts(host.value, in: object.namespace)
    let subset = destination.text("subset")
    let labels = subset.flatMap { subsets.labels(service, namespace, $0.value) }
    return Target(
      service: service, namespace: namespace, subset: labels ?? [:],
      missingSubset: labels == nil ? subset : nil,
      weight: weight, place: (subset ?? host).place, path: (subset ?? host).path)
  }

  private static func routeRule(_ fields: ManifestFields, _ object: ManifestObject) -> TrafficRule {
    var fields = fields
    let marks = fields.sections("matches").flatMap { match in
      var match = match
      return ["headers", "queryParams"].flatMap { key in
        match.sections(key).map { item in
          var item = item
          return "\(key) \(item.text("name")?.value ?? "")"
        }
      }
    }
    func target(_ reference: ManifestFields) -> Target? {
      var reference = reference
      guard let name = reference.text("name") else { return nil }
      return Target(
        service: name.value, namespace: reference.text("namespace")?.value ?? object.namespace,
        subset: [:], weight: reference.integer("weight") ?? name.map { _ in 1 }, place: name.place,
        path: name.path)
    }
    let targets = fields.sections("backendRefs").compactMap { target($0) }
    var mirror: Target?
    for var filter in fields.sections("filters") {
      guard var section = filter.section("requestMirror"),
        let reference = section.section("backendRef")
      else { continue }
      mirror = target(reference)
    }
    return TrafficRule(
      object: object, match: marks.isEmpty ? .everyone : .users(marks.joined(separator: ", ")),
      targets: targets, mirror: mirror, mirrorPercentage: nil, namesCandidate: false)
  }
}

extension ManifestObject {
  /// The object's keys, read without a word to the findings: somebody else reports on them.
  var silentFields: ManifestFields {
    guard case .mapping(let entries, _) = node.content else { return fields }
    return ManifestFields(
      entries, object: title, path: "", place: place, findings: ManifestFindings())
  }
}

/// The names under which meshes know a Service.
enum ServiceHost {
  /// The Service and the namespace of a host: `reviews`, `reviews.shop`, `reviews.shop.svc.cluster.local`.
  static func parts(_ host: String, in namespace: String) -> (service: String, namespace: String) {
    let parts = host.split(separator: ".").map(String.init)
    guard parts.count >= 2, parts.count == 2 || parts[2] == "svc" else { return (host, namespace) }
    return (parts[0], parts[1])
  }
}

/// The labels of the subsets of DestinationRules.
struct SubsetLabels {
  private var found: [String: [String: String]] = [:]

  /// The subsets of all DestinationRules among some objects.
  init(_ objects: [ManifestObject]) {
    for object in objects where object.kind == "DestinationRule" {
      var fields = object.silentFields
      guard var spec = fields.section("spec"), let host = spec.text("host") else { continue }
      let (service, namespace) = ServiceHost.parts(host.value, in: object.namespace)
      for var subset in spec.sections("subsets") {
        guard let name = subset.text("name") else { continue }
        found["\(namespace)/\(service)/\(name.value)"] = Dictionary(
          subset.labels("labels").map { ($0.key, $0.value.value) },
          uniquingKeysWith: { first, _ in first })
      }
    }
  }

  /// The labels of a subset; nil if no rule describes it.
  func labels(_ service: String, _ namespace: String, _ subset: String) -> [String: String]? {
    found["\(namespace)/\(service)/\(subset)"]
  }
}
