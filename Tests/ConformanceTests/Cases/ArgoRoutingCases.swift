import LabStrategies

/// The rules of `istio_routing.json` about Argo Rollouts.
enum ArgoRoutingCases {
  static let delayDestinationRule: CaseRule = { one in
    let sets = one.input["replicaSets[spec,available]"]
    func availability(_ key: String) -> ReplicaAvailability? {
      guard let wanted = sets[key][0].integer else { return nil }
      return ReplicaAvailability(wanted: wanted, available: sets[key][1].integer ?? 0)
    }
    let isAborted = one.input["aborted"].flag ?? one.input["abort"].flag ?? false
    let delays = ArgoVirtualService.delaysSubsets(
      stable: availability("stable"), canary: availability("canary"),
      hasServices: one.input["hostServicesSet"].flag ?? false, isAborted: isAborted)
    return ["delay": .flag(delays)]
  }

  static let headerRoute: CaseRule = { one in
    do {
      return try headerRouteAnswer(one)
    } catch is ArgoVirtualService.Fault {
      return ["error": true]
    }
  }

  private static func headerRouteAnswer(_ one: ConformanceCase) throws -> CaseValue {
    var service = try virtualService(one.input)
    for _ in 0..<min(max(1, one.input["applyTimes"].integer ?? 1), 100) {
      try apply(["setHeaderRoute": one.input["setHeaderRoute"]], to: &service)
    }
    for step in one.input["steps"].list ?? [] { try apply(step, to: &service) }
    let name = one.input["setHeaderRoute"]["name"].text
    var answer: [String: CaseValue] = ["order": order(service)]
    if let rule = service.http.first(where: { $0.name == name }) {
      answer["headerRouteTo"] = weights(rule)
    }
    return .object(answer)
  }

  static let mirrorRoute: CaseRule = { one in
    do {
      return try mirrorRouteAnswer(one)
    } catch is ArgoVirtualService.Fault {
      return ["error": true]
    }
  }

  private static func mirrorRouteAnswer(_ one: ConformanceCase) throws -> CaseValue {
    var service = try virtualService(one.input)
    for step in one.input["steps"].list ?? [] { try apply(step, to: &service) }
    var mirrors: [String: CaseValue] = [:]
    for rule in service.http {
      guard let mirror = rule.mirrors.first else { continue }
      mirrors[rule.name] = [
        "to": .text(mirror.destination.name), "percent": .number(mirror.share * 100),
        "route": weights(rule),
      ]
    }
    return ["order": order(service), "mirror": .object(mirrors)]
  }

  static let removeManaged: CaseRule = { one in
    let rules = texts(one.input["routes"]).map { HTTPRule(name: $0, action: .route([])) }
    var service = ArgoVirtualService(
      http: rules, managedRoutes: texts(one.input["managedRoutes"]), sides: .init())
    service.removeManaged(stepRoutes: texts(one.input["stepRoutes"]))
    return ["order": order(service)]
  }

  static let routeIndexes: CaseRule = { one in
    do {
      let indexes = try ArgoVirtualService.indexes(
        of: texts(one.input["rolloutRoutes"]), among: texts(one.input["routes"]))
      return ["indexes": .list(indexes.map { .integer($0) })]
    } catch {
      return ["error": true]
    }
  }

  static let setWeight: CaseRule = { one in
    var service = try virtualService(one.input)
    do {
      try apply(["setWeight": one.input["setWeight"]], to: &service, one.input)
    } catch is ArgoVirtualService.Fault {
      return ["error": true]
    }
    return .object(
      Dictionary(
        service.http.map { ($0.name, weights($0)) }, uniquingKeysWith: { first, _ in first }))
  }

  private static func virtualService(_ input: CaseValue) throws -> ArgoVirtualService {
    let rules = try IstioCases.service(input["http"]).http
    let pingPong = input["pingPong"]["stableIs"].text
    var stable = input["stableService"].text ?? "stable"
    var canary = input["canaryService"].text ?? "canary"
    if pingPong == "ping" { (stable, canary) = ("ping", "pong") }
    if pingPong == "pong" { (stable, canary) = ("pong", "ping") }
    return ArgoVirtualService(
      http: rules, routes: texts(input["rolloutRoutes"]),
      managedRoutes: texts(input["managedRoutes"]),
      sides: ArgoVirtualService.Sides(
        stableService: stable, canaryService: canary,
        stableSubset: input["stableSubset"].text ?? "",
        canarySubset: input["canarySubset"].text ?? "",
        additionalSubsets: texts(input["additionalSubsets"])))
  }

  private static func apply(
    _ step: CaseValue, to service: inout ArgoVirtualService, _ input: CaseValue = nil
  ) throws {
    let header = step["setHeaderRoute"]
    let mirror = step["setMirrorRoute"]
    if let name = header["name"].text {
      try service.setHeaderRoute(name, matches: headerMatches(header["match"]))
    } else if let name = mirror["name"].text {
      let http: CaseValue = [
        ["match": mirror["match"], "route": [["destination": ["host": "a"]]]]
      ]
      let matches = mirror["match"].isNull ? nil : try IstioCases.service(http).http[0].matches
      try service.setMirrorRoute(
        name, matches: matches, percentage: mirror["percentage"].integer ?? 100)
    } else if let weight = step["setWeight"].integer {
      let experiments = (input["additionalDestinations"].object ?? [:]).sorted { $0.key < $1.key }
        .map { (service: $0.key, weight: $0.value.integer ?? 0) }
      try service.setWeight(weight, experiments: experiments)
    }
  }

  private static func headerMatches(_ value: CaseValue) throws -> [HTTPMatch]? {
    guard let items = value.list else { return nil }
    return try items.map { item in
      let name = item["headerName"].text ?? ""
      let http: CaseValue = [
        [
          "match": [["headers": .object([name: item["headerValue"]])]],
          "route": [["destination": ["host": "a"]]],
        ]
      ]
      return try IstioCases.service(http).http[0].matches[0]
    }
  }

  private static func order(_ service: ArgoVirtualService) -> CaseValue {
    .list(service.http.map { .text($0.name) })
  }

  private static func weights(_ rule: HTTPRule) -> CaseValue {
    guard case .route(let destinations) = rule.action else { return .null }
    return .object(
      Dictionary(
        destinations.map { ($0.destination.name, .integer($0.weight)) },
        uniquingKeysWith: { first, _ in first }))
  }

  private static func texts(_ value: CaseValue) -> [String] {
    (value.list ?? []).map { $0.text ?? "" }
  }
}
