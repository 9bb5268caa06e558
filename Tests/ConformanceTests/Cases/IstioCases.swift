import LabStrategies
import StrategyLab

@testable import LabScenarioFiles

/// The rules of `istio_routing.json`.
enum IstioCases {
  static let rules: [String: CaseRule] = [
    "affinity": affinity,
    "compiledRoutes": compiledRoutes,
    "hashPolicy": hashPolicy,
    "isCatchAll": isCatchAll,
    "mirrorPercent": mirrorPercent,
    "mirrorTraffic": mirrorTraffic,
    "route": route,
    "sortRoutes": sortRoutes,
    "sourceMatch": sourceMatch,
    "validate": validate,
    "validateLoadBalancer": validateLoadBalancer,
    "argoDelayDestinationRule": ArgoRoutingCases.delayDestinationRule,
    "argoHeaderRoute": ArgoRoutingCases.headerRoute,
    "argoMirrorRoute": ArgoRoutingCases.mirrorRoute,
    "argoRemoveManaged": ArgoRoutingCases.removeManaged,
    "argoRouteIndexes": ArgoRoutingCases.routeIndexes,
    "argoSetWeight": ArgoRoutingCases.setWeight,
  ]

  /// The VirtualService of a list of rules.
  static func service(_ http: CaseValue, namespace: String = "default") throws -> VirtualService {
    let spec: CaseValue = ["hosts": ["a.example"], "http": http]
    let read = RoutingText.virtualService(spec.jsonText, namespace: namespace)
    guard let service = read.service else { throw NotApplicable("the rules are no mapping") }
    return service
  }

  /// The request that a case describes.
  static func request(_ value: CaseValue) -> RoutedRequest {
    var request = RoutedRequest()
    request.method = value["method"].text ?? "GET"
    let parts = (value["path"].text ?? "/").split(separator: "?", maxSplits: 1)
    request.path = parts.first.map(String.init) ?? "/"
    request.authority = value["authority"].text ?? value["host"].text ?? "a.example"
    request.scheme = value["scheme"].text ?? "http"
    request.headers = named(value["headers"])
    let query = value["query"].isNull ? value["queryParams"] : value["query"]
    request.query = named(query)
    if parts.count > 1 {
      request.query += parts[1].split(separator: "&").map { part in
        let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return NamedText(String(pair[0]), pair.count > 1 ? String(pair[1]) : "")
      }
    }
    let cookies = named(value["cookies"]).map { "\($0.name)=\($0.value)" }
    if !cookies.isEmpty {
      request.headers.append(NamedText("cookie", cookies.joined(separator: "; ")))
    }
    return request
  }

  private static func named(_ value: CaseValue) -> [NamedText] {
    (value.object ?? [:]).sorted { $0.key < $1.key }.compactMap { name, value in
      value.text.map { NamedText(name, $0) }
    }
  }

  /// The proxy that a case describes; Istio's own tests listen on port 8080 of a gateway.
  static func context(_ value: CaseValue, port: Int? = nil) -> ProxyContext {
    let labels = value["sourceLabels"].object ?? value["proxyLabels"].object ?? [:]
    return ProxyContext(
      labels: labels.compactMapValues(\.text),
      namespace: value["sourceNamespace"].text ?? value["proxyNamespace"].text ?? "",
      gateways: (value["gateways"].list ?? value["gatewayNames"].list)?.compactMap(\.text)
        ?? ["mesh", "some-gateway"],
      port: value["port"].integer ?? value["listenerPort"].integer ?? port ?? 8080)
  }

  private static let affinity: CaseRule = { one in
    let input = one.input
    guard let hash = input["consistentHash"].object else { return ["allToOneEndpoint": false] }
    let text = CaseValue.object(["consistentHash": .object(hash)]).jsonText
    let (fields, _) = RoutingText.fields(text, object: "DestinationRule")
    let key = fields.flatMap { DestinationRuleReader.loadBalancer($0) }
    return ["allToOneEndpoint": .flag(key?.keepsTogether(request(input)) ?? false)]
  }

  private static let compiledRoutes: CaseRule = { one in
    let service = try service(one.input["http"])
    let routes = service.compiled(for: context(one.input["context"])).routes
    var answer: [String: CaseValue] = [
      "count": .integer(routes.count), "names": .list(routes.map { .text($0.name) }),
    ]
    if routes.isEmpty { answer["error"] = true }
    let match = routes.first?.match
    if let header = match?.headers.first {
      answer["headerMatch"] = [
        "present": .flag(header.match == .present), "inverted": false, "missingIsEmpty": false,
      ]
    } else if let header = match?.withoutHeaders.first {
      // Presence can be denied; anything else is compared with what a missing header counts as.
      let isPresence = header.match == .present
      answer["headerMatch"] = [
        "present": .flag(isPresence), "inverted": true, "missingIsEmpty": .flag(!isPresence),
      ]
    }
    if let parameter = match?.queryParameters.first {
      answer["queryMatch"] = ["present": .flag(parameter.match == .present)]
    }
    return .object(answer)
  }

  private static let hashPolicy: CaseRule = { one in
    let (fields, _) = RoutingText.fields(
      one.input["destinationRule"].jsonText, object: "DestinationRule")
    guard var fields else { return ["hashOn": nil] }
    let rule = DestinationRuleReader.rule(&fields, host: "a")
    let destination = one.input["destination"]
    let port = destination["port"].integer ?? destination["port"]["number"].integer
    let key = rule.hashKey(
      for: RouteDestination(
        host: "a", subset: destination["subset"].text ?? "", port: port))
    return ["hashOn": key.map { .text($0.name) } ?? .null]
  }

  private static let isCatchAll: CaseRule = { one in
    let input = one.input
    var match = HTTPMatch()
    let prefix = input["prefix"].text ?? input["pathSeparatedPrefix"].text
    let exact = input["path"].text ?? input["exact"].text
    if let prefix { match.uri = .prefix(prefix) }
    if let exact { match.uri = .exact(exact) }
    if let regex = input["regex"].text {
      // A broken pattern takes no path at all, and so not every one either.
      match.uri = (try? Pattern(regex, .re2)).map { .regex($0) } ?? .exact(regex)
    }
    match.headers = names(input["headers"])
    match.queryParameters = names(input["queryParams"]) + names(input["queryParameters"])
    match.queryParameters += names(input["query"])
    return ["catchAll": .flag(match.isCatchAll)]
  }

  private static func names(_ value: CaseValue) -> [HTTPMatch.Named] {
    let names = value.list?.compactMap(\.text) ?? value.object?.keys.sorted() ?? []
    return names.map { HTTPMatch.Named($0, .present) }
  }

  /// The rule that a case describes, with a route beside the mirrors.
  private static func mirrors(_ input: CaseValue) throws -> [HTTPRule.Mirror] {
    var rule = input.object ?? [:]
    rule["route"] = [["destination": ["host": "a"]]]
    return RoutingText.rule(CaseValue.object(rule).jsonText, isDelegate: false).rule?.mirrors ?? []
  }

  private static let mirrorPercent: CaseRule = { one in
    let share = try mirrors(one.input).first?.share ?? 0
    return ["mirrored": .flag(share > 0), "percent": .number(share * 100)]
  }

  private static let mirrorTraffic: CaseRule = { one in
    var input = one.input.object ?? [:]
    let given = input.removeValue(forKey: "requestsToPrimary")?.integer ?? 100
    let requests = min(max(given, 1), 1_000_000)
    let mirrors = try mirrors(.object(input))
    let share = mirrors.first?.share ?? 0
    let range = OrdinaryCount.range(trials: requests, probability: share)
    // The nearer end of the interval, as a share of the requests.
    let below = Double(requests) * share - Double(range.lowerBound)
    let outcome = try service([["route": [["destination": ["host": "a"]]]]])
      .outcome(for: RoutedRequest(), in: ProxyContext())
    return [
      "mirroredPercent": .number(share * 100),
      "tolerancePercentagePoints": .number((100 * below / Double(requests)).rounded()),
      "primaryStillServesAll": .flag(outcome.shares.first?.share == 1),
    ]
  }

  private static let route: CaseRule = { one in
    let input = one.input
    let service = try service(
      input["http"],
      namespace: input["namespace"].text ?? input["context"]["namespace"].text ?? "default")
    var rules: [DestinationRule] = []
    for item in input["destinationRules"].list ?? [input["destinationRule"]] where !item.isNull {
      let (fields, _) = RoutingText.fields(item.jsonText, object: "DestinationRule")
      if let fields {
        rules.append(DestinationRuleReader.read(fields, name: "", namespace: "default"))
      }
    }
    let outcome = service.outcome(
      for: request(input["request"]),
      in: context(input["context"], port: input["request"]["port"].integer), rules: rules)
    return answer(outcome)
  }

  private static func answer(_ outcome: RouteOutcome) -> CaseValue {
    var answer: [String: CaseValue] = [:]
    if let delay = outcome.delay, delay.share == 1 {
      answer["addedDelaySeconds"] = .number(delay.seconds)
    }
    if !outcome.mirrors.isEmpty {
      answer["mirrors"] = .object(
        Dictionary(
          outcome.mirrors.map { ($0.destination.name, .number($0.share)) },
          uniquingKeysWith: { first, _ in first }))
    }
    if let abort = outcome.abort {
      if abort.share >= 1 {
        answer["outcome"] = "abort"
        answer["status"] = .integer(abort.status)
        return .object(answer)
      }
      answer["abortShare"] = .number(abort.share)
    }
    switch outcome.answer {
    case .forwarded(let shares):
      var distribution: [String: Double] = [:]
      for item in shares { distribution[item.destination.name, default: 0] += item.share }
      answer["outcome"] = "route"
      answer["distribution"] = .object(distribution.mapValues { .number($0) })
      if outcome.unserved.count == shares.count {
        answer["outcome"] = "noCluster"
        answer["status"] = 503
      }
    case .redirected(let status, let location):
      answer["outcome"] = "redirect"
      answer["status"] = .integer(status)
      answer["location"] = .text(location)
    case .responded(let status):
      answer["outcome"] = "directResponse"
      answer["status"] = .integer(status)
    case .refused(let status, _):
      answer["outcome"] = "noRoute"
      answer["status"] = .integer(status)
    case .delegated:
      answer["outcome"] = "delegate"
    }
    return .object(answer)
  }

  private static let sortRoutes: CaseRule = { one in
    let texts = one.input["order"].list?.compactMap(\.text) ?? []
    let routes = texts.enumerated().map { index, text in
      var match = HTTPMatch()
      let parts = text.split(separator: " + ").map(String.init)
      let path = (parts.first ?? "").split(separator: " ", maxSplits: 1).map(String.init)
      let value = path.count > 1 ? path[1] : ""
      match.uri =
        switch path.first ?? "" {
        case "prefix": .prefix(value)
        case "regex": (try? Pattern(value, .re2)).map { .regex($0) } ?? .exact(value)
        default: .exact(value)
        }
      match.headers = parts.dropFirst().map { HTTPMatch.Named($0, .present) }
      return CompiledRoute(
        name: text, rule: HTTPRule(action: .route([])), ruleIndex: index, match: match)
    }
    return ["order": .list(CompiledRoute.sorted(routes).map { .text($0.name) })]
  }

  private static let sourceMatch: CaseRule = { one in
    let http: CaseValue = [
      ["match": [one.input["match"]], "route": [["destination": ["host": "a"]]]]
    ]
    let match = try service(http).http.first?.matches.first
    let mismatch = match?.mismatch(context(one.input))
    return ["applies": .flag(mismatch == nil)]
  }

  private static let validate: CaseRule = { one in
    let spec = one.input["spec"]
    switch one.input["kind"].text {
    case "virtualService":
      let read = RoutingText.virtualService(spec.jsonText)
      return [
        "valid": .flag(read.findings.faults.isEmpty), "warning": .flag(!read.remarks.isEmpty),
      ]
    case "l4":
      let text = CaseValue.object(["route": spec]).jsonText
      return ["valid": .flag(RoutingText.destinations(text).1.faults.isEmpty)]
    case let kind:
      let read = RoutingText.rule(spec.jsonText, isDelegate: kind == "delegate")
      return ["valid": .flag(read.1.faults.isEmpty)]
    }
  }

  private static let validateLoadBalancer: CaseRule = { one in
    let (fields, findings) = RoutingText.fields(one.input.jsonText, object: "DestinationRule")
    if let fields { _ = DestinationRuleReader.loadBalancer(fields) }
    return ["valid": .flag(findings.faults.isEmpty)]
  }
}
