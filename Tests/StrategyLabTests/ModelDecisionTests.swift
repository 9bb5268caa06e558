import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// What becomes of verdicts that come late, and of pages for nothing.
struct ModelDecisionTests {
  @Test func aVerdictUnderWayArrivesAfterTheLastWatchedStep() {
    // The reading at 80 s finds certain failures; the watched hold ends at that instant, the verdict comes at 110 s.
    let canary = Canary(
      steps: [Canary.Step(weight: .percent(10), pause: .seconds(60))], routing: .weighted,
      maxSurge: .count(1), maxUnavailable: .count(0), analysis: true, scaleDownDelay: .hours(1),
      abortDelay: .zero)
    let scenario = plainScenario(horizon: .hours(2), strategies: [canary]) {
      $0.service.startup = .fixed(.seconds(20))
      $0.release = certain(.failing(1))
      $0.monitoring.scrapeInterval = .seconds(20)
      $0.monitoring.evaluationDelay = .seconds(30)
      $0.monitoring.analysis = [
        .threshold(
          ThresholdRule(
            of: .failures, maximum: .percent(1), interval: .seconds(60), failureLimit: 0,
            minimumRequests: 1))
      ]
    }
    let run = playOnce(scenario).run
    #expect(run.outcome == .rolledBack)
    #expect(run.metrics[.detection] == 90)
  }

  @Test func aDismissedPageCostsTheTimeOfThoseWhoLooked() {
    // Recreate is down for 100 s of an hour: 27.8 times the budget of 99.9%, gone when people look five minutes later.
    let scenario = plainScenario(rate: 1000, horizon: .hours(1), strategies: [Recreate()]) {
      $0.service.workers = 1000
      $0.service.startup = .fixed(.seconds(100))
      $0.people.responders = 2
      $0.people.hourlyCost = 90
      $0.monitoring.alerts = [
        .burnRate(
          BurnRateRule(window: .hours(1), shortWindow: .minutes(5), factor: 14.4, holds: .zero))
      ]
    }
    let (run, timeline) = playOnce(scenario)
    #expect(run.outcome == .promoted)
    let dismissals = timeline.rows.filter { $0.event.hasPrefix("people find nothing") }.count
    #expect(dismissals >= 1)
    // Two people at $90 an hour for five minutes each time.
    #expect(abs((run.metrics[.peopleCost] ?? 0) - Double(dismissals) * 15) < 1e-9)
  }
}

extension ModelDecisionTests {
  @Test func peopleAreCalledOnceToAStandstill() {
    let scenario = plainScenario(
      replicas: 1, horizon: .hours(2),
      strategies: [RollingUpdate(maxSurge: .count(1), maxUnavailable: .count(0))]
    ) { $0.cluster.quota.replicas = 1 }
    let (run, timeline) = playOnce(scenario)
    #expect(run.outcome == .stalled)
    #expect(timeline.rows.filter { $0.event == "people are called" }.count == 1)
  }
}

extension ModelDecisionTests {
  @Test(arguments: [0, 60, 600])
  func aSwitchCutsOffWhatLastsLongerThanTheHold(_ hold: Int) {
    // 20 requests a second that last 5 minutes on average; a replica is killed 30 s after its deletion.
    let scenario = plainScenario(
      rate: 20, horizon: .hours(4), strategies: [BlueGreen.plain(hold: .seconds(hold))]
    ) {
      $0.service.workers = 10_000
      $0.service.serviceTime = .exponential(mean: .minutes(5))
      $0.service.timeout = .hours(24)
      $0.service.drain = .fixed(.hours(1))
      $0.service.preStop = .hours(1)
    }
    let run = playOnce(scenario).run
    // M/G/infinity: rate x mean requests are in work, of which e^(-t/mean) last for t more.
    let left = 20 * 300 * Elementary.exponential(-Double(30 + hold) / 300)
    #expect(abs((run.metrics[.excessFailures] ?? 0) - left) < 5 * left.squareRoot() + 1)
  }
}
