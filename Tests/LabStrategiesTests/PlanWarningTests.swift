import LabStrategies
import LabUnits
import Testing

/// What a strategy knows of its own plan that will surprise.
@Suite struct PlanWarningTests {
  /// Flagger, docs/gitbook/usage/how-it-works.md: stepWeight 20 and maxWeight 50 go 20, 40, 60.
  @Test(arguments: [
    (20, 50, "the steps go 20%, 40%, 60%, beyond the maximum of 50%"),
    (30, 80, "the steps go 30%, 60%, 90%, beyond the maximum of 80%"),
    (10, 50, nil), (50, 100, nil), (60, 100, nil),
  ])
  func flaggerStepsBeyondItsLargestWeight(_ step: Int, _ most: Int, _ message: String?) {
    let strategy = FlaggerCanary(FlaggerAnalysis(stepWeight: step, maxWeight: most))
    #expect(strategy.planWarnings(replicas: 10).first?.message == message)
  }

  @Test func flaggerJudgesAStepByTheOneBefore() {
    let metric = FlaggerMetric(
      name: "success rate", of: .failures, maximum: .percent(1), interval: .minutes(5))
    let strategy = FlaggerCanary(
      FlaggerAnalysis(stepWeight: 10, maxWeight: 50), interval: .minutes(1), metrics: [metric])
    #expect(strategy.planWarnings(replicas: 10).map(\.key) == ["metrics[0].interval"])
  }

  @Test func argoPausesShorterThanItsBackgroundAnalysis() {
    let metric = AnalysisMetric(
      name: "success-rate", of: .failures, successMaximum: .percent(1), interval: .minutes(2))
    let steps: [ArgoCanaryStep] = [
      .setWeight(10), .pause(.minutes(1)), .setWeight(50), .pause(.minutes(2)), .pause(nil),
      .pause(.seconds(30)),
    ]
    func keys(startingStep: Int) -> [String] {
      ArgoCanary(
        steps: steps, isRouted: true,
        backgroundAnalysis: .init(startingStep: startingStep, metrics: [metric])
      ).planWarnings(replicas: 10).map(\.key)
    }
    #expect(keys(startingStep: 0) == ["steps[1].pause", "steps[5].pause"])
    #expect(keys(startingStep: 2) == ["steps[5].pause"])
    #expect(keys(startingStep: 9) == [])
    #expect(ArgoCanary(steps: steps).planWarnings(replicas: 10) == [])
  }
}
