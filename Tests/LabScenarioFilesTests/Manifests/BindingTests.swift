import LabStrategies
import LabUnits
import StrategyLab
import Testing

@testable import LabScenarioFiles

@Suite struct BindingTests {
  private let versions = ManifestFixtures.all(
    ManifestFixtures.deployment("web-v1", app: "web", version: "v1", replicas: "3"),
    ManifestFixtures.deployment("web-v2", app: "web", version: "v2", replicas: "1"),
    ManifestFixtures.service("web"))
  private let subsets = """
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: {name: web}
    spec:
      host: web.default.svc.cluster.local
      subsets:
        - {name: old, labels: {version: v1}}
        - {name: new, labels: {version: v2}}
    """

  private func virtualService(_ http: String) -> String {
    """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: web}
    spec:
      hosts: [web]
      http: \(http)
    """
  }

  private func strategy(_ text: String, candidate: String? = nil) throws -> any ReleaseStrategy {
    try #require(
      try ManifestFixtures.scenario(text, candidate: candidate).strategies.first?.strategy)
  }

  @Test func oneServiceOverTwoDeploymentsSplitsByReplicas() throws {
    let scenario = try ManifestFixtures.scenario(versions)
    let canary = try #require(scenario.strategies.first?.strategy as? Canary)
    #expect(scenario.service.replicas == 4)
    #expect(canary.routing == .replicas)
    #expect(canary.steps.map { $0.weight.share } == [.percent(25)])
  }

  @Test func weightsOfSubsetsAreACanary() throws {
    let rule = virtualService(
      "[{route: [{destination: {host: web, subset: old}, weight: 90}, {destination: {host: web, subset: new}, weight: 10}]}]"
    )
    let text = ManifestFixtures.all(versions, subsets, rule)
    let scenario = try ManifestFixtures.scenario(text)
    let canary = try #require(scenario.strategies.first?.strategy as? Canary)
    #expect(scenario.service.replicas == 3)
    #expect(canary.routing == .weighted)
    #expect(canary.steps.map { $0.weight.share } == [.percent(10)])
  }

  @Test(arguments: [
    (
      "[{route: [{destination: {host: web-v1}, weight: 90}, {destination: {host: web-v2}, weight: 10}]}]",
      "canary"
    ),
    (
      "[{match: [{headers: {username: {exact: cherry}}}], route: [{destination: {host: web-v1}}]}, {route: [{destination: {host: web-v2}}]}]",
      "ab-test"
    ), ("[{route: [{destination: {host: web}}]}]", "canary"),
  ])
  func threeServicesOverTwoDeploymentsAreOneRelease(_ http: String, _ kind: String) throws {
    let text = ManifestFixtures.all(
      versions, ManifestFixtures.service("web-v1", app: "web", version: "v1"),
      ManifestFixtures.service("web-v2", app: "web", version: "v2"), virtualService(http))
    let scenario = try ManifestFixtures.scenario(text)
    #expect(scenario.title.hasPrefix("Deployment web-v1"))
    #expect(scenario.strategies.map { $0.kind } == [kind])
  }

  @Test func theCandidateCanBeNamed() throws {
    let rule = virtualService(
      "[{route: [{destination: {host: web, subset: old}, weight: 90}, {destination: {host: web, subset: new}, weight: 10}]}]"
    )
    let canary = try #require(
      try strategy(ManifestFixtures.all(versions, subsets, rule), candidate: "web-v1") as? Canary)
    #expect(canary.steps.map { $0.weight.share } == [.percent(90)])
  }

  @Test(arguments: [("old", "new", Share.percent(95)), ("new", "old", Share.percent(5))])
  func markedUsersAreATest(_ marked: String, _ others: String, _ cohort: Share) throws {
    let rule = virtualService(
      "[{match: [{headers: {username: {exact: cherry}}}], route: [{destination: {host: web, subset: \(marked)}}]}, {route: [{destination: {host: web, subset: \(others)}}]}]"
    )
    let test = try #require(try strategy(ManifestFixtures.all(versions, subsets, rule)) as? ABTest)
    #expect(test.cohort.share == cohort)
  }

  @Test func copiesAreAShadow() throws {
    let rule = virtualService(
      "[{route: [{destination: {host: web, subset: old}}], mirror: {host: web, subset: new}, mirrorPercentage: {value: 30}}]"
    )
    let shadow = try #require(
      try strategy(ManifestFixtures.all(versions, subsets, rule)) as? Shadow)
    #expect(shadow.mirror == .percent(30))
  }

  @Test func pathsToDifferentServicesAreNoVersions() throws {
    let text = ManifestFixtures.all(
      ManifestFixtures.deployment("web"), ManifestFixtures.deployment("cart"),
      ManifestFixtures.service("web"), ManifestFixtures.service("cart"),
      virtualService(
        "[{match: [{uri: {prefix: /cart}}], route: [{destination: {host: cart}}]}, {route: [{destination: {host: web}}]}]"
      ))
    #expect(
      ManifestFixtures.findings(text) == [
        "1:1: 2 workloads could be released: Deployment web, Deployment cart"
      ])
    #expect(
      try ManifestFixtures.scenario(text, workload: "cart").title.hasPrefix("Deployment cart"))
  }

  @Test(arguments: [
    ("nginx.ingress.kubernetes.io/canary-weight: \"20\"", "canary"),
    ("nginx.ingress.kubernetes.io/canary-by-header: x-new", "ab-test"),
  ])
  func aCanaryIngressNamesTheCandidate(_ annotation: String, _ kind: String) throws {
    func ingress(_ name: String, _ service: String, _ annotations: String) -> String {
      """
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: \(name), annotations: {\(annotations)}}
      spec:
        rules:
          - host: shop.example
            http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: \(service), port: {number: 80}}}}]}
      """
    }
    let text = ManifestFixtures.all(
      ManifestFixtures.deployment("a"), ManifestFixtures.deployment("b"),
      ManifestFixtures.service("a"), ManifestFixtures.service("b"), ingress("main", "b", ""),
      ingress("try", "a", "nginx.ingress.kubernetes.io/canary: \"true\", \(annotation)"))
    let scenario = try ManifestFixtures.scenario(text)
    #expect(scenario.strategies.map { $0.kind } == [kind])
    #expect(scenario.title.hasPrefix("Deployment b"))
  }

  @Test func aRouteOfTheGatewayAPISplitsServices() throws {
    let text = ManifestFixtures.all(
      ManifestFixtures.deployment("a"), ManifestFixtures.deployment("b"),
      ManifestFixtures.service("a"), ManifestFixtures.service("b"),
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: HTTPRoute
      metadata: {name: web}
      spec:
        rules: [{backendRefs: [{name: a, port: 80, weight: 9}, {name: b, port: 80, weight: 1}]}]
      """)
    let canary = try #require(try strategy(text) as? Canary)
    #expect(canary.steps.map { $0.weight.share } == [.percent(10)])
  }

  @Test func aSubsetWithoutARuleIsNamed() {
    let rule = virtualService(
      "[{route: [{destination: {host: web, subset: old}, weight: 90}, {destination: {host: web, subset: new}, weight: 10}]}]"
    )
    #expect(
      ManifestFixtures.findings(ManifestFixtures.all(versions, rule)).map { $0.drop { $0 != " " } }
        == [" no DestinationRule describes the subset 'old' of 'web'"])
  }

  @Test func threeVersionsNeedACandidate() {
    let text = ManifestFixtures.all(
      versions, ManifestFixtures.deployment("web-v3", app: "web", version: "v3"))
    #expect(
      ManifestFixtures.findings(text).map { $0.drop { $0 != " " } } == [
        " Service web sends requests to 3 Deployments: web-v1, web-v2, web-v3"
      ])
  }

  @Test func setsWithoutStrategiesAreNamed() {
    let text = ManifestFixtures.deployment().replacing(
      "kind: Deployment", with: "kind: StatefulSet")
    #expect(ManifestFixtures.findings(text) == ["1:1: no strategy releases a StatefulSet"])
  }

  @Test(arguments: [
    ("v1", "v2", true), ("v2", "v10", true), ("1.9.3", "1.10", true), ("2024-06", "2024-05", false),
    ("a", "b", nil), ("v1", "v1", nil),
  ])
  func versionsAreComparedByTheirNumbers(_ one: String, _ other: String, _ isLower: Bool?) {
    #expect(VersionOrder.isLower(one, other) == isLower)
  }
}
