import LabStrategies
import Testing

/// Source: istio.io, "Virtual Service"; Istio, pilot/pkg/networking/core/route/route.go.
@Suite struct VirtualServiceTests {
  private static func to(_ host: String) -> HTTPRule.Action {
    .route([WeightedDestination(RouteDestination(host: host), weight: 0)])
  }

  private static func rule(_ match: HTTPMatch?, _ host: String) -> HTTPRule {
    HTTPRule(matches: match.map { [$0] } ?? [], action: to(host))
  }

  /// The seed's set-up: user cherry to v1, everyone else to v2.
  private static let cherry: VirtualService = {
    var match = HTTPMatch()
    match.headers = [HTTPMatch.Named("username", .exact("cherry"))]
    return VirtualService(hosts: ["app"], http: [rule(match, "v1"), rule(nil, "v2")])
  }()

  @Test(arguments: [("cherry", "v1"), ("Cherry", "v2"), ("bob", "v2")])
  func theFirstRuleThatTakesTheRequestDecides(_ user: String, _ host: String) {
    var request = RoutedRequest()
    request.headers = [NamedText("Username", user)]
    let outcome = Self.cherry.outcome(for: request, in: ProxyContext())
    #expect(outcome.shares == [RouteShare(RouteDestination(host: host), 1)])
    #expect(outcome.misses.isEmpty == (host == "v1"))
  }

  @Test func weightsAreSharesOfTheirSum() {
    let weighted = [(90, "a"), (0, "b"), (30, "c")].map {
      WeightedDestination(RouteDestination(host: $0.1), weight: $0.0)
    }
    #expect(WeightedDestination.shares(weighted).map(\.share) == [0.75, 0.25])
    #expect(WeightedDestination.shares([weighted[1]]).map(\.share) == [1])
    #expect(WeightedDestination.shares([weighted[1], weighted[1]]).isEmpty)
  }

  @Test func aPrefixKnowsNothingOfSegments() {
    var match = HTTPMatch()
    match.uri = .prefix("/static")
    var request = RoutedRequest()
    request.path = "/staticfile"
    #expect(match.mismatch(request) == nil)
    request.path = "/Static"
    #expect(match.mismatch(request) != nil)
    match.ignoresURICase = true
    #expect(match.mismatch(request) == nil)
  }

  @Test func aMissingHeaderIsEmptyOnlyWhereItIsExcluded() throws {
    let any = StringMatch.regex(try Pattern(".*", .re2))
    var match = HTTPMatch()
    match.headers = [HTTPMatch.Named("x", any)]
    #expect(match.mismatch(RoutedRequest()) != nil)
    match.headers = []
    match.withoutHeaders = [HTTPMatch.Named("x", any)]
    #expect(match.mismatch(RoutedRequest()) != nil)
    match.withoutHeaders = [HTTPMatch.Named("x", .present)]
    #expect(match.mismatch(RoutedRequest()) == nil)
  }

  @Test func whatStandsBehindACatchAllIsDropped() {
    var root = HTTPMatch()
    root.uri = .prefix("/")
    let service = VirtualService(http: [Self.rule(root, "a"), Self.rule(nil, "b")])
    #expect(service.compiled(for: ProxyContext()).routes.count == 1)
    let twice = VirtualService(http: [Self.rule(nil, "a"), Self.rule(nil, "b")])
    #expect(twice.unreachable.map(\.rule) == [1])
  }

  @Test func aSubsetThatNobodyDefinesIsServedByNobody() {
    let destination = RouteDestination(host: "app", subset: "v3")
    let service = VirtualService(
      http: [HTTPRule(action: .route([WeightedDestination(destination, weight: 1)]))])
    let rule = DestinationRule(
      host: "app.default.svc.cluster.local",
      policy: DestinationRule.Policy(hash: .header("user")),
      subsets: [DestinationRule.Subset(name: "v1")])
    let outcome = service.outcome(for: RoutedRequest(), in: ProxyContext(), rules: [rule])
    #expect(outcome.unserved == [destination])
    #expect(outcome.stickiness == .endpoint(.header("user")))
  }

  @Test(arguments: [
    (nil, nil, 1), (nil, 50, 0.5), (12.5, 40, 0.125), (0, 40, 0), (0.000_01, nil, 0),
  ])
  func mirrorsCopyEverythingUnlessSaidOtherwise(
    _ percentage: Double?, _ percent: Double?, _ share: Double
  ) {
    #expect(HTTPRule.mirrorShare(percentage: percentage, percent: percent) == share)
  }
}
