import LabKernel
import LabStrategies
import LabUnits

@testable import StrategyLab

/// A scenario in which every duration is fixed and nothing fails, so that results have closed forms.
func plainScenario(
  replicas: Int = 10, rate: Double = 100, horizon: Span = .hours(1),
  strategies: [any ReleaseStrategy], adjust: (inout Scenario) -> Void = { _ in }
) -> Scenario {
  var scenario = Scenario(
    name: "plain", title: "Plain",
    service: ServiceModel(
      replicas: replicas, request: ComputeResources(milliCores: 500, memoryBytes: 512 << 20),
      workers: 8, serviceTime: .exponential(mean: .milliseconds(50)), timeout: .seconds(10),
      baselineFailures: .none, startup: .fixed(.seconds(20)), drain: .fixed(.zero),
      terminationGrace: .seconds(30), preStop: .zero, endpointPropagation: .zero,
      readiness: ServiceModel.ReadinessProbe(
        initialDelay: .zero, period: .zero, successThreshold: 1),
      minReady: .zero, sidecar: nil),
    cluster: ClusterModel(
      nodeCapacity: ComputeResources(milliCores: 4000, memoryBytes: 16 << 30),
      nodeReserved: .zero, nodePodLimit: 110, nodeCount: 10 * replicas, nodeMaximum: nil,
      nodeProvisioning: .fixed(.seconds(70)), nodeScaleDownDelay: .minutes(10),
      quota: ClusterModel.Quota(), controllerRate: nil, controllerBurst: 1,
      routePropagation: .zero,
      prices: ClusterModel.Prices(
        corePerHour: 0.031611, gibibytePerHour: 0.004237, nodePerHour: 0.194236,
        billing: .requests)),
    traffic: .constant(rate),
    users: UserModel(
      population: 10_000, activity: .gamma(shape: 1), requestsPerSession: 10,
      sessionDuration: .minutes(5), stickiness: .none),
    release: ReleaseRisk(
      defectProbability: .none,
      catalog: [
        ReleaseRisk.Defect(name: "errors", kind: "errors", weight: 1, effect: DefectEffect())
      ]),
    monitoring: MonitoringModel(
      scrapeInterval: .seconds(30), evaluationDelay: .zero, slowThreshold: .seconds(5),
      analysis: [], alerts: [], progressDeadline: .minutes(10)),
    people: PeopleModel(
      reaction: .fixed(.minutes(5)), complaintShare: .none, complaintsToPage: 1,
      complaintDelay: .zero, responders: 2, hourlyCost: 100, attention: .none),
    costs: CostModel(
      failedRequest: 0.01, harmedUser: 0, incidentMinute: 0, writeRepair: 0,
      objective: Share(millionths: 999_000), objectiveWindow: .hours(720)),
    strategies: strategies.map { NamedStrategy(name: type(of: $0).kind, strategy: $0) },
    experiment: ExperimentPlan(
      replications: 10, precision: nil, seed: 1, horizon: horizon, baseline: nil))
  adjust(&scenario)
  return scenario
}

/// A catalog of one defect that every release has.
func certain(_ effect: DefectEffect) -> ReleaseRisk {
  ReleaseRisk(
    defectProbability: .whole,
    catalog: [ReleaseRisk.Defect(name: "bad", kind: "bad", weight: 1, effect: effect)])
}

extension DefectEffect {
  /// Every request to the candidate fails with this probability.
  static func failing(_ probability: Double) -> DefectEffect {
    var effect = DefectEffect()
    effect.failureProbability = probability
    return effect
  }
}

/// Plays the first strategy of a scenario once.
func playOnce(_ scenario: Scenario, replication: Int = 0) -> (run: RunResult, timeline: Timeline) {
  Experiment(scenario: scenario).play(strategyIndex: 0, replication: replication)
}

extension BlueGreen {
  /// A blue-green release with a preview of full size and nobody watching.
  static func plain(checks: Span = .zero, hold: Span = .zero) -> BlueGreen {
    BlueGreen(
      preview: .share(.whole), checks: checks, checkRate: 1, hold: hold, analysis: false,
      abortDelay: .zero)
  }
}
