import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// When the controllers undo a release that fails every request, and how fast.
struct ControllerRollbackTests {
  private static let errors = AnalysisMetric(
    name: "errors", of: .failures, successMaximum: .percent(1), interval: .seconds(30),
    window: .seconds(30))
  private static let flaggerErrors = FlaggerMetric(
    name: "rate", of: .failures, maximum: .percent(1), interval: .seconds(30))
  private static let threshold = MonitorRule.threshold(
    ThresholdRule(
      of: .failures, maximum: .percent(1), interval: .seconds(30), failureLimit: 0,
      minimumRequests: 1))

  /// A defect that fails everything: (strategy, detection, rollback, restore) in seconds.
  private static func expectUndone(
    _ strategy: any ReleaseStrategy, startup: Int = 20, detection: Int,
    _ effect: DefectEffect =
      .failing(1), _ place: SourceLocation = #_sourceLocation
  ) -> (run: RunResult, timeline: Timeline) {
    let (run, timeline) = playOnce(
      plainScenario(horizon: .hours(4), strategies: [strategy]) {
        $0.service.startup = .fixed(.seconds(startup))
        $0.release = certain(effect)
        $0.monitoring.analysis = [threshold]
      })
    let rows = timeline.rows.suffix(8).map { "\($0.time.seconds) \($0.event)" }
    #expect(run.outcome == .rolledBack, "\(rows)", sourceLocation: place)
    #expect(run.metrics[.detection] == Double(detection), "\(rows)", sourceLocation: place)
    #expect(timeline.rows.last?.candidateWeight == 0, sourceLocation: place)
    #expect(timeline.rows.last?.stable.available == 10, sourceLocation: place)
    #expect(timeline.rows.last?.candidate.notGone == 0, sourceLocation: place)
    return (run, timeline)
  }

  @Test func argoTakesTheTrafficBackAtOnceAndTheReplicasLater() {
    // Weight 20 at 20 s; the analysis begins with the pause after it, and a failed measurement ends it.
    let canary = ArgoCanary(
      steps: TypicalController.steps, isRouted: true,
      backgroundAnalysis: .init(startingStep: 1, metrics: [Self.errors]))
    let (run, timeline) = Self.expectUndone(canary, detection: 10)
    #expect(run.metrics[.rollback] == 0)
    #expect(run.metrics[.restore] == 0)
    #expect(timeline.rows.last { $0.candidate.notGone > 0 }.map { $0.time.seconds <= 60 } == true)
  }

  @Test func flaggerIsOneTickLate() {
    // Weight at 60 s, the check that fails at 120 s, the roll-back at 180 s.
    let canary = FlaggerCanary(
      FlaggerAnalysis(stepWeight: 10, maxWeight: 50), metrics: [Self.flaggerErrors])
    let (run, _) = Self.expectUndone(canary, startup: 5, detection: 120)
    #expect(run.metrics[.rollback] == 0)
    let patient = FlaggerCanary(
      FlaggerAnalysis(threshold: 4, stepWeight: 10, maxWeight: 50), metrics: [Self.flaggerErrors])
    _ = Self.expectUndone(patient, startup: 5, detection: 300)
  }

  @Test func aPostPromotionAnalysisSwitchesBackAtOnce() {
    var metric = Self.errors
    metric.initialDelay = .seconds(60)
    metric.count = 3
    let update = ArgoBlueGreen(postPromotionAnalysis: [metric])
    let (run, _) = Self.expectUndone(update, detection: 60)
    #expect(run.metrics[.rollback] == 0)
    #expect(run.metrics[.restore] == 0)
  }

  @Test func alarmsUndoWhatTheHostedServicesDo() {
    // Traffic from 20 s on. Where the alarms look from the start, the reading at 30 s tells; where they begin with
    // the traffic, half a minute of theirs is over at the reading of 60 s.
    for strategy: any ReleaseStrategy in [
      CodeDeploy(shift: .linear(step: .percent(10), interval: .minutes(1))), NativeECS(.canary),
    ] {
      let (run, _) = Self.expectUndone(strategy, detection: 40)
      #expect(run.metrics[.rollback] == 0)
    }
    for strategy: any ReleaseStrategy in [
      ECSRolling(minimumHealthy: .percent(50), maximum: .percent(100)), CodeDeployHosts(),
    ] {
      _ = Self.expectUndone(strategy, detection: 10)
    }
  }
}
