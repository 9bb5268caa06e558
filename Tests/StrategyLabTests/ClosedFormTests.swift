import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// Results that can be worked out with pencil and paper, and must come out to the last digit.
struct ClosedFormTests {
  @Test(arguments: [(10, 20, 60, 600), (40, 37, 120, 30), (1, 5, 0, 0), (200, 90, 300, 1800)])
  func blueGreenCostsStartUpChecksAndHoldOfASecondFleet(
    _ replicas: Int, _ startup: Int, _ checks: Int, _ hold: Int
  ) {
    let scenario = plainScenario(
      replicas: replicas,
      strategies: [BlueGreen.plain(checks: .seconds(checks), hold: .seconds(hold))]
    ) { $0.service.startup = .fixed(.seconds(startup)) }
    let run = playOnce(scenario).run
    #expect(run.outcome == .promoted)
    #expect(
      run.metrics[.extraReplicaSeconds] == Double(replicas) * Double(startup + checks + hold))
    #expect(run.metrics[.peakReplicas] == Double(2 * replicas))
    #expect(run.metrics[.peakReplicaRatio] == 2)
    #expect(run.metrics[.releaseDuration] == Double(startup + checks + hold))
    #expect(run.metrics[.trafficComplete] == Double(startup + checks))
    #expect(run.metrics[.mixedVersion] == 0)
    #expect(run.metrics[.downtime] == 0)
    // Only users who came before the switch and not after it have not met the candidate.
    #expect((run.metrics[.exposedUsers] ?? 0) > 0.97)
  }

  @Test func recreateIsDownForDrainAndStartUp() {
    let scenario = plainScenario(strategies: [Recreate()]) {
      $0.service.drain = .fixed(.seconds(7))
    }
    let run = playOnce(scenario).run
    #expect(run.metrics[.downtime] == 27)
    #expect(run.metrics[.releaseDuration] == 27)
    #expect(run.metrics[.peakReplicas] == 10)
    #expect(run.metrics[.extraReplicaSeconds] == 0)
  }

  @Test func firstMoveOfARollingUpdateOfFifteenHasTwentyTwoPods() {
    let scenario = plainScenario(
      replicas: 15,
      strategies: [
        RollingUpdate(maxSurge: .share(.percent(25)), maxUnavailable: .share(.percent(25)))
      ]
    ) { $0.service.drain = .fixed(.seconds(10)) }
    let (run, timeline) = playOnce(scenario)
    let first = timeline.rows.first { $0.candidate.notGone > 0 }
    #expect(first?.candidate.starting == 7)
    #expect(first?.stable.terminating == 3)
    #expect(first.map { $0.stable.notGone + $0.candidate.notGone } == 22)
    #expect(run.outcome == .promoted)
  }

  @Test func oneReplicaOnAFullQuotaStalls() {
    let scenario = plainScenario(
      replicas: 1,
      strategies: [
        RollingUpdate(maxSurge: .share(.percent(25)), maxUnavailable: .share(.percent(25)))
      ]
    ) { $0.cluster.quota.replicas = 1 }
    let run = playOnce(scenario).run
    #expect(run.outcome == .stalled)
    #expect(
      run.stallReason
        == "1 candidate replica waits for room in the quota: 1 of 1 replicas are in use")
    #expect(run.metrics[.releaseDuration] == nil)
    #expect(run.metrics[.downtime] == 0)
  }

  @Test func exposureWithoutStickinessIsOneMinusTheChanceOfMissingEveryTime() {
    // Each of 10,000 users sends exactly 20 requests within the hour, while 5% of requests go to the candidate.
    let scenario = plainScenario(
      rate: 10_000 * 20 / 3600.0, strategies: [Canary.endless(weight: .percent(5))]
    ) {
      $0.users.activity = .fixed
      $0.service.startup = .fixed(.zero)
    }
    let run = playOnce(scenario).run
    #expect(abs((run.metrics[.exposedUsers] ?? 0) - 0.6415140775914581) < 1e-12)
  }

  @Test func exposureByUserCohortIsTheWeight() {
    let scenario = plainScenario(
      rate: 10_000 * 20 / 3600.0, strategies: [Canary.endless(weight: .percent(5))]
    ) {
      $0.users.activity = .fixed
      $0.users.stickiness = .user
      $0.service.startup = .fixed(.zero)
    }
    let run = playOnce(scenario).run
    #expect(abs((run.metrics[.exposedUsers] ?? 0) - 0.05) < 1e-15)
  }

  @Test func twentyPercentErrorsOnAFivePercentCanaryAreOnePercentOfRequests() {
    // SRE Workbook, chapter 16.
    let scenario = plainScenario(
      rate: 10_000, horizon: .hours(12), strategies: [Canary.endless(weight: .percent(5))]
    ) {
      $0.release = certain(.failing(0.2))
      $0.service.startup = .fixed(.zero)
      $0.service.workers = 1000
    }
    let run = playOnce(scenario).run
    let share = (run.metrics[.requestsFailed] ?? 0) / (run.metrics[.requestsTotal] ?? 1)
    // 432 million requests: the share's standard deviation is 4.8e-6.
    #expect(abs(share - 0.01) < 3e-5)
  }

  @Test func anObjectiveOfThreeNinesLeavesFortyThreeMinutesAMonth() {
    // 43.2 bad minutes use the budget of 30 days up; SRE Workbook, appendix A.
    let scenario = plainScenario(rate: 1000, horizon: .hours(720), strategies: [Recreate()]) {
      $0.service.startup = .fixed(.seconds(2592))
      $0.service.workers = 1000
      $0.monitoring.scrapeInterval = .hours(1)
      $0.monitoring.progressDeadline = .hours(1)
    }
    let run = playOnce(scenario).run
    #expect(run.metrics[.downtime] == 43.2 * 60)
    #expect(abs((run.metrics[.errorBudget] ?? 0) - 1) < 0.005)
  }
}

extension Canary {
  /// A canary that stays at its first weight until the horizon.
  static func endless(weight: Share) -> Canary {
    Canary(
      steps: [Step(weight: TrafficWeight(weight), pause: .hours(24 * 40))], routing: .weighted,
      maxSurge: .share(.percent(25)), maxUnavailable: .share(.percent(25)), analysis: false,
      scaleDownDelay: .zero, abortDelay: .zero)
  }
}
