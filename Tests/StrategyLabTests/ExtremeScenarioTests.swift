import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// Scenarios that a file may describe and nobody has: they end, and every number of them is one.
@Suite struct ExtremeScenarioTests {
  /// What killed replicas cut off is more, in the formula, than a Poisson sampler counts.
  @Test func servicesThatTakeMonthsAtTheHighestRate() {
    let scenario = plainScenario(
      replicas: 1, rate: 1e12, strategies: [Recreate()]
    ) {
      $0.service.serviceTime = .empirical([.hours(1), .hours(8784)])
      $0.service.timeout = .milliseconds(1)
      $0.service.drain = .fixed(.seconds(1))
      $0.service.terminationGrace = .milliseconds(1)
    }
    let run = playOnce(scenario).run
    for metric in Metric.allCases {
      if let value = run.metrics[metric] { #expect(value.isFinite, "\(metric)") }
    }
  }
}
