import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// What a release costs, in closed form.
struct ModelMoneyTests {
  /// Replicas of 0.096 dollars an hour; overlaps and costs as of scipy 1.17.1.
  @Test(arguments: [(0, 3600, 1.9840000000000002), (600, 300, 0.544)])
  func aSecondFleetCostsItsOverlap(_ checks: Int, _ hold: Int, _ dollars: Double) {
    let scenario = plainScenario(
      replicas: 20, horizon: .hours(2),
      strategies: [BlueGreen.plain(checks: .seconds(checks), hold: .seconds(hold))]
    ) {
      $0.service.startup = .fixed(.seconds(120))
      $0.cluster.prices.corePerHour = 0.192
      $0.cluster.prices.gibibytePerHour = 0
    }
    let metrics = playOnce(scenario).run.metrics
    #expect(abs((metrics[.extraInfrastructureCost] ?? 0) - dollars) < 1e-9)
    #expect(abs((metrics[.infrastructureCost] ?? 0) - 20 * 2 * 0.096 - dollars) < 1e-9)
  }

  @Test func aPreviewCostsItsOwnSizeUntilItGrows() {
    let strategy = BlueGreen(
      preview: .share(.percent(25)), checks: .seconds(120), checkRate: 1, hold: .seconds(300),
      analysis: false, abortDelay: .zero)
    let metrics = playOnce(plainScenario(strategies: [strategy])).run.metrics
    // Three (a quarter of ten, rounded up) for 140 s, then ten for a start-up and the hold.
    #expect(metrics[.extraReplicaSeconds] == 3620)
    #expect(metrics[.peakReplicas] == 20)
    #expect(metrics[.trafficComplete] == 160)
    #expect(metrics[.releaseDuration] == 460)
  }

  private static var steppedCanary: Canary {
    Canary(
      steps: [
        Canary.Step(weight: .percent(10), pause: .seconds(60)),
        Canary.Step(weight: .percent(50), pause: .seconds(120)),
      ], routing: .weighted, maxSurge: .share(.percent(25)),
      maxUnavailable: .share(.percent(25)), analysis: false, scaleDownDelay: .seconds(30),
      abortDelay: .seconds(30))
  }

  @Test func aCanaryCostsTheReplicasOfEachStep() {
    let metrics = playOnce(plainScenario(strategies: [Self.steppedCanary])).run.metrics
    // One for start-up and pause, five for theirs, ten for start-up and scale-down delay.
    #expect(metrics[.extraReplicaSeconds] == 1280)
    #expect(metrics[.trafficComplete] == 240)
    #expect(metrics[.releaseDuration] == 270)
    #expect(metrics[.mixedVersion] == 220)
    #expect(metrics[.mixedRunning] == 270)
    #expect(metrics[.downtime] == 0)
    let price = (0.5 * 0.031611 + 0.5 * 0.004237) / 3600
    let dollars = metrics[.extraInfrastructureCost] ?? 0
    #expect(abs(dollars - 1280 * price) < 1e-12)
  }

  @Test func aNodeIsPaidFromItsReadinessToTheScaleDown() {
    // Eight replicas fill a node. The second node comes after 70 s and the candidate after 90 s; stable's node
    // is empty from then on and goes ten minutes later.
    let scenario = plainScenario(replicas: 8, strategies: [BlueGreen.plain()]) {
      $0.cluster.nodeCount = nil
      $0.cluster.prices.billing = .nodes
    }
    let metrics = playOnce(scenario).run.metrics
    let price = 0.194236 / 3600
    #expect(metrics[.releaseDuration] == 90)
    #expect(metrics[.peakNodes] == 2)
    #expect(metrics[.pendingTime] == 560)
    #expect(abs((metrics[.extraInfrastructureCost] ?? 0) - 620 * price) < 1e-12)
    #expect(abs((metrics[.infrastructureCost] ?? 0) - 4220 * price) < 1e-12)
  }

  @Test func aNodeThatNobodyWaitsForAnyMoreIsPaidForItsDelay() {
    // The release is ordered back after 30 s, before the node is there.
    var effect = DefectEffect()
    effect.startFailureProbability = 1
    let scenario = plainScenario(replicas: 8, strategies: [BlueGreen.plain()]) {
      $0.cluster.nodeCount = nil
      $0.cluster.nodeProvisioning = .fixed(.minutes(20))
      $0.cluster.prices.billing = .nodes
      $0.release = certain(effect)
      $0.monitoring.progressDeadline = .minutes(30)
    }
    let metrics = playOnce(scenario).run.metrics
    // From 20 min to the horizon: the candidate crashes on it and keeps it in use until it is rolled back.
    #expect(metrics[.peakNodes] == 2)
    let seconds = (metrics[.extraInfrastructureCost] ?? 0) / (0.194236 / 3600)
    #expect(seconds > 600 && seconds <= 2400)
  }

  @Test func aHoldBeyondTheHorizonIsPaidUntilTheHorizon() {
    let run = playOnce(
      plainScenario(strategies: [BlueGreen.plain(hold: .hours(2))])
    ).run
    #expect(run.outcome == .stalled)
    #expect(run.stallReason == "the release was still under way at the horizon")
    #expect(run.metrics[.extraReplicaSeconds] == 36_000)
    #expect(run.metrics[.releaseDuration] == nil)
    #expect(run.metrics[.trafficComplete] == nil)
  }

  @Test func attentionIsPaidWhileTheReleaseIsUnderWay() {
    // 10% of a person of $100 an hour for a release of 60 s, whose roll-back comes half an hour later.
    let scenario = plainScenario(horizon: .hours(2), strategies: [BlueGreen.plain()]) {
      $0.people.attention = .percent(10)
      $0.people.responders = 0
      $0.service.startup = .fixed(.seconds(60))
      $0.release = certain(.failing(1))
      $0.monitoring.alerts = [.burnRate(.total)]
      $0.people.reaction = .fixed(.minutes(30))
    }
    let run = playOnce(scenario).run
    #expect(run.outcome == .rolledBack)
    #expect(abs((run.metrics[.peopleCost] ?? 0) - 0.1 * 100 / 60) < 1e-9)
  }

  @Test func anIncidentLastsFromThePageUntilStableIsBack() {
    let scenario = plainScenario(
      rate: 1000, horizon: .hours(2), strategies: [BlueGreen.plain(hold: .hours(1))]
    ) {
      $0.service.workers = 1000
      $0.release = certain(.failing(1))
      $0.monitoring.alerts = [.burnRate(.total)]
      $0.cluster.routePropagation = .seconds(4)
      $0.costs.incidentMinute = 60
      $0.costs.failedRequest = 0
    }
    let metrics = playOnce(scenario).run.metrics
    // Errors from 24 s on, the page at the reading of 90 s, five minutes of people, 4 s of routers.
    #expect(metrics[.rollback] == 4)
    #expect(abs((metrics[.failureCost] ?? 0) - 304) < 1e-9)
    #expect(abs((metrics[.peopleCost] ?? 0) - 2 * 100 * 304 / 3600) < 1e-9)
  }

  @Test func aPageThatPeopleDismissedIsNoPartOfALaterIncident() {
    // No progress for a minute calls people at once, who find nothing; the real trouble begins an hour later.
    var effect = DefectEffect.failing(1)
    effect.onsetUptime = .fixed(.hours(1))
    let scenario = plainScenario(
      rate: 1000, horizon: .hours(3), strategies: [BlueGreen.plain(hold: .hours(2))]
    ) {
      $0.service.workers = 1000
      $0.service.startup = .fixed(.seconds(90))
      $0.release = certain(effect)
      $0.monitoring.progressDeadline = .minutes(1)
      $0.monitoring.alerts = [.burnRate(.total)]
      $0.people.reaction = .fixed(.seconds(20))
      $0.costs.incidentMinute = 60
      $0.costs.failedRequest = 0
    }
    let run = playOnce(scenario).run
    #expect(run.outcome != .promoted)
    #expect(abs((run.metrics[.failureCost] ?? 0) - 20) < 1e-9)
  }
}

extension BurnRateRule {
  /// Finds total failure at an objective of 99.9% after 51.84 s.
  static let total = BurnRateRule(
    window: .hours(1), shortWindow: .minutes(5), factor: 14.4, holds: .zero)
}
