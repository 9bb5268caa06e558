import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// A metric is absent exactly where it does not apply.
struct ModelMetricPresenceTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var outcome: ReleaseOutcome
    var present: Set<Metric>
    var scenario: Scenario

    var testDescription: String { name }
  }

  /// The metrics that can be absent.
  private static let conditional: Set<Metric> = [
    .releaseDuration, .trafficComplete, .detection, .rollback, .restore,
    .exposedUsersAtDecision,
  ]
  private static let promoted: Set<Metric> = [.releaseDuration, .trafficComplete]
  private static let undone: Set<Metric> = [.rollback, .restore, .exposedUsersAtDecision]

  private static func scenario(
    effect: DefectEffect?, hold: Span = .zero, startup: Int = 20, alerts: Bool = true,
    adjust: (inout Scenario) -> Void = { _ in }
  ) -> Scenario {
    plainScenario(rate: 1000, horizon: .hours(1), strategies: [BlueGreen.plain(hold: hold)]) {
      $0.service.workers = 1000
      $0.service.startup = .fixed(.seconds(startup))
      if let effect { $0.release = certain(effect) }
      if alerts { $0.monitoring.alerts = [.burnRate(.total)] }
      adjust(&$0)
    }
  }

  static let cases = [
    Case(
      name: "good, promoted", outcome: .promoted, present: promoted,
      scenario: scenario(effect: nil)),
    Case(
      name: "good, not ready at the horizon", outcome: .stalled, present: [],
      scenario: scenario(effect: nil, startup: 5000)),
    Case(
      name: "good, rolled back by a false alarm", outcome: .rolledBack, present: undone,
      scenario: scenario(effect: nil, hold: .minutes(30)) {
        // An overload, which the candidate has no part in.
        $0.traffic = TrafficModel(
          steps: [
            TrafficModel.Step(start: .zero, requestsPerSecond: 1000),
            TrafficModel.Step(start: .zero + .seconds(60), requestsPerSecond: 400_000),
          ])
      }),
    Case(
      name: "defective, rolled back", outcome: .rolledBack, present: undone.union([.detection]),
      scenario: scenario(effect: .failing(1), hold: .minutes(30))),
    Case(
      name: "defective, never found", outcome: .promoted, present: promoted,
      scenario: scenario(effect: .failing(1), alerts: false)),
    Case(
      name: "defective, found after the promotion", outcome: .rolledBack,
      present: undone.union([.detection]), scenario: scenario(effect: .failing(1))),
    Case(
      name: "defective, roll-back under way at the horizon", outcome: .stalled,
      present: [.rollback, .exposedUsersAtDecision, .detection],
      scenario: scenario(effect: .failing(1), startup: 1800)),
    Case(
      name: "never ready, nobody told", outcome: .stalled, present: [],
      scenario: scenario(effect: crashing, alerts: false) {
        $0.monitoring.progressDeadline = .hours(2)
      }),
    Case(
      name: "never ready, people told", outcome: .rolledBack,
      present: undone.union([.detection]), scenario: scenario(effect: crashing)),
  ]

  private static var crashing: DefectEffect {
    var effect = DefectEffect()
    effect.startFailureProbability = 1
    return effect
  }

  @Test(arguments: cases) func conditionalMetrics(_ one: Case) {
    let run = playOnce(one.scenario).run
    #expect(run.outcome == one.outcome)
    let present = Self.conditional.filter { run.metrics[$0] != nil }
    #expect(present == one.present)
    #expect((run.stallReason != nil) == (one.outcome == .stalled))
    for metric in Metric.allCases where !Self.conditional.contains(metric) {
      #expect(run.metrics[metric] != nil, "\(metric.rawValue) always applies")
    }
  }

  @Test func withoutAnAnswerThereIsNoLatency() {
    // The candidate is never ready, and stable's replicas go at once.
    let scenario = plainScenario(strategies: [Recreate()]) {
      $0.service.startup = .fixed(.hours(2))
    }
    let metrics = playOnce(scenario).run.metrics
    #expect(metrics[.latencyP50] == nil)
    #expect(metrics[.latencyP99] == nil)
    #expect(metrics[.downtime] == 3600)
    #expect(metrics[.requestsFailed] == metrics[.requestsTotal])
  }

  @Test func aSwitchAtTheHorizonIsComplete() {
    let scenario = plainScenario(horizon: .seconds(20), strategies: [BlueGreen.plain()])
    let run = playOnce(scenario).run
    #expect(run.outcome == .promoted)
    #expect(run.metrics[.releaseDuration] == 20)
    #expect(run.metrics[.trafficComplete] == 20)
    #expect(run.metrics[.exposedUsers] == 0)
  }

  @Test func anObjectiveOfEverythingHasNoBudget() {
    let scenario = plainScenario(strategies: [Recreate()]) { $0.costs.objective = .whole }
    #expect(playOnce(scenario).run.metrics[.errorBudget] == nil)
  }
}
