import LabStrategies

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

    /// The requests that marks describe; no mark means everyone.
    init(marks: [String]) {
      self = marks.isEmpty ? .everyone : .users(marks.joined(separator: ", "))
    }
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
  /// All rules of a cluster's routing objects, kind by kind in the order of the files.
  static func rules(of cluster: ManifestCluster) -> [TrafficRule] {
    let routing = cluster.routes
    let subsets = SubsetLabels(routing.destinationRules.map { $0.value })
    var rules: [TrafficRule] = []
    for service in routing.virtualServices {
      for (index, rule) in service.value.http.enumerated() {
        rules.append(TrafficRule(rule, index, of: service.object, subsets))
      }
    }
    for route in routing.httpRoutes {
      for (index, rule) in route.value.rules.enumerated() {
        rules.append(TrafficRule(rule, index, of: route.object))
      }
    }
    return rules + IngressPair.rules(of: routing.ingresses)
  }

  /// A rule of a VirtualService.
  private init(
    _ rule: HTTPRule, _ index: Int, of object: ManifestObject, _ subsets: SubsetLabels
  ) {
    let path = "spec.http[\(index)]"
    func target(_ destination: RouteDestination, _ path: String, _ weight: Given<Int>?) -> Target {
      let service = HostName.service(destination.host, in: object.namespace)
      let key = destination.subset.isEmpty ? "host" : "subset"
      let name = object.given(destination.subset, at: "\(path).\(key)")
      let labels = subsets.labels(of: destination, in: object.namespace)
      return Target(
        service: service.name, namespace: service.namespace,
        subset: destination.subset.isEmpty ? [:] : labels ?? [:],
        missingSubset: destination.subset.isEmpty || labels != nil ? nil : name,
        weight: weight, place: name.place, path: name.path)
    }
    self.object = object
    match = Match(marks: rule.matches.flatMap { $0.marks })
    var destinations: [WeightedDestination] = []
    if case .route(let weighted) = rule.action { destinations = weighted }
    targets = destinations.enumerated().map { position, weighted in
      let item = "\(path).route[\(position)]"
      // A single destination needs no weight, and has none in the origin of anything.
      let weight =
        destinations.count > 1 || weighted.weight > 0
        ? object.given(weighted.weight, at: "\(item).weight") : nil
      return target(weighted.destination, "\(item).destination", weight)
    }
    let isList = object.hasValue(at: "\(path).mirrors[0]")
    mirror = rule.mirrors.first.map {
      target($0.destination, isList ? "\(path).mirrors[0].destination" : "\(path).mirror", nil)
    }
    mirrorPercentage = rule.mirrors.first.map {
      object.given(
        Int((min(max($0.share, 0), 1) * 100).rounded()),
        at: isList ? "\(path).mirrors[0].percentage.value" : "\(path).mirrorPercentage.value")
    }
    namesCandidate = false
  }

  /// A rule of an HTTPRoute.
  private init(_ rule: HTTPRoute.Rule, _ index: Int, of object: ManifestObject) {
    let path = "spec.rules[\(index)]"
    func target(_ backend: RouteDestination, _ path: String, _ weight: Given<Int>?) -> Target {
      let service = HostName.service(backend.host, in: object.namespace)
      let name = object.given(service.name, at: "\(path).name")
      return Target(
        service: service.name, namespace: service.namespace, subset: [:], weight: weight,
        place: name.place, path: name.path)
    }
    self.object = object
    match = Match(
      marks: rule.matches.flatMap { match in
        match.headers.map { "headers \($0.name)" }
          + match.queryParameters.map { "queryParams \($0.name)" }
      })
    targets = rule.backends.enumerated().map { position, weighted in
      let item = "\(path).backendRefs[\(position)]"
      return target(
        weighted.destination, item, object.given(weighted.weight, at: "\(item).weight"))
    }
    mirror = rule.mirrors.first.map { target($0.destination, "\(path).filters", nil) }
    mirrorPercentage = rule.mirrors.first.map {
      object.given(
        Int((min(max($0.share, 0), 1) * 100).rounded()), at: "\(path).filters")
    }
    namesCandidate = false
  }
}

extension HTTPMatch {
  /// What marks the users that a match is for, as `headers username`; paths, methods and ports mark nobody.
  fileprivate var marks: [String] {
    headers.map { "headers \($0.name)" } + withoutHeaders.map { "withoutHeaders \($0.name)" }
      + queryParameters.map { "queryParams \($0.name)" }
      + sourceLabels.keys.sorted().map { "sourceLabels \($0)" }
  }
}
