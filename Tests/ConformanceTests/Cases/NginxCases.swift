import LabStrategies

/// The rules of `nginx_canary.json`.
enum NginxCases {
  static let rules: [String: CaseRule] = [
    "affinity": affinity, "parse": parse, "route": route,
  ]

  /// The annotations that a case writes without their prefix.
  private static func canary(_ value: CaseValue, isEnabled: Bool) -> NginxCanary {
    var canary = NginxCanary()
    canary.isEnabled = isEnabled
    canary.weight = integer(value["canary-weight"]) ?? 0
    canary.weightTotal = integer(value["canary-weight-total"])
    canary.header = value["canary-by-header"].text ?? ""
    canary.headerValue = value["canary-by-header-value"].text ?? ""
    canary.headerPattern = value["canary-by-header-pattern"].text ?? ""
    canary.cookie = value["canary-by-cookie"].text ?? ""
    let behavior = value["affinity-canary-behavior"].text ?? ""
    canary.affinityBehavior = NginxCanary.AffinityBehavior(rawValue: behavior) ?? .sticky
    return canary
  }

  /// A whole number; in a manifest every annotation is a text.
  private static func integer(_ value: CaseValue) -> Int? {
    value.integer ?? value.text.flatMap { Int($0) }
  }

  private static func request(headers: CaseValue, cookies: CaseValue = nil) -> RoutedRequest {
    var request = RoutedRequest()
    func pairs(_ value: CaseValue) -> [(String, String)] {
      (value.object ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value.text ?? "") }
    }
    request.headers = pairs(headers).map { NamedText($0.0, $0.1) }
    let cookies = pairs(cookies).map { "\($0.0)=\($0.1)" }.joined(separator: "; ")
    if !cookies.isEmpty { request.headers.append(NamedText("cookie", cookies)) }
    return request
  }

  private static func backend(_ decision: NginxDecision) -> CaseValue {
    var answer: [String: CaseValue] = ["canaryShare": .number(decision.share)]
    if decision.share == 0 { answer["backend"] = "main" }
    if decision.share == 1 { answer["backend"] = "canary" }
    return .object(answer)
  }

  private static let affinity: CaseRule = { one in
    let input = one.input
    let canary = canary(input["canary"], isEnabled: true)
    if let side = input["affinitizedTo"].text {
      let session: NginxSession = side == "canary" ? .canary : side == "main" ? .main : .new
      return backend(try canary.decision(for: RoutedRequest(), session: session))
    }
    let first = try canary.decision(for: request(headers: input["firstRequestHeaders"]))
    let carries = input["nextRequestsCarryAffinityCookie"].flag ?? false
    let hasAffinity = input["mainAffinity"].text == "cookie"
    let session: NginxSession =
      !carries || !hasAffinity ? .new : first.share == 1 ? .canary : first.share == 0 ? .main : .new
    let next = try canary.decision(
      for: request(headers: input["nextRequestHeaders"]), session: session)
    func word(_ share: Double) -> CaseValue {
      share == 1 ? "canary" : share == 0 ? "main" : "by weight"
    }
    return [
      "first": word(first.share),
      "next": next.share == 1 ? "all canary" : next.share == 0 ? "all main" : "by weight",
    ]
  }

  private static let parse: CaseRule = { one in
    let mark = one.input["canary"]
    let canary = canary(one.input, isEnabled: mark.flag ?? (mark.text == "true"))
    return [
      "error": .flag(canary.hasRulesWithoutMark), "enabled": .flag(canary.isEnabled),
      "weight": .integer(canary.weight), "header": .text(canary.header),
      "cookie": .text(canary.cookie), "headerValue": .text(canary.headerValue),
      "headerPattern": .text(canary.headerPattern), "weightTotal": .integer(canary.total),
    ]
  }

  private static let route: CaseRule = { one in
    let input = one.input
    let canary = canary(input["canary"], isEnabled: true)
    let decision = try canary.decision(
      for: request(headers: input["requestHeaders"], cookies: input["requestCookies"]),
      hasBackend: input["alternativeBackend"].isNull)
    return backend(decision)
  }
}
