import LabKernel
import LabStrategies
import LabUnits

@testable import StrategyLab

/// Random settings of the controllers that people run, the same for the same number.
extension ScenarioGenerator {
  /// A random scenario with one strategy of each controller; what the controllers refuse is drawn again.
  static func controllers(_ number: Int) -> Scenario {
    var scenario = scenario(number)
    var generator = ScenarioGenerator(number + 100_000)
    let replicas = scenario.service.replicas
    scenario.strategies = ControllerKind.allCases.map { kind in
      var strategy = generator.strategy(kind, replicas)
      while !strategy.problems(replicas: replicas).isEmpty {
        strategy = generator.strategy(kind, replicas)
      }
      return NamedStrategy(name: kind.rawValue, strategy: strategy)
    }
    return scenario
  }

  private enum ControllerKind: String, CaseIterable {
    case basicCanary, routedCanary, argoBlueGreen, flagger, codeDeploy, ecsRolling, ecsNative, hosts
  }

  private mutating func strategy(_ kind: ControllerKind, _ n: Int) -> any ReleaseStrategy {
    switch kind {
    case .basicCanary: return argoCanary(isRouted: false)
    case .routedCanary: return argoCanary(isRouted: true)
    case .argoBlueGreen: return argoBlueGreen(n)
    case .flagger: return flagger()
    case .codeDeploy:
      return CodeDeploy(
        shift: one(of: CodeDeployPreset.all).shift, hooksBefore: seconds(0, 60),
        hooksAfter: seconds(0, 60), terminationWait: seconds(0, 600), alarms: chance(0.7))
    case .ecsRolling:
      return ECSRolling(
        minimumHealthy: .percent(stream.index(below: 101)),
        maximum: .percent(100 + stream.index(below: 101)), circuitBreaker: chance(0.5),
        healthTimeout: seconds(10, 120), alarms: chance(0.7))
    case .ecsNative:
      return NativeECS(
        one(of: NativeECS.Form.allCases), stepBake: chance(0.5) ? seconds(0, 120) : nil,
        bake: seconds(0, 300), alarms: chance(0.7))
    case .hosts:
      return CodeDeployHosts(
        one(of: MinimumHealthyHosts.Preset.allCases),
        minimumHealthy: chance(0.5) ? quantity() : nil,
        hostTimeout: seconds(60, 900), alarms: chance(0.7))
    }
  }

  private mutating func metrics(mayRunForever: Bool = false) -> [AnalysisMetric] {
    (0..<(1 + stream.index(below: 2))).map { index in
      let count = 1 + stream.index(below: 4)
      let runsForever = mayRunForever && chance(0.7)
      return AnalysisMetric(
        name: "m\(index)", of: chance(0.7) ? .failures : .slow,
        successMaximum: chance(0.8) ? .percent(5) : nil,
        failureAbove: chance(0.5) ? .percent(10) : nil,
        interval: count > 1 || runsForever ? seconds(10, 90) : nil,
        count: runsForever ? nil : count, initialDelay: seconds(0, 60),
        failureLimit: stream.index(below: count), consecutiveErrorLimit: stream.index(below: 5),
        window: seconds(1, 120), isDryRun: chance(0.1))
    }
  }

  private mutating func step(isRouted: Bool) -> ArgoCanaryStep {
    switch stream.index(below: isRouted ? 10 : 7) {
    case 0, 1, 2: return .setWeight(stream.index(below: 101))
    case 3, 4: return .pause(chance(0.8) ? seconds(0, 180) : nil)
    case 5: return .analysis(metrics())
    case 6:
      return .experiment(
        .init(duration: seconds(10, 90), replicas: 1 + stream.index(below: 3), metrics: metrics()))
    case 7:
      return .setCanaryScale(
        one(of: [.replicas(1 + stream.index(below: 9)), .weight(40), .matchTrafficWeight]))
    case 8: return .setHeaderRoute(chance(0.7) ? .percent(10) : nil)
    default: return .setMirrorRoute(chance(0.7) ? .percent(50) : nil)
    }
  }

  private mutating func argoCanary(isRouted: Bool) -> ArgoCanary {
    let steps = (0..<stream.index(below: 7)).map { _ in step(isRouted: isRouted) }
    let isDynamic = isRouted && chance(0.4)
    return ArgoCanary(
      steps: steps, isRouted: isRouted, maxSurge: quantity(), maxUnavailable: quantity(),
      dynamicStableScale: isDynamic,
      minPodsPerReplicaSet: isRouted && chance(0.3) ? 1 + stream.index(below: 3) : nil,
      abortScaleDownDelay: isRouted && chance(0.5) ? seconds(0, 60) : nil,
      scaleDownDelay: isRouted && !isDynamic && chance(0.5) ? seconds(0, 120) : nil,
      progressThreshold: one(of: [.all, .all, .percentage(90), .pods(2)]),
      progressDeadline: seconds(60, 900), progressDeadlineAbort: chance(0.5),
      rollbackWindow: chance(0.3) ? RollbackWindow(revisions: 2) : nil,
      resumeAfter: seconds(0, 300),
      backgroundAnalysis: chance(0.5)
        ? .init(
          startingStep: steps.isEmpty ? 0 : stream.index(below: steps.count),
          metrics: metrics(mayRunForever: true)) : nil)
  }

  private mutating func argoBlueGreen(_ replicas: Int) -> ArgoBlueGreen {
    var settings = BlueGreenSettings()
    settings.previewReplicaCount = chance(0.4) ? 1 + stream.index(below: replicas) : nil
    settings.autoPromotion = chance(0.8)
    settings.autoPromotionDelay = chance(0.5) ? seconds(0, 120) : .zero
    settings.scaleDownDelay = chance(0.5) ? seconds(0, 300) : nil
    settings.abortScaleDownDelay = chance(0.8) ? seconds(1, 60) : nil
    settings.progressDeadlineAbort = chance(0.5)
    return ArgoBlueGreen(
      settings, prePromotionAnalysis: chance(0.5) ? metrics() : [],
      postPromotionAnalysis: chance(0.5) ? metrics() : [], resumeAfter: seconds(0, 300),
      progressDeadline: seconds(60, 900))
  }

  private mutating func flagger() -> FlaggerCanary {
    let hasIterations = chance(0.5)
    let analysis = FlaggerAnalysis(
      threshold: 1 + stream.index(below: 4),
      stepWeight: hasIterations ? 0 : 5 + stream.index(below: 50),
      maxWeight: chance(0.7) ? 10 + stream.index(below: 91) : 0,
      stepWeightPromotion: chance(0.3) ? 20 + stream.index(below: 60) : 0,
      iterations: hasIterations ? 1 + stream.index(below: 5) : 0, hasMatch: chance(0.5),
      mirrors: chance(0.3), skipsAnalysis: chance(0.1), isKubernetes: chance(0.2))
    return FlaggerCanary(
      analysis, interval: seconds(10, 60),
      metrics: [
        FlaggerMetric(
          name: "rate", of: .failures, maximum: .percent(5), interval: seconds(10, 120))
      ],
      checksPerSecond: chance(0.5) ? 5 : 0, canaryReplicas: quantity(),
      progressDeadline: seconds(60, 900), maxSurge: quantity(), maxUnavailable: quantity(),
      confirmsRollout: chance(0.2), confirmsPromotion: chance(0.2), resumeAfter: seconds(0, 120))
  }
}
