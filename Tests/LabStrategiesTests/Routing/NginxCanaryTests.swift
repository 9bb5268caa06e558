import LabStrategies
import Testing

/// Source: ingress-nginx, docs/user-guide/nginx-configuration/annotations.md, "Canary".
@Suite struct NginxCanaryTests {
  private static func canary(_ change: (inout NginxCanary) -> Void = { _ in }) -> NginxCanary {
    var canary = NginxCanary()
    canary.isEnabled = true
    canary.header = "X-Canary"
    canary.cookie = "canary"
    canary.weight = 30
    change(&canary)
    return canary
  }

  @Test(arguments: [
    (nil, nil, 0.3), ("always", "never", 1), ("never", "always", 0), ("other", "always", 1),
    (nil, "never", 0), (nil, "other", 0.3),
  ])
  func headerBeforeCookieBeforeWeight(_ header: String?, _ cookie: String?, _ share: Double) throws
  {
    var request = RoutedRequest()
    if let header { request.headers.append(NamedText("x_canary", header)) }
    if let cookie { request.headers.append(NamedText("Cookie", "a=b; Canary=\(cookie)")) }
    #expect(try Self.canary().decision(for: request).share == share)
  }

  @Test(arguments: [(nil, 0.3), (50, 0.3), (600, 0.05), (20, 0.3)])
  func onlyATotalAbove100Counts(_ total: Int?, _ share: Double) throws {
    let canary = Self.canary { $0.weightTotal = total }
    #expect(try canary.decision(for: RoutedRequest()).share == share)
  }

  @Test func aSessionStaysWhereItBegan() throws {
    var request = RoutedRequest()
    request.headers = [NamedText("X-Canary", "always")]
    #expect(try Self.canary().decision(for: request, session: .main).share == 0)
    let legacy = Self.canary { $0.affinityBehavior = .legacy }
    #expect(try legacy.decision(for: request, session: .main).share == 1)
  }

  @Test func aPatternThatLooksAroundIsNotPlayed() {
    var request = RoutedRequest()
    request.headers = [NamedText("X-Canary", "a")]
    let canary = Self.canary { $0.headerPattern = "(?=a)" }
    #expect(throws: PatternError.self) { _ = try canary.decision(for: request) }
  }

  @Test func aCanaryAloneServesNobody() throws {
    let path = NginxIngress.Path(
      host: "", path: "/", kind: .prefix, service: RouteDestination(host: "canary"))
    let canary = NginxIngress(name: "canary", paths: [path], canary: Self.canary())
    var main = NginxIngress(name: "main", paths: [path])
    main.paths[0].service = RouteDestination(host: "main")
    let alone = try NginxIngress.outcome(for: RoutedRequest(), among: [canary])
    #expect(alone.shares.isEmpty)
    let both = try NginxIngress.outcome(for: RoutedRequest(), among: [canary, main])
    #expect(both.shares.map(\.destination.host) == ["main", "canary"])
    #expect(both.shares.map(\.share) == [0.7, 0.3])
  }
}
