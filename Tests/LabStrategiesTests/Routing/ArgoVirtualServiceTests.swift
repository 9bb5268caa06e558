import LabStrategies
import Testing

/// Source: Argo Rollouts, rollout/trafficrouting/istio/istio_test.go.
@Suite struct ArgoVirtualServiceTests {
  private static func service(_ hosts: [String]) -> ArgoVirtualService {
    let destinations = hosts.map { WeightedDestination(RouteDestination(host: $0), weight: 0) }
    return ArgoVirtualService(
      http: [HTTPRule(name: "primary", action: .route(destinations))], routes: ["primary"],
      sides: .init(stableService: "stable", canaryService: "canary"))
  }

  @Test(arguments: [(["canary"], "stable"), (["stable", "other"], "canary"), ([], "stable")])
  func aRouteThatLacksASideGetsNoWeights(_ hosts: [String], _ missing: String) {
    var service = Self.service(hosts)
    #expect(throws: ArgoVirtualService.Fault.noDestination(missing)) {
      try service.setWeight(20)
    }
    #expect(service == Self.service(hosts))
  }

  @Test func bothSidesGetTheirWeights() throws {
    var service = Self.service(["stable", "canary"])
    try service.setWeight(20)
    guard case .route(let destinations) = service.http[0].action else {
      Issue.record("no route")
      return
    }
    #expect(destinations.map(\.weight) == [80, 20])
  }
}
