import LabStrategies
import LabUnits

// The routes that are written.

extension FlaggerCases {
  static func istioRoutes(_ one: ConformanceCase) throws -> CaseValue {
    let input = one.input
    let rules = FlaggerMeshRoutes.rules(
      primaryWeight: input["primaryWeight"].integer ?? 100,
      canaryWeight: input["canaryWeight"].integer ?? 0,
      hasMatch: input["match"].list.map { !$0.isEmpty } ?? false,
      isMirrored: input["mirrored"].flag ?? input["mirror"].flag ?? false,
      mirrorWeight: input["mirrorWeight"].integer ?? 0,
      affinity: input["sessionAffinity"].isNull
        ? nil : FlaggerSessionAffinity(cookieAge: FlaggerDefaults.cookieAge))
    let canary = rules.first { $0.canaryWeight != nil && $0.condition != .canaryCookie }
    let mirrored = rules.first { $0.isMirrored }
    return [
      "httpRules": .integer(rules.count), "primaryWeight": .integer(canary?.primaryWeight),
      "canaryWeight": .integer(canary?.canaryWeight),
      "mirror": mirrored == nil ? nil : "canary",
      "mirrorPercentage": .integer(mirrored?.mirrorPercentage),
    ]
  }

  static func nginxAnnotations(_ one: ConformanceCase) throws -> CaseValue {
    let matches = (one.input["match"].list ?? []).flatMap { item in
      (item["headers"].object ?? [:]).sorted { $0.key < $1.key }.map { header, value in
        FlaggerHeaderMatch(
          header: header, exact: value["exact"].text ?? "", regex: value["regex"].text ?? "")
      }
    }
    let annotations = FlaggerIngressAnnotations.annotations(
      canaryWeight: one.input["canaryWeight"].integer ?? 0, match: matches)
    return .object(
      Dictionary(
        annotations.map { ($0.name, CaseValue.text($0.value)) },
        uniquingKeysWith: { _, last in last }))
  }

  static func sessionAffinity(_ one: ConformanceCase) throws -> CaseValue {
    let input = one.input
    let weight = input["canaryWeight"].integer ?? 0
    let interval = FlaggerDefaults.interval(input["interval"].text)
    let rules = FlaggerMeshRoutes.rules(
      primaryWeight: 100 - weight, canaryWeight: weight,
      affinity: FlaggerSessionAffinity(
        cookieAge: input["maxAge"].integer ?? FlaggerDefaults.cookieAge,
        primaryCookieAge: input["primaryCookieName"].isNull ? nil : Int(interval.seconds),
        // The case without weight follows a run, which has given out cookies.
        hasPreviousCookie: weight == 0))
    var answer: [String: CaseValue] = ["rules": .integer(rules.count)]
    for (index, rule) in rules.enumerated() { answer["rule\(index)"] = text(rule) }
    return .object(answer)
  }

  private static func text(_ rule: FlaggerMeshRule) -> CaseValue {
    let cookie: CaseValue =
      switch rule.condition {
      case .canaryCookie: "canary cookie"
      case .primaryCookie: "primary cookie"
      case .previousCanaryCookie: "previous canary cookie"
      case .any, .analysisMatch: nil
      }
    return [
      "cookieMatch": cookie, "primaryWeight": .integer(rule.primaryWeight),
      "canaryWeight": .integer(rule.canaryWeight),
      "canaryResponseSetCookieMaxAge": .integer(rule.canaryCookieAge),
      "primaryResponseSetCookieMaxAge": .integer(rule.primaryCookieAge),
      "responseSetCookieMaxAge": .integer(rule.cookieAge),
    ]
  }
}
