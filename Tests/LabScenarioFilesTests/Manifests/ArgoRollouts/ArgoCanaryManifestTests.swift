import LabStrategies
import LabUnits
import Testing

@testable import LabScenarioFiles

/// What `spec.strategy.canary` says, what is refused, and the strategy that becomes of it.
@Suite struct ArgoCanaryManifestTests {
  /// A section that was read.
  private struct Reading {
    var manifest: ArgoCanaryManifest
    var findings: ManifestFindings
    var faults: [String] {
      findings.faults.map { "\($0.fault.mark.line): \($0.fault.fault.message)" }
    }
    var leftOut: [String] { findings.leftOut.map(\.path) }
    var draft: String { manifest.draft { _, path in path }.flowText }
  }

  private func read(_ text: String, metrics: [String: [DraftNode]] = [:]) throws -> Reading {
    let root = try #require(YAMLReader.read(Array(text.utf8)).root)
    guard case .mapping(let entries, _) = root.content else {
      throw LocatedFault(fault: .emptyFile, mark: .wholeFile)
    }
    let findings = ManifestFindings()
    let fields = ManifestFields(
      entries, object: "Rollout web", path: "spec.strategy.canary",
      place: ManifestPlace(file: 0, mark: root.mark), findings: findings)
    let manifest = ArgoCanaryManifest(fields) { analysis, _ in
      analysis.templates.flatMap { metrics[$0.name.value] ?? [] }
    }
    return Reading(manifest: manifest, findings: findings)
  }

  // examples/rollout-canary.yaml of Argo Rollouts.
  @Test func stepsBecomeSteps() throws {
    let reading = try read(
      """
      steps:
      - setWeight: 20
      - pause: {}
      - setWeight: 40
      - pause: {duration: 40s}
      - pause: {duration: 90}
      """)
    #expect(reading.faults == [])
    #expect(
      reading.draft
        == "{kind: argo-canary, steps: [{setWeight: 20%}, {pause: {}}, {setWeight: 40%}, "
        + "{pause: {duration: 40s}}, {pause: {duration: 90s}}]}")
  }

  // examples/istio/istio-mirror.yaml of Argo Rollouts.
  @Test func routingIsReadForTheBinder() throws {
    let reading = try read(
      """
      canaryService: web-canary
      stableService: web-stable
      maxSurge: "1"
      maxUnavailable: 1
      trafficRouting:
        managedRoutes:
        - name: mirror-route
        istio:
          virtualService:
            name: web-vsvc
            routes: [primary]
          destinationRule: {name: web-rule, canarySubsetName: canary, stableSubsetName: stable}
      steps:
      - setCanaryScale: {weight: 50}
      - setMirrorRoute:
          name: mirror-route
          percentage: 50
          match:
          - method: {exact: POST}
      - setHeaderRoute:
          name: mirror-route
          match:
          - headerName: agent
            headerValue: {exact: chrome}
      - setHeaderRoute: {name: mirror-route}
      - pause: {}
      antiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {}}
      """)
    #expect(reading.faults == [])
    let routing = try #require(reading.manifest.routing)
    #expect(routing.providers == ["istio"])
    #expect(routing.virtualServices.map(\.name.value) == ["web-vsvc"])
    #expect(routing.virtualServices.first?.routes.map(\.value) == ["primary"])
    #expect(routing.destinationRule?.canarySubset?.value == "canary")
    #expect(
      reading.draft
        == "{kind: argo-canary, steps: [{setCanaryScale: {weight: 50%}}, "
        + "{setMirrorRoute: {percentage: 50%}}, {setHeaderRoute: {users: 10%}}, "
        + "{setHeaderRoute: {}}, {pause: {}}], trafficRouting: weighted, maxSurge: 1%, "
        + "maxUnavailable: 1}")
    #expect(
      reading.leftOut == [
        "spec.strategy.canary.steps[1].setMirrorRoute.match", "spec.strategy.canary.antiAffinity",
      ])
  }

  // pkg/apis/rollouts/validation/validation_test.go, TestValidateRolloutStrategyCanary and its neighbours.
  @Test(arguments: [
    ("steps:\n- setWeight: 101", "2: the weight 101 is not between 0 and 100"),
    ("steps:\n- setWeight: -1", "2: the weight -1 is not between 0 and 100"),
    (
      "steps:\n- setWeight: 10\n  pause: {}",
      "3: a step has exactly one action, this one has setWeight and pause"
    ),
    ("steps:\n- {}", "2: a step without an action"),
    ("steps:\n- pause: {duration: -1}", "2: '-1' is below 0"),
    ("steps:\n- pause: {duration: 1 hour}", "2: '1 hour' is no duration"),
    ("steps:\n- setCanaryScale: {replicas: 1}", "2: setCanaryScale needs trafficRouting"),
    (
      "steps:\n- setHeaderRoute: {name: a}",
      "2: setHeaderRoute needs trafficRouting by a router that can match requests"
    ),
    (
      "maxSurge: 0\nmaxUnavailable: 0%",
      "1: maxSurge and maxUnavailable are both 0: nothing could ever move"
    ),
    ("dynamicStableScale: true", "1: dynamicStableScale can only be used with trafficRouting"),
    ("scaleDownDelaySeconds: 9", "1: scaleDownDelaySeconds can only be used with trafficRouting"),
    (
      "canaryService: a\nstableService: a",
      "2: stableService and canaryService are the same Service 'a'"
    ),
    (
      "canaryService: a\ntrafficRouting: {smi: {}}",
      "2: trafficRouting needs a stableService"
    ),
    ("steps:\n- analysis: {args: []}", "2: an analysis names no template"),
    (
      "steps:\n- experiment: {templates: [{specRef: canary, weight: 5}]}",
      "2: the weight of an experiment needs trafficRouting with istio, alb or smi"
    ),
  ])
  func whatUpstreamRefusesIsReported(_ text: String, _ fault: String) throws {
    #expect(try read(text).faults == [fault])
  }

  @Test func aRouteHasToBeManaged() throws {
    let reading = try read(
      """
      canaryService: a
      stableService: b
      dynamicStableScale: true
      scaleDownDelaySeconds: 30
      trafficRouting:
        managedRoutes: [{name: other}]
        istio: {virtualService: {name: web}}
      steps:
      - setHeaderRoute: {name: header, match: [{headerName: a, headerValue: {exact: b, regex: c}}]}
      """)
    #expect(
      reading.faults.sorted() == [
        "4: scaleDownDelaySeconds cannot be used with dynamicStableScale",
        "9: a headerValue has exactly one of exact, prefix and regex",
        "9: the route 'header' does not stand in trafficRouting.managedRoutes",
      ])
  }

  @Test func aKeySpelledNearlyRightIsAnError() throws {
    let reading = try read("maxSurgee: 1\nsteps:\n- setWeigth: 10")
    #expect(reading.findings.faults.count == 2)
  }

  @Test func metricsOfTemplatesAreTakenOver() throws {
    let metric = DraftNode.mapping([DraftEntry("name", "errors"), DraftEntry("of", "failures")])
    let reading = try read(
      """
      analysis:
        startingStep: 1
        templates: [{templateName: rate}]
        args: [{name: service, value: web}]
      steps:
      - setWeight: 10
      - analysis: {templates: [{templateName: rate, clusterScope: true}]}
      - experiment:
          duration: 1h
          templates: [{name: base, specRef: stable}, {name: new, specRef: canary, replicas: 2}]
      """, metrics: ["rate": [metric]])
    #expect(reading.faults == [])
    #expect(
      reading.draft
        == "{kind: argo-canary, steps: [{setWeight: 10%}, "
        + "{analysis: {metrics: [{name: errors, of: failures}]}}, "
        + "{experiment: {duration: 1h, replicas: 2}}], "
        + "backgroundAnalysis: {startingStep: 1, metrics: [{name: errors, of: failures}]}}")
  }

  @Test func theDraftIsAStrategyOfAScenario() throws {
    let reading = try read(
      """
      canaryService: a
      stableService: b
      trafficRouting: {nginx: {stableIngress: web}, maxTrafficWeight: 1000}
      abortScaleDownDelaySeconds: 0
      minPodsPerReplicaSet: 2
      replicaProgressThreshold: {type: Percentage, value: 90}
      steps:
      - setWeight: 5
      - pause: {}
      - setCanaryScale: {replicas: 3}
      - pause: {duration: 1m}
      """)
    #expect(reading.faults == [])
    let text = """
      service: {replicas: 4, serviceTime: {distribution: fixed, value: 50ms}}
      traffic: 100/s
      strategies: [\(reading.draft)]
      """
    let scenario = try ScenarioReader.read(text: text, path: "web.yaml", traceText: nil).scenario
    let canary = try #require(scenario.strategies.first?.strategy as? ArgoCanary)
    #expect(
      canary.steps == [
        .setWeight(5), .pause(nil), .setCanaryScale(.replicas(3)), .pause(.minutes(1)),
      ])
    #expect(canary.isRouted)
    #expect(canary.maxTrafficWeight == 1000)
    #expect(canary.abortScaleDownDelay == .zero)
    #expect(canary.minPodsPerReplicaSet == 2)
    #expect(canary.progressThreshold == .percentage(90))
  }
}

extension DraftNode {
  /// The draft on one line, without its comments.
  fileprivate var flowText: String {
    switch content {
    case .value(let text): text
    case .list(let items): "[" + items.map(\.flowText).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\($0.key): \($0.node.flowText)" }.joined(separator: ", ") + "}"
    }
  }
}
