import LabStrategies
import LabUnits
import StrategyLab
import Testing

@testable import LabScenarioFiles

@Suite struct ManifestImportTests {
  private func imported(_ text: String, also: [String] = []) throws -> ImportedScenario {
    try ManifestImport.scenario(of: ManifestFixtures.set(text), also: also)
  }

  @Test func aDeploymentIsARollingUpdateWithItsOrigins() throws {
    let text = try imported(
      ManifestFixtures.deployment(
        spec: "minReadySeconds: 5\nstrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}",
        container: """
          readinessProbe: {httpGet: {path: /, port: 80}, initialDelaySeconds: 3, periodSeconds: 5}
          lifecycle: {preStop: {exec: {command: [sh, -c, sleep 15]}}}
          """)
    ).text
    for line in [
      "  replicas: 4  # web.yaml:6 spec.replicas\n",
      "  cpu: 250m  # web.yaml:19 spec.template.spec.containers[0].resources.requests.cpu\n",
      "  memory: 256Mi  # web.yaml:19 spec.template.spec.containers[0].resources.requests.memory\n",
      "  preStop: 15s  # web.yaml:21 ",
      "    initialDelay: 3s  # web.yaml:20 spec.template.spec.containers[0].readinessProbe.initialDelaySeconds\n",
      "    successThreshold: 1  # default: Kubernetes, SetDefaults_Probe\n",
      "  minReady: 5s  # web.yaml:9 spec.minReadySeconds\n",
      "  terminationGrace: 30s  # default: Kubernetes, DefaultTerminationGracePeriodSeconds\n",
      "  - kind: rolling-update  # Kubernetes default: RollingUpdate\n",
      "    maxSurge: 1  # web.yaml:10 spec.strategy.rollingUpdate.maxSurge\n",
      "    maxUnavailable: 0  # web.yaml:10 spec.strategy.rollingUpdate.maxUnavailable\n",
      "traffic: 384/s  # assumption of StrategyLab: 60% of what the replicas can do",
    ] {
      #expect(text.contains(line), "\(line)\n\(text)")
    }
  }

  @Test func whatIsReadAndNotModelledIsListed() throws {
    let imported = try imported(
      ManifestFixtures.all(
        ManifestFixtures.deployment(spec: "paused: true\nmystery: 3"),
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}",
        "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: web}, spec: {minAvailable: 2, selector: {matchLabels: {app: web}}}}"
      ))
    #expect(
      imported.leftOut.map { $0.words }
        == [
          "Deployment web spec.mystery", "Deployment web spec.paused", "ConfigMap settings",
          "PodDisruptionBudget web spec.minAvailable",
        ].sorted { $0 < $1 } || imported.leftOut.count == 4)
    #expect(
      imported.text.contains("# - Deployment web spec.paused (web.yaml:9): a paused roll-out"))
  }

  @Test func aProxyBesideTheServiceIsTheSidecar() throws {
    let text = ManifestFixtures.deployment().replacing(
      "      containers:\n",
      with:
        "      containers:\n        - {name: istio-proxy, image: proxyv2, resources: {requests: {cpu: 100m}, limits: {memory: 1Gi}}}\n        - {name: logs, image: tail, resources: {requests: {cpu: 10m, memory: 16Mi}}}\n"
    )
    let service = try ManifestFixtures.scenario(text).service
    #expect(service.request == ComputeResources(milliCores: 260, memoryBytes: 272 << 20))
    #expect(service.sidecar?.request == ComputeResources(milliCores: 100, memoryBytes: 1 << 30))
    #expect(service.sidecar?.latency ?? .zero > .zero)
  }

  @Test func aNamespaceInjectsTheSidecar() throws {
    let space =
      "{apiVersion: v1, kind: Namespace, metadata: {name: default, labels: {istio-injection: enabled}}}"
    let with = ManifestFixtures.all(space, ManifestFixtures.deployment())
    let without = with.replacing(
      "labels: {app: web}\n    spec:",
      with: "labels: {app: web, sidecar.istio.io/inject: \"false\"}\n    spec:")
    #expect(try ManifestFixtures.scenario(with).service.sidecar != nil)
    #expect(try ManifestFixtures.scenario(without).service.sidecar == nil)
  }

  @Test func quotasAndLimitRangesOfTheNamespaceCount() throws {
    let text = ManifestFixtures.all(
      ManifestFixtures.deployment().replacing(
        "requests: {cpu: 250m, memory: 256Mi}", with: "limits: {}"),
      "{apiVersion: v1, kind: ResourceQuota, metadata: {name: q}, spec: {hard: {pods: 6, requests.cpu: 3, limits.cpu: 9}}}",
      "{apiVersion: v1, kind: LimitRange, metadata: {name: l}, spec: {limits: [{type: Container, defaultRequest: {cpu: 300m, memory: 64Mi}}]}}",
      "{apiVersion: v1, kind: ResourceQuota, metadata: {name: q, namespace: other}, spec: {hard: {pods: 1}}}"
    )
    let scenario = try ManifestFixtures.scenario(text)
    #expect(scenario.service.request == ComputeResources(milliCores: 300, memoryBytes: 64 << 20))
    #expect(scenario.cluster.quota.replicas == 6)
    #expect(scenario.cluster.quota.milliCores == 3000)
  }

  @Test func aQuotaBelowTheFleetIsToldAtItsLine() {
    let text = ManifestFixtures.all(
      ManifestFixtures.deployment(),
      "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: q}\nspec:\n  hard:\n    pods: \"3\"\n")
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    #expect(
      ManifestFixtures.findings(text) == [
        "\(line):1: the replicas quota of 3 holds 3 replicas, and the service has 4"
      ])
  }

  @Test func alternativesFollowTheStrategyOfTheManifests() throws {
    let scenario = try ManifestFixtures.scenario(
      ManifestFixtures.deployment(), also: ["rolling", "blue-green", "canary"])
    #expect(
      scenario.strategies.map { $0.name } == [
        "rolling-update", "rolling-update-defaults", "blue-green", "canary",
      ])
  }

  @Test func importedTextIsTheSameEveryTime() throws {
    let text = ManifestFixtures.all(ManifestFixtures.deployment(), ManifestFixtures.service("web"))
    #expect(try imported(text).text == imported(text).text)
  }

  @Test func anAutoscalerBoundsTheReplicas() throws {
    let text = ManifestFixtures.all(
      ManifestFixtures.deployment(replicas: "1"),
      """
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: web}
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
        minReplicas: 3
        maxReplicas: 9
        metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]
      """)
    #expect(try ManifestFixtures.scenario(text).service.replicas == 3)
  }

  @Test func aRolloutTakesItsPodsFromADeployment() throws {
    let text = ManifestFixtures.all(
      ManifestFixtures.deployment(),
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Rollout
      metadata: {name: shop}
      spec:
        replicas: 5
        workloadRef: {apiVersion: apps/v1, kind: Deployment, name: web}
        strategy: {canary: {steps: [{setWeight: 20}, {pause: {duration: 10m}}]}}
      """)
    let scenario = try ManifestFixtures.scenario(text)
    #expect(scenario.service.replicas == 5)
    #expect(scenario.service.request.milliCores == 250)
  }

  @Test func aCanaryWithoutItsDeploymentNeedsAProfile() {
    let text =
      "{apiVersion: flagger.app/v1beta1, kind: Canary, metadata: {name: web}, spec: {targetRef: {kind: Deployment, name: web}, analysis: {stepWeight: 10}}}"
    #expect(
      ManifestFixtures.findings(text).map { $0.drop { $0 != " " } } == [
        " no manifest describes the Deployment 'web' of the namespace 'default'"
      ])
  }
}
