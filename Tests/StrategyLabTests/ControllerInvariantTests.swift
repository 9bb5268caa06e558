import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// What holds at every instant whatever a controller of real life does, in random scenarios.
///
/// A controller that does not come to rest fails an assertion of the engine, and so the test.
struct ControllerInvariantTests {
  @Test(arguments: 0..<60) func everyInstantAndEveryMetricIsPossible(_ number: Int) {
    Self.expectPossible(ScenarioGenerator.controllers(number), number)
  }

  @Test(arguments: 0..<60) func anAutoscalerKeepsThemToo(_ number: Int) {
    var scenario = ScenarioGenerator.controllers(number)
    let replicas = scenario.service.replicas
    scenario.autoscaler = AutoscalerModel(
      rules: HorizontalPodAutoscaler(
        minimum: max(1, replicas / 3), maximum: replicas * 2, target: .percent(30 + number % 60)),
      scope: AutoscalerModel.Scope.allCases[number % 3])
    Self.expectPossible(scenario, number)
  }

  private static func expectPossible(_ scenario: Scenario, _ number: Int) {
    let experiment = Experiment(scenario: scenario)
    for strategyIndex in scenario.strategies.indices {
      let (run, timeline) = experiment.play(strategyIndex: strategyIndex, replication: number)
      let problems =
        ModelInvariantTests.problems(of: timeline, scenario)
        + ModelInvariantTests.problems(of: run.metrics, scenario)
      #expect(problems == [], "scenario \(number), \(scenario.strategies[strategyIndex])")
      #expect(experiment.result(strategyIndex: strategyIndex, replication: number) == run)
    }
  }

  /// Nothing is in the way: no defect, no quota, no limit, little traffic but enough to measure.
  @Test(arguments: 1000..<1060) func aReleaseWithNothingInItsWayIsPromoted(_ number: Int) {
    var scenario = ScenarioGenerator.controllers(number)
    let replicas = scenario.service.replicas
    scenario.release.defectProbability = .none
    scenario.strategies = scenario.strategies.map { named in
      var named = named
      named.strategy = Self.withoutTraps(named.strategy)
      return named
    }
    scenario.cluster.quota = ClusterModel.Quota()
    scenario.cluster.nodeCount = 10 * replicas
    scenario.cluster.nodeMaximum = nil
    scenario.cluster.controllerRate = nil
    scenario.service.startup = .fixed(.seconds(20))
    scenario.service.workers = 4
    scenario.service.baselineFailures = .none
    scenario.service.endpointPropagation = .zero
    scenario.service.preStop = .zero
    scenario.service.drain = .fixed(.zero)
    scenario.traffic = .constant(Double(replicas) * 20)
    scenario.monitoring.analysis = []
    scenario.monitoring.alerts = []
    scenario.monitoring.slowThreshold = .seconds(5)
    scenario.monitoring.progressDeadline = .hours(3)
    scenario.experiment.horizon = .hours(3)
    let experiment = Experiment(scenario: scenario)
    for strategyIndex in scenario.strategies.indices {
      let strategy = scenario.strategies[strategyIndex].strategy
      let (run, timeline) = experiment.play(strategyIndex: strategyIndex, replication: 0)
      let end = timeline.rows.last
      let text = "scenario \(number), \(strategy): \(timeline.rows.suffix(12).map(\.event))"
      if Self.measuresBeforeTraffic(strategy) { continue }
      #expect(run.outcome == .promoted, "\(text)")
      guard run.outcome == .promoted else { continue }
      #expect((run.metrics[.releaseDuration] ?? 0) >= strategy.leastDuration.seconds, "\(text)")
      #expect(end?.candidateWeight == 1, "\(text)")
      #expect(end?.candidate.desired == replicas, "\(text)")
      #expect(end?.candidate.available == replicas, "\(text)")
      #expect(end?.stable.notGone == 0, "\(text)")
      let begun = experiment.steps(strategyIndex: strategyIndex, replication: 0).map(\.time)
      #expect(begun == begun.sorted())
    }
  }

  /// The strategy without settings that fail good releases: a canary too small for all traffic, a timeout below the start-up.
  private static func withoutTraps(_ strategy: any ReleaseStrategy) -> any ReleaseStrategy {
    if var canary = strategy as? FlaggerCanary {
      canary.canaryReplicas = .share(.whole)
      return canary
    }
    if let update = strategy as? ECSRolling {
      return ECSRolling(
        minimumHealthy: update.minimumHealthy, maximum: update.maximum,
        circuitBreaker: update.circuitBreaker, healthTimeout: .seconds(60), alarms: update.alarms)
    }
    return strategy
  }

  /// Whether something is measured of a candidate that may get no requests: then no data may end the release.
  private static func measuresBeforeTraffic(_ strategy: any ReleaseStrategy) -> Bool {
    switch strategy {
    case let canary as ArgoCanary:
      return canary.backgroundAnalysis != nil
        || canary.steps.contains {
          switch $0 {
          case .analysis: true
          case .experiment(let experiment): !experiment.metrics.isEmpty
          default: false
          }
        }
    case let canary as FlaggerCanary:
      return !canary.analysis.skipsAnalysis && canary.checksPerSecond == 0
    case let update as ArgoBlueGreen:
      return !(update.prePromotionAnalysis + update.postPromotionAnalysis).isEmpty
    default: return false
    }
  }

  @Test(arguments: 2000..<2006) func threadsMakeNoDifference(_ number: Int) throws {
    var scenario = ScenarioGenerator.controllers(number)
    scenario.experiment.replications = 4
    let experiment = Experiment(scenario: scenario)
    let one = try experiment.run(threads: 1)
    #expect(one.count == 4 * scenario.strategies.count)
    #expect(try experiment.run(threads: 2) == one)
  }
}
