import LabStrategies
import Testing

/// Source: Gateway API, apis/v1/httproute_types.go, `HTTPRouteRule.Matches`.
@Suite struct HTTPRoutePrecedenceTests {
  private static func rule(_ name: String, _ change: (inout HTTPRoute.Match) -> Void)
    -> HTTPRoute.Rule
  {
    var match = HTTPRoute.Match()
    change(&match)
    return HTTPRoute.Rule(
      matches: [match],
      backends: [WeightedDestination(RouteDestination(host: name), weight: 1)])
  }

  private static let header = HTTPMatch.Named("x", .exact("1"))

  private static let route = HTTPRoute(
    name: "web",
    rules: [
      rule("root") { _ in },
      rule("prefix") { $0.path = .prefix("/shop") },
      rule("longer") { $0.path = .prefix("/shop/cart") },
      rule("method") {
        $0.path = .prefix("/shop")
        $0.method = "POST"
      },
      rule("header") {
        $0.path = .prefix("/shop")
        $0.headers = [header]
      },
      rule("exact") { $0.path = .exact("/shop") },
    ])

  @Test(arguments: [
    ("GET", "/", false, "root"), ("GET", "/shopping", false, "root"),
    ("GET", "/shop/", false, "prefix"), ("GET", "/shop", true, "exact"),
    ("GET", "/shop/cart/1", true, "longer"), ("POST", "/shop/a", true, "method"),
    ("GET", "/shop/a", true, "header"),
  ])
  func theMostSpecificMatchDecides(
    _ method: String, _ path: String, _ hasHeader: Bool, _ expected: String
  ) {
    var request = RoutedRequest()
    request.method = method
    request.path = path
    if hasHeader { request.headers = [NamedText("X", "1")] }
    let outcome = HTTPRoute.outcome(for: request, among: [Self.route])
    #expect(outcome.shares.map(\.destination.host) == [expected])
  }

  @Test func withoutAWeightTheAnswerIs500() {
    let rule = HTTPRoute.Rule(
      matches: [], backends: [WeightedDestination(RouteDestination(host: "a"), weight: 0)])
    let outcome = HTTPRoute.outcome(
      for: RoutedRequest(), among: [HTTPRoute(name: "a", rules: [rule])])
    #expect(outcome.answer == .refused(status: 500, reason: "no backend of the rule has a weight"))
  }
}
