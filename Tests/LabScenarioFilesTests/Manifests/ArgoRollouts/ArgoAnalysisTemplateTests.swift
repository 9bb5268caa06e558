import Testing

@testable import LabScenarioFiles

/// AnalysisTemplates, and the blue-green section that names them.
@Suite struct ArgoAnalysisTemplateTests {
  private func fields(_ text: String, _ findings: ManifestFindings) throws -> ManifestFields {
    let root = try #require(YAMLReader.read(Array(text.utf8)).root)
    guard case .mapping(let entries, _) = root.content else { throw CancellationError() }
    return ManifestFields(
      entries, object: "AnalysisTemplate success-rate", path: "spec",
      place: ManifestPlace(file: 0, mark: root.mark), findings: findings)
  }

  private struct Reading {
    var draft: AnalysisDraft
    var findings: ManifestFindings
    var text: String { DraftNode.list(draft.metrics).oneLine }
    var faults: [String] {
      findings.faults.map { "\($0.fault.mark.line): \($0.fault.fault.message)" }
    }
    var leftOut: [String] { findings.leftOut.map { "\($0.path): \($0.reason)" } }
  }

  private func read(_ text: String, arguments: [String: String] = [:]) throws -> Reading {
    let findings = ManifestFindings()
    let template = AnalysisTemplateManifest(try fields(text, findings))
    return Reading(
      draft: template.draft(arguments: arguments) { _, path in path }, findings: findings)
  }

  // docs/features/analysis.md of Argo Rollouts, with the threshold as an argument.
  @Test func aSuccessRateBecomesAShareOfFailures() throws {
    let reading = try read(
      """
      args:
      - name: service-name
      - name: least
        value: "0.9"
      metrics:
      - name: success-rate
        interval: 5m
        count: 3
        successCondition: result[0] >= {{args.least}}
        failureCondition: result[0] < 0.8
        failureLimit: 2
        provider:
          prometheus:
            address: http://prometheus.example.com:9090
            query: |
              sum(irate(istio_requests_total{destination_service=~"{{args.service-name}}",response_code!~"5.*"}[2m]))
      """, arguments: ["least": "0.95"])
    #expect(reading.faults == [])
    #expect(reading.leftOut == [])
    #expect(
      reading.text
        == "[{name: success-rate, of: failures, successMaximum: 5%, failureAbove: 20%, interval: 5m, "
        + "count: 3, failureLimit: 2, window: 2m}]")
    guard case .mapping(let entries) = reading.draft.metrics[0].content else { return }
    #expect(
      entries[2].node.origin
        == "spec.metrics[0].successCondition: result[0] >= 0.95, understood as a success rate")
  }

  @Test func aLatencySetsTheSlowThresholdOnce() throws {
    let reading = try read(
      """
      metrics:
      - name: p99
        successCondition: result[0] <= 0.5
        provider:
          prometheus: {query: "histogram_quantile(0.99, rate(request_duration_seconds_bucket[1m]))"}
      - name: p95
        successCondition: result[0] <= 0.3
        provider:
          prometheus: {query: "histogram_quantile(0.95, rate(request_duration_seconds_bucket[1m]))"}
      """)
    #expect(reading.text == "[{name: p99, of: slow, successMaximum: 1%, window: 60s}]")
    #expect(reading.draft.slowThreshold?.span == .milliseconds(500))
    #expect(
      reading.leftOut == [
        "spec.metrics[1]: a scenario has one slow threshold, and another metric has set it to 500ms"
      ])
  }

  @Test func whatIsNotUnderstoodIsListed() throws {
    let reading = try read(
      """
      metrics:
      - name: ready
        successCondition: result.ready == true
        provider:
          web: {url: "http://example.com", jsonPath: "{$}"}
      - name: job
        provider:
          job: {spec: {}}
      """)
    #expect(reading.text == "[]")
    #expect(reading.leftOut.count == 2)
    #expect(
      reading.leftOut[0].hasPrefix(
        "spec.metrics[0]: the condition 'result.ready == true' is not understood"))
  }

  // utils/analysis/factory_test.go, TestValidateMetrics, of Argo Rollouts.
  @Test(arguments: [
    ("metrics: []", "1: no metrics specified"),
    (
      "metrics:\n- {name: a, provider: {web: {}}}\n- {name: a, provider: {web: {}}}",
      "3: duplicate name 'a'"
    ),
    ("metrics:\n- {name: a}", "2: no provider specified"),
    ("metrics:\n- {name: a, provider: {}}", "2: no provider specified"),
    (
      "metrics:\n- {name: a, provider: {web: {}, job: {}}}",
      "2: multiple providers specified: web, job"
    ),
    (
      "metrics:\n- name: a\n  count: 1\n  failureLimit: 2\n  provider: {web: {}}",
      "4: count must be >= failureLimit"
    ),
    (
      "metrics:\n- name: a\n  count: 1\n  inconclusiveLimit: 2\n  provider: {web: {}}",
      "4: count must be >= inconclusiveLimit"
    ),
    (
      "metrics:\n- name: a\n  count: 2\n  provider: {web: {}}",
      "3: interval must be specified when count > 1"
    ),
    (
      "metrics:\n- name: a\n  interval: 60\n  count: 2\n  provider: {web: {}}",
      "3: invalid interval '60'"
    ),
    (
      "metrics:\n- name: a\n  consecutiveErrorLimit: -1\n  provider: {web: {}}",
      "3: consecutiveErrorLimit must be >= 0"
    ),
    (
      "metrics:\n- name: a\n  interval: 60s\n  provider: {web: {}}",
      "2: the metric 'a' runs indefinitely: it has an interval and no count"
    ),
    (
      "metrics:\n- name: a\n  count: '{{args.n}}'\n  provider: {web: {}}",
      "3: count: '{{args.n}}' is not a whole number"
    ),
  ])
  func whatIsRefusedIsReportedAtItsPlace(_ text: String, _ fault: String) throws {
    #expect(try read(text).faults == [fault])
  }

  private func blueGreen(_ text: String) throws -> (ArgoBlueGreenManifest, ManifestFindings) {
    let findings = ManifestFindings()
    return (ArgoBlueGreenManifest(try fields(text, findings)), findings)
  }

  // examples/rollout-bluegreen.yaml of Argo Rollouts, with more of its fields.
  @Test func blueGreenBecomesAStrategy() throws {
    let (manifest, findings) = try blueGreen(
      """
      activeService: web-active
      previewService: web-preview
      previewReplicaCount: 1
      autoPromotionEnabled: false
      scaleDownDelaySeconds: 600
      abortScaleDownDelaySeconds: 0
      scaleDownDelayRevisionLimit: 2
      previewMetadata: {labels: {role: preview}}
      prePromotionAnalysis:
        templates: [{templateName: smoke}, {templateName: shared, clusterScope: true}]
        args: [{name: service, value: web-preview}, {name: hash, valueFrom: {podTemplateHashValue: Latest}}]
      """)
    #expect(findings.faults.isEmpty)
    #expect(findings.leftOut.map(\.path) == ["spec.scaleDownDelayRevisionLimit"])
    let analysis = try #require(manifest.prePromotionAnalysis)
    #expect(
      analysis.templates.map { "\($0.kind) \($0.name.value)" } == [
        "AnalysisTemplate smoke", "ClusterAnalysisTemplate shared",
      ])
    #expect(analysis.arguments["service"] == "web-preview")
    let draft = manifest.draft(
      metrics: { _ in [.mapping([DraftEntry("name", "smoke"), DraftEntry("of", "failures")])] },
      origin: { _, path in path })
    #expect(
      draft.oneLine
        == "{kind: argo-blue-green, previewReplicaCount: 1, autoPromotion: false, scaleDownDelay: 10m, "
        + "abortScaleDownDelay: 0s, prePromotionAnalysis: [{name: smoke, of: failures}]}")
  }

  // pkg/apis/rollouts/validation/validation_test.go, TestValidateRolloutStrategyBlueGreen.
  @Test(arguments: [
    ("previewService: web", "'activeService' is missing in 'blueGreen'"),
    (
      "activeService: web\npreviewService: web",
      "the active and the preview service are the same Service 'web', but two are required"
    ),
    ("activeService: web\nautoPromotionSeconds: -1", "autoPromotionSeconds -1 is below 0"),
    ("activeService: web\nautoPromotonSeconds: 5", "unknown key 'autoPromotonSeconds'"),
    (
      "activeService: web\npostPromotionAnalysis: {templates: []}",
      "an analysis names no template"
    ),
  ])
  func aWrongBlueGreenIsRefused(_ text: String, _ message: String) throws {
    let (_, findings) = try blueGreen(text)
    #expect(findings.faults.map(\.fault.fault.message) == [message])
  }
}

extension DraftNode {
  fileprivate var oneLine: String {
    switch content {
    case .value(let text): text
    case .list(let items): "[" + items.map(\.oneLine).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\($0.key): \($0.node.oneLine)" }.joined(separator: ", ") + "}"
    }
  }
}
