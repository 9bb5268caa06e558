import LabStrategies
import LabUnits
import Testing

@testable import LabScenarioFiles

/// Source: Istio, pkg/config/validation/validation_test.go and virtualservice_test.go; istio.io, "Virtual Service".
@Suite struct RoutingReaderTests {
  @Test(arguments: [
    ("{route: [{destination: {host: a}}, {destination: {host: b}}]}", "none of the 2 destinations"),
    ("{route: [{destination: {host: a}, weight: -1}]}", "the weight -1 is negative"),
    ("{route: [{}]}", "a destination is required"),
    ("{}", "a rule needs a route"),
    ("{match: [{headers: {x: }}], route: [{destination: {host: a}}]}", "is null"),
    ("{match: [{headers: {x: {regex: '*'}}}], route: [{destination: {host: a}}]}", "'*' is no"),
    ("{match: [{method: {prefix: ''}}], route: [{destination: {host: a}}]}", "is empty"),
    ("{match: [{uri: {regex: '(a'}}], route: [{destination: {host: a}}]}", "none of RE2"),
    (
      "{route: [{destination: {host: a}, headers: {request: {set: {x: 5%}}}}]}",
      "neither doubled nor paired"
    ),
    (
      "{route: [{destination: {host: a}}], fault: {delay: {fixedDelay: 1500us}}}",
      "no whole number of milliseconds"
    ),
    ("{delegate: {name: a}, directResponse: {status: 200}}", "takes no 'directResponse'"),
    ("{mirrorPercentage: {value: 101}, route: [{destination: {host: a}}]}", "not from 0 to 100"),
    ("{redirect: {}, route: [{destination: {host: a}}]}", "both 'redirect' and 'route'"),
    ("{rout: [{destination: {host: a}}], route: [{destination: {host: a}}]}", "unknown key 'rout'"),
  ])
  func aRuleThatIstioRefusesIsRefused(_ text: String, _ message: String) {
    let (_, findings) = RoutingText.rule(text, isDelegate: false)
    #expect(findings.faults.map(\.fault.fault.message).contains { $0.contains(message) })
  }

  @Test(arguments: [
    "{route: [{destination: {host: a}, weight: 49}, {destination: {host: b}, weight: 50}]}",
    "{match: [null], route: [{destination: {host: '*-a.b'}}]}",
    "{match: [{withoutHeaders: {x: {regex: '*'}}}], redirect: {uri: /}}",
    "{match: [{uri: {prefix: ''}}], directResponse: {status: 503}}",
    "{delegate: {name: a, namespace: b}}",
    "{route: [{destination: {host: a}, headers: {response: {add: {x: '100%% of %HOSTNAME%'}}}}]}",
    "{route: [{destination: {host: a}}], fault: {delay: {fixedDelay: 29ms}}}",
  ])
  func aRuleThatIstioAcceptsIsAccepted(_ text: String) {
    #expect(RoutingText.rule(text, isDelegate: false).1.faults.isEmpty)
  }

  @Test func whatIsNotPlayedIsListed() {
    let text = "{corsPolicy: {}, timeout: 3s, route: [{destination: {host: a}}]}"
    let (_, findings) = RoutingText.rule(text, isDelegate: false)
    #expect(findings.leftOut.map(\.path) == ["corsPolicy", "timeout"])
  }

  @Test(arguments: [
    ("7s", 7), ("1m30s", 90), ("250ms", 0.25), ("1.5h", 5_400), ("100ns", 1e-7),
  ])
  func spansAreReadAsGoWritesThem(_ text: String, _ seconds: Double) throws {
    let read = try #require(GoDuration.span(text)).seconds
    #expect((read - seconds).magnitude <= 1e-12 * seconds)
  }

  @Test(arguments: ["", "7", "s", "1x", "1..2s", "∞s"])
  func whatIsNoSpanIsNone(_ text: String) { #expect(GoDuration.span(text) == nil) }

  @Test func versionsAreFoundByTheirPods() {
    var manifests = RoutingManifests()
    manifests.services = [.init(name: "app", namespace: "default", selector: ["app": "app"])]
    manifests.workloads = [
      .init(
        name: "a", namespace: "default", replicas: 3, labels: ["app": "app", "version": "v1"]),
      .init(
        name: "b", namespace: "default", replicas: 1, labels: ["app": "app", "version": "v2"]),
    ]
    let backends = manifests.backends(of: [RouteDestination(host: "app")], in: "default")
    #expect(backends == [[.init(name: "v1", share: 0.75), .init(name: "v2", share: 0.25)]])
    let equal = manifests.backends(
      of: [RouteDestination(host: "app")], in: "default", endpoints: ["v1": 1])
    #expect(equal[0].map(\.share) == [0.5, 0.5])
  }
}
