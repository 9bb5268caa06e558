import LabStrategies
import Testing

@testable import LabScenarioFiles

/// Routing manifests through the one reader of manifests: `route` and every import see the same.
@Suite struct RoutingManifestsTests {
  private static let service = ManifestFixtures.service("web")
  private static let versions = ManifestFixtures.all(
    ManifestFixtures.deployment("web-v1", app: "web", version: "v1"),
    ManifestFixtures.deployment("web-v2", app: "web", version: "v2"), service)

  private static func virtualService(_ spec: String) -> String {
    """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata:
      name: web
    spec:
      hosts: [web]
    \(spec.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
    """
  }

  private static func ingress(_ annotations: String) -> String {
    """
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations: {\(annotations)}
    spec:
      rules:
        - http:
            paths:
              - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
    """
  }

  private func read(_ text: String) throws(ScenarioFileError) -> RoutingManifests {
    try RoutingManifests.read(paths: ["-"], standardInput: Array(text.utf8))
  }

  private func faults(_ text: String, _ body: (ManifestSet) throws -> Void) -> [String] {
    do {
      try body(try ManifestSet.read([ManifestFile(name: "web.yaml", bytes: Array(text.utf8))]))
      return []
    } catch let error as ScenarioFileError {
      return error.diagnostics.map { "\($0.line):\($0.column) \($0.message)" }
    } catch {
      return ["\(error)"]
    }
  }

  @Test func listsAndDocumentsAreRead() throws {
    let list = "{apiVersion: v1, kind: List, items: [\(Self.flow), \(Self.flowRule)]}"
    let manifests = try read(ManifestFixtures.all(Self.versions, list))
    #expect(manifests.virtualServices.map(\.name) == ["web"])
    #expect(manifests.destinationRules.map(\.host) == ["web"])
    #expect(manifests.workloads.map(\.version) == ["v1", "v2"])
    #expect(manifests.services.map(\.name) == ["web"])
  }

  private static let flow =
    "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: web}, spec: {hosts: [web], http: [{route: [{destination: {host: web}}]}]}}"
  private static let flowRule =
    "{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: web}, spec: {host: web}}"

  /// Source: Istio, pkg/config/validation; ingress-nginx, annotations.md.
  @Test(arguments: [
    (
      virtualService(
        "http:\n  - route:\n      - destination: {host: a}\n      - destination: {host: b}"),
      "8:7 none of the 2 destinations has a weight"
    ),
    (
      virtualService("http:\n  - rout:\n      - destination: {host: a}"), "8:7 unknown key 'rout'"
    ),
    (
      ingress("nginx.ingress.kubernetes.io/canary: \"perhaps\""),
      "5:53 the annotation canary 'perhaps' is neither true nor false"
    ),
    (
      ingress("nginx.ingress.kubernetes.io/canary-weight: \"10\""),
      "5:60 there are canary rules on an Ingress that is no canary"
    ),
  ])
  func routeAndImportReportTheSameFaults(_ text: String, _ fault: String) {
    let all = ManifestFixtures.all(text, Self.versions)
    let routed = faults(all) { _ = try RoutingManifests($0) }
    let imported = faults(all) { _ = try ManifestImport.scenario(of: $0) }
    #expect(routed == imported)
    #expect(routed.contains(fault), "\(routed)")
  }

  @Test(arguments: [("\"true\"", true), ("\"1\"", true), ("\"false\"", false), ("\"F\"", false)])
  func annotationsAreTextsThatMeanFlags(_ text: String, _ isCanary: Bool) throws {
    let manifests = try read(Self.ingress("nginx.ingress.kubernetes.io/canary: \(text)"))
    #expect(manifests.ingresses.map(\.canary.isEnabled) == [isCanary])
  }

  @Test func whatPlaysNoPartInRoutingIsListedWithItsPlace() throws {
    let text = Self.virtualService(
      "http:\n  - timeout: 3s\n    route:\n      - destination: {host: web}")
    #expect(
      try read(text).leftOut == [
        "-:8: VirtualService web spec.http[0].timeout: each request is played once"
      ])
  }

  @Test func fieldsOfRoutesAreListedByImportToo() throws {
    let text = ManifestFixtures.all(
      Self.versions,
      Self.virtualService(
        """
        http:
          - corsPolicy: {}
            route:
              - destination: {host: web, subset: a}
                weight: 80
              - destination: {host: web, subset: b}
                weight: 20
        """),
      "{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: web}, spec: {host: web, subsets: [{name: a, labels: {version: v1}}, {name: b, labels: {version: v2}}]}}"
    )
    let set = try ManifestSet.read([ManifestFile(name: "web.yaml", bytes: Array(text.utf8))])
    let imported = try ManifestImport.scenario(of: set)
    #expect(imported.text.contains("weight: 20%"))
    #expect(imported.text.contains("spec.http[0].route[1].weight"))
    #expect(imported.leftOut.map(\.path).contains("spec.http[0].corsPolicy"))
  }

  @Test(arguments: [
    ("reviews", "reviews", "shop"), ("reviews.test", "reviews", "test"),
    ("reviews.test.svc.cluster.local", "reviews", "test"),
    ("api.example.com", "api.example.com", "shop"),
  ])
  func hostsMeanServices(_ host: String, _ name: String, _ namespace: String) {
    let service = HostName.service(host, in: "shop")
    #expect(service.name == name)
    #expect(service.namespace == namespace)
  }

  @Test func manyRoutesAreReadSoon() throws {
    let one = Self.virtualService(
      "http:\n  - route:\n      - destination: {host: web, subset: a}\n        weight: 80\n      - destination: {host: web, subset: b}\n        weight: 20"
    )
    let many = (0..<1000).map { index in
      one.replacing("name: web", with: "name: web-\(index)").replacing(
        "[web]", with: "[web-\(index)]")
    }.joined(separator: "\n---\n")
    let time = try ContinuousClock().measure { _ = try read(many) }
    // A bound that only something quadratic misses, also without optimisation.
    #expect(time < .seconds(30))
  }
}
