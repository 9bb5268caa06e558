import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// The controllers with settings that people use, for ten replicas.
struct TypicalController: Sendable, CustomTestStringConvertible {
  let name: String
  let strategy: any ReleaseStrategy

  init(_ name: String, _ strategy: any ReleaseStrategy) {
    self.name = name
    self.strategy = strategy
  }

  var testDescription: String { name }

  static let steps: [ArgoCanaryStep] = [
    .setWeight(20), .pause(.minutes(1)), .setWeight(60), .pause(.minutes(2)),
  ]
  static let errors = AnalysisMetric(
    name: "errors", of: .failures, successMaximum: .percent(2), interval: .seconds(30),
    initialDelay: .seconds(30), window: .seconds(30))
  static let slow = AnalysisMetric(
    name: "slow", of: .slow, successMaximum: .percent(2), interval: .seconds(30),
    initialDelay: .seconds(30), window: .seconds(30))
  static let flaggerMetrics = [
    FlaggerMetric(
      name: "request-success-rate", of: .failures, maximum: .percent(2), interval: .minutes(1)),
    FlaggerMetric(
      name: "request-duration", of: .slow, maximum: .percent(2), interval: .minutes(1)),
  ]
  private static let background = ArgoCanary.BackgroundAnalysis(
    startingStep: 1, metrics: [errors, slow])
  private static func counted(_ count: Int) -> [AnalysisMetric] {
    [errors, slow].map { metric in
      var metric = metric
      metric.count = count
      return metric
    }
  }
  private static func flagger(_ analysis: FlaggerAnalysis) -> FlaggerCanary {
    FlaggerCanary(analysis, metrics: flaggerMetrics, checksPerSecond: 5)
  }
  private static var blueGreen: BlueGreenSettings {
    var settings = BlueGreenSettings()
    settings.previewReplicaCount = 3
    settings.autoPromotionDelay = .minutes(1)
    return settings
  }

  /// All of them; each looks at what the candidate answers, by metrics of its own or by alarms.
  static let all = [
    TypicalController(
      "routed canary",
      ArgoCanary(steps: steps, isRouted: true, backgroundAnalysis: background)),
    TypicalController("basic canary", ArgoCanary(steps: steps, backgroundAnalysis: background)),
    TypicalController(
      "dynamic stable",
      ArgoCanary(
        steps: steps, isRouted: true, dynamicStableScale: true, backgroundAnalysis: background)),
    TypicalController(
      "analysis steps",
      ArgoCanary(
        steps: [.setWeight(20), .analysis(counted(3)), .setWeight(50), .analysis(counted(3))],
        isRouted: true)),
    TypicalController(
      "blue-green",
      ArgoBlueGreen(
        blueGreen, prePromotionAnalysis: counted(3), postPromotionAnalysis: counted(4))),
    TypicalController(
      "flagger canary", flagger(.init(threshold: 2, stepWeight: 20, maxWeight: 60))),
    TypicalController(
      "flagger mirror", flagger(.init(stepWeight: 20, maxWeight: 60, mirrors: true))),
    TypicalController("flagger A/B", flagger(.init(iterations: 4, hasMatch: true))),
    TypicalController("flagger blue/green", flagger(.init(iterations: 4))),
    TypicalController("flagger kubernetes", flagger(.init(iterations: 4, isKubernetes: true))),
    TypicalController(
      "code-deploy canary",
      CodeDeploy(
        shift: .canary(share: .percent(10), interval: .minutes(5)), terminationWait: .minutes(5))),
    TypicalController(
      "code-deploy linear",
      CodeDeploy(
        shift: .linear(step: .percent(10), interval: .minutes(1)), terminationWait: .minutes(5))),
    TypicalController("ecs-native", NativeECS(.linear, stepBake: .minutes(1), bake: .minutes(5))),
    TypicalController("ecs-rolling", ECSRolling(circuitBreaker: true)),
    TypicalController(
      "ecs-rolling in place",
      ECSRolling(minimumHealthy: .percent(50), maximum: .percent(100), circuitBreaker: true)),
    TypicalController("hosts", CodeDeployHosts(.halfAtATime)),
  ]
}
