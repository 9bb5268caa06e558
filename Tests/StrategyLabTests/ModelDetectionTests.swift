import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// From the first request that a defect could hurt to the decision, and from there to stable's return.
struct ModelDetectionTests {
  private static let threshold = MonitorRule.threshold(
    ThresholdRule(
      of: .failures, maximum: .percent(1), interval: .seconds(60), failureLimit: 0,
      minimumRequests: 1))

  @Test(arguments: [
    // Scrape interval, evaluation delay, failures allowed, decision. The watch begins at 25 s.
    (30, 15, 0, 105), (1, 0, 0, 85), (7, 3, 0, 94), (30, 15, 1, 165), (60, 0, 0, 120),
  ])
  func aThresholdFindsCertainFailuresAtTheFirstReadingAfterItsInterval(
    _ scrape: Int, _ delay: Int, _ limit: Int, _ decision: Int
  ) {
    var rule = ThresholdRule(
      of: .failures, maximum: .percent(1), interval: .seconds(60), failureLimit: 0,
      minimumRequests: 1)
    rule.failureLimit = limit
    let canary = Canary(
      steps: [Canary.Step(weight: .percent(10), pause: .hours(1))], routing: .weighted,
      maxSurge: .count(1), maxUnavailable: .count(0), analysis: true, scaleDownDelay: .zero,
      abortDelay: .seconds(30))
    let scenario = plainScenario(horizon: .hours(2), strategies: [canary]) {
      $0.release = certain(.failing(1))
      $0.cluster.routePropagation = .seconds(5)
      $0.monitoring.scrapeInterval = .seconds(scrape)
      $0.monitoring.evaluationDelay = .seconds(delay)
      $0.monitoring.analysis = [.threshold(rule)]
    }
    let run = playOnce(scenario).run
    // The candidate is ready at 20 s and gets its share at 25 s, when routers know.
    #expect(run.outcome == .rolledBack)
    #expect(run.metrics[.detection] == Double(decision - 25))
    #expect(run.metrics[.rollback] == 5)
    #expect(run.metrics[.restore] == 0)
    #expect(run.metrics[.mixedVersion] == Double(decision + 5 - 25))
    // 10 of 100 requests a second fail until routers know.
    let failed = 10 * Double(decision + 5 - 25)
    #expect(abs((run.metrics[.requestsFailed] ?? 0) - failed) < 4 * failed.squareRoot())
  }

  @Test(arguments: [
    // Objective in millionths, failure probability, seconds of theory (scipy 1.17.1), page on the grid of 30 s.
    (999_000, 1.0, 51.84, 60), (990_000, 1.0, 518.4, 540), (999_000, 0.1, 518.4, 540),
    (999_000, 0.02, 2592, 2610),
  ])
  func aBurnRateOfAnHourPagesWhenTheBudgetIsUsedUp(
    _ objective: Int, _ failing: Double, _ theory: Double, _ page: Int
  ) {
    let scenario = plainScenario(rate: 20_000, horizon: .hours(2), strategies: [Recreate()]) {
      $0.service.workers = 1000
      $0.service.startup = .fixed(.zero)
      $0.release = certain(.failing(failing))
      $0.costs.objective = Share(millionths: Int64(objective))
      $0.monitoring.alerts = [.burnRate(.total)]
      $0.monitoring.evaluationDelay = .seconds(15)
      $0.people.reaction = .fixed(.minutes(5))
    }
    #expect(Double(page) >= theory && Double(page) - theory < 30)
    let run = playOnce(scenario).run
    // All traffic is on the candidate from 0 on; 15 s of evaluation, 300 s of people.
    #expect(run.metrics[.detection] == Double(page + 315))
    // Undone as it was done: an outage of one start-up, which takes no time here.
    #expect(run.outcome == .rolledBack)
    #expect(run.metrics[.restore] == 0)
  }

  /// A scenario in which certain failures are found by an alert, five minutes after the page.
  private static func alerted(
    _ strategy: any ReleaseStrategy, _ adjust: (inout Scenario) -> Void = { _ in }
  ) -> Scenario {
    plainScenario(rate: 1000, horizon: .hours(3), strategies: [strategy]) {
      $0.service.workers = 1000
      $0.release = certain(.failing(1))
      $0.monitoring.alerts = [.burnRate(.total)]
      adjust(&$0)
    }
  }

  @Test func blueGreenGoesBackAtOnceWithinTheHold() {
    let metrics = playOnce(Self.alerted(BlueGreen.plain(hold: .minutes(30)))).run.metrics
    // Failures from 20 s on, found at the reading of 90 s and acted upon at 390 s.
    #expect(metrics[.detection] == 370)
    #expect(metrics[.rollback] == 0)
    #expect(metrics[.restore] == 0)
  }

  @Test func blueGreenMustDeployStableAnewAfterTheHold() {
    let metrics = playOnce(Self.alerted(BlueGreen.plain(hold: .minutes(1)))).run.metrics
    #expect(metrics[.detection] == 370)
    #expect(metrics[.restore] == 20)
    #expect(metrics[.rollback] == 20)
    #expect(metrics[.downtime] == 0)
  }

  @Test func aRollingUpdateIsUndoneAsItWasDone() {
    let quarter = ReplicaQuantity.share(.percent(25))
    let scenario = Self.alerted(RollingUpdate(maxSurge: quarter, maxUnavailable: quarter))
    let metrics = playOnce(scenario).run.metrics
    // Ten replicas with three more and two fewer: five start at once, and five when they are ready.
    #expect(metrics[.restore] == 40)
    #expect(metrics[.rollback] == 40)
    #expect(metrics[.downtime] == 0)
  }

  @Test func recreateIsUndoneWithTheSameOutage() {
    let scenario = Self.alerted(Recreate()) { $0.service.drain = .fixed(.seconds(7)) }
    let metrics = playOnce(scenario).run.metrics
    #expect(metrics[.downtime] == 54)
    #expect(metrics[.restore] == 27)
    // Nobody meets the candidate from the moment its replicas stop.
    #expect(metrics[.rollback] == 0)
  }

  @Test func peopleSeeACrashAlsoBetweenTwoBackOffs() {
    var effect = DefectEffect()
    effect.startFailureProbability = 1
    // A start of 60 s crashes at 60, 130, 210, 310 and 450 s, and the sixth runs from 610 to 670 s.
    let scenario = plainScenario(replicas: 1, strategies: [BlueGreen.plain()]) {
      $0.service.startup = .fixed(.seconds(60))
      $0.release = certain(effect)
      $0.people.reaction = .fixed(.seconds(30))
    }
    let run = playOnce(scenario).run
    // Called after ten minutes without progress, they look at 630 s; it has hurt nobody since 60 s.
    #expect(run.outcome == .rolledBack)
    #expect(run.metrics[.detection] == 570)
    #expect(run.metrics[.harmedUsers] == 0)
  }

  @Test func complaintsCallPeopleWhereNothingWatches() {
    let scenario = plainScenario(horizon: .hours(2), strategies: [BlueGreen.plain()]) {
      $0.release = certain(.failing(1))
      $0.service.startup = .fixed(.zero)
      $0.people.complaintShare = .percent(1)
      $0.people.complaintsToPage = 20
      $0.people.complaintDelay = .minutes(15)
      $0.users.population = 1_000_000
    }
    // 1% of 2,000 users is 20: after 20 s and a bit, read at 30 s, then 15 min of delay and 5 min of people.
    #expect(playOnce(scenario).run.metrics[.detection] == 1230)
  }
}
