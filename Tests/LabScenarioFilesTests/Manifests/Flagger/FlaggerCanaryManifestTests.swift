import LabStrategies
import LabUnits
import Testing

@testable import LabScenarioFiles

/// What a Canary says, what is refused, and the strategy that becomes of it.
@Suite struct FlaggerCanaryManifestTests {
  private struct Reading {
    var manifest: FlaggerCanaryManifest
    var findings: ManifestFindings
    var faults: [String] {
      findings.faults.map { "\($0.fault.mark.line): \($0.fault.fault.message)" }
    }
    var leftOut: [String] { findings.leftOut.map(\.path) }
    var draft: String { Self.text(manifest.draft { _, path in path }) }

    private static func text(_ node: DraftNode) -> String {
      switch node.content {
      case .value(let value): value
      case .list(let items): "[" + items.map(text).joined(separator: ", ") + "]"
      case .mapping(let entries):
        "{" + entries.map { "\($0.key): \(text($0.node))" }.joined(separator: ", ") + "}"
      }
    }
  }

  private func read(_ text: String, templates: [String] = []) throws -> Reading {
    let root = try #require(YAMLReader.read(Array(text.utf8)).root)
    guard case .mapping(let entries, _) = root.content else {
      throw LocatedFault(fault: .emptyFile, mark: .wholeFile)
    }
    let findings = ManifestFindings()
    let fields = ManifestFields(
      entries, object: "Canary podinfo", path: "spec",
      place: ManifestPlace(file: 0, mark: root.mark), findings: findings)
    let manifest = FlaggerCanaryManifest(fields) { name, _ in templates.contains(name) }
    return Reading(manifest: manifest, findings: findings)
  }

  private static let target =
    "targetRef: {apiVersion: apps/v1, kind: Deployment, name: podinfo}\n"

  // docs/gitbook/tutorials/kubernetes-blue-green.md of Flagger, shortened.
  @Test func aBlueGreenCanaryBecomesIterationsWithItsLoadTest() throws {
    let reading = try read(
      """
      provider: kubernetes
      targetRef: {apiVersion: apps/v1, kind: Deployment, name: podinfo}
      progressDeadlineSeconds: 60
      autoscalerRef: {apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, name: podinfo}
      service: {port: 9898, portDiscovery: true}
      analysis:
        interval: 30s
        threshold: 2
        iterations: 10
        metrics:
        - name: request-success-rate
          thresholdRange: {min: 99}
          interval: 1m
        - name: request-duration
          thresholdRange: {max: 500}
          interval: 30s
        webhooks:
        - name: smoke-test
          type: pre-rollout
          url: http://flagger-loadtester.test/
        - name: load-test
          url: http://flagger-loadtester.test/
          metadata: {type: cmd, cmd: "hey -z 1m -q 10 -c 2 http://podinfo-canary.test:9898/"}
      """)
    #expect(reading.faults == [])
    #expect(
      reading.draft
        == "{kind: flagger, interval: 30s, threshold: 2, iterations: 10, provider: kubernetes, "
        + "metrics: [{name: request-success-rate, of: failures, maximum: 1%, interval: 60s}, "
        + "{name: request-duration, of: slow, maximum: 1%, interval: 30s}], "
        + "checksPerSecond: 20/s, progressDeadline: 60s}")
    #expect(reading.manifest.impliedSlowThreshold?.value == .milliseconds(500))
    #expect(reading.manifest.autoscaler?.name.value == "podinfo")
    #expect(reading.manifest.service?.port?.value == 9898)
    #expect(reading.leftOut == ["spec.analysis.webhooks[0]"])
  }

  // docs/gitbook/tutorials/istio-ab-testing.md of Flagger, shortened.
  @Test func conditionsAndIterationsBecomeAnABTest() throws {
    let reading = try read(
      Self.target + """
        analysis:
          interval: 5s
          threshold: 0
          iterations: 10
          match:
          - headers: {cookie: {regex: "^(.*?;)?(type=insider)(;.*)?$"}}
        """)
    #expect(reading.faults == [])
    #expect(
      reading.draft
        == "{kind: flagger, interval: 10s, threshold: 1, iterations: 10, matchedUsers: 10%, "
        + "metrics: []}")
  }

  @Test func weightsGatesAndThresholdsAreCarriedOver() throws {
    let reading = try read(
      Self.target + """
        skipAnalysis: false
        analysis:
          interval: 1m
          threshold: 5
          stepWeights: [1, 10, 200]
          stepWeightPromotion: 20
          mirror: true
          mirrorWeight: 30
          canaryReadyThreshold: 90
          webhooks:
          - {name: gate, type: confirm-promotion, url: "http://flagger-loadtester.test/gate/halt"}
          - {name: open, type: confirm-rollout, url: "http://flagger-loadtester.test/gate/approve"}
        """)
    #expect(reading.faults == [])
    #expect(
      reading.draft
        == "{kind: flagger, interval: 60s, threshold: 5, stepWeights: [1%, 10%, 100%], "
        + "stepWeightPromotion: 20%, mirror: true, mirrorWeight: 30%, skipAnalysis: false, "
        + "metrics: [], canaryReadyThreshold: 90%, confirmPromotion: true}")
  }

  @Test func whatIsNotPlayedIsListed() throws {
    let reading = try read(
      Self.target + """
        service: {port: 80, timeout: 15s, retries: {attempts: 3}, hosts: [app.example.com]}
        analysis:
          interval: 1m
          threshold: 5
          stepWeight: 5
          maxWeight: 50
          sessionAffinity: {cookieName: flagger-cookie}
          metrics:
          - {name: "404s", templateRef: {name: not-found}, thresholdRange: {max: 5}}
          - {name: request-success-rate}
        """, templates: ["not-found"])
    #expect(reading.faults == [])
    #expect(
      reading.leftOut == [
        "spec.service.timeout", "spec.service.retries", "spec.analysis.metrics[0]",
        "spec.analysis.metrics[1]", "spec.analysis.sessionAffinity",
      ])
  }

  /// artifacts/flagger/crd.yaml: required fields, the pattern of intervals, and one of three ways.
  @Test(
    arguments: [
      ("analysis: {interval: 1m, threshold: 5, stepWeight: 5}", "targetRef"),
      ("T", "a Canary needs an analysis"),
      (
        "TcanaryAnalysis: {interval: 1m}",
        "canaryAnalysis is no field of v1beta1, so the Canary has no analysis"
      ),
      (
        "Tanalysis: {interval: 1m, threshold: 5}",
        "an analysis needs stepWeight, stepWeights or iterations"
      ),
      (
        "Tanalysis: {interval: 1m, threshold: 5, stepWeight: 5, iterations: 3}",
        "iterations and stepWeight do not go together: the cluster accepts one of them"
      ),
      (
        "Tanalysis: {interval: 1h, threshold: 5, stepWeight: 5}",
        "interval '1h' does not begin with a whole number of minutes or seconds"
      ),
      ("Tanalysis: {interval: 1m, stepWeight: 5}", "threshold"),
      (
        "Tanalysis: {interval: 1m, threshold: 5, stepWeight: 5, maxWeight: 120}",
        "the weight never reaches 120%, so the canary is never promoted"
      ),
      ("Tanalysis: {interval: 1m, threshold: 5, stepWieght: 5}", "stepWieght"),
      (
        "Tanalysis: {interval: 1m, threshold: 5, stepWeight: 5, match: [{headers: {a: {exact: b}}}]}",
        "conditions without iterations make no A/B test"
      ),
      ("Tprovider: istoi", "istoi"),
      ("Tsuspend: true", "a Canary that is suspended releases nothing"),
      (
        "Tservice: {port: 80, delegation: true, hosts: [a.b]}",
        "a route that others delegate to has neither hosts nor gateways"
      ),
      (
        "Tanalysis: {interval: 1m, threshold: 5, stepWeight: 5, metrics: [{name: a, templateRef: {name: b}}]}",
        "no manifest describes the MetricTemplate 'b'"
      ),
    ])
  func whatTheClusterRefusesIsRefused(_ text: String, words: String) throws {
    let reading = try read(text.hasPrefix("T") ? Self.target + text.dropFirst() : text)
    #expect(reading.faults.contains { $0.contains(words) }, "\(reading.faults)")
  }
}
