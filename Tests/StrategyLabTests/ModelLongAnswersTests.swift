import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// Releases of a service whose answers take minutes: the flow knows what the requests know, and no sooner.
@Suite struct ModelLongAnswersTests {
  private static func canary(
    pause: Span, failureLimit: Int, replications: Int, _ adjust: (inout Scenario) -> Void
  ) -> Scenario {
    let canary = Canary(
      steps: [Canary.Step(weight: .percent(50), pause: pause)], routing: .weighted,
      maxSurge: .count(1), maxUnavailable: .count(0), analysis: true, scaleDownDelay: .zero,
      abortDelay: .zero)
    return plainScenario(replicas: 4, rate: 4, horizon: .minutes(40), strategies: [canary]) {
      $0.service.startup = .fixed(.zero)
      $0.service.workers = 400
      $0.service.timeout = .hours(1)
      $0.release = certain(.failing(0.3))
      $0.users.population = 1000
      $0.users.requestsPerSession = 2
      $0.users.sessionDuration = .minutes(20)
      $0.monitoring.scrapeInterval = .seconds(15)
      $0.monitoring.analysis = [
        .threshold(
          ThresholdRule(
            of: .failures, maximum: .percent(10), interval: .seconds(60),
            failureLimit: failureLimit, minimumRequests: 5))
      ]
      $0.experiment.replications = replications
      adjust(&$0)
    }
  }

  private static func runs(_ scenario: Scenario, _ detail: DetailLevel) -> [RunResult] {
    var scenario = scenario
    scenario.experiment.detail = detail
    return (0..<scenario.experiment.replications).map { playOnce(scenario, replication: $0).run }
  }

  private static func mean(_ runs: [RunResult], _ metric: Metric) -> Double {
    let values = runs.compactMap { $0.metrics[metric] }
    return values.reduce(0, +) / Double(max(1, values.count))
  }

  @Test func exposureAtTheDecisionIsThatOfTheRequests() {
    let scenario = Self.canary(pause: .minutes(30), failureLimit: 2, replications: 24) {
      $0.service.serviceTime = .exponential(mean: .minutes(2))
    }
    let (flow, requests) = (Self.runs(scenario, .flow), Self.runs(scenario, .request))
    for runs in [flow, requests] {
      #expect(runs.allSatisfy { $0.metrics[.exposedUsersAtDecision] != nil })
    }
    // Half of those who have sent a request are not answered yet; what is left is chance.
    let exposed = Self.mean(requests, .exposedUsersAtDecision)
    let inFlow = Self.mean(flow, .exposedUsersAtDecision)
    #expect(abs(inFlow / exposed - 1) < 0.12, "\(inFlow) instead of \(exposed)")
    let detection = Self.mean(requests, .detection)
    #expect(abs(Self.mean(flow, .detection) - detection) < 20, "\(detection)")
  }

  @Test(arguments: [DetailLevel.flow, .request])
  func nobodyRollsBackForWhatNobodyKnowsYet(_ detail: DetailLevel) {
    // Every answer takes three minutes, and the release is over after two.
    let scenario = Self.canary(pause: .minutes(2), failureLimit: 0, replications: 4) {
      $0.service.serviceTime = .fixed(.minutes(3))
    }
    #expect(Self.runs(scenario, detail).allSatisfy { $0.outcome == .promoted })
  }

  @Test(arguments: [DetailLevel.flow, .request])
  func whomACrashCutsOffHasNotMetTheCandidate(_ detail: DetailLevel) throws {
    var effect = DefectEffect()
    effect.crashUptime = .fixed(.seconds(30))
    // The candidate crashes after 30 s and, started again after 10, after 70 s; no answer comes before two minutes.
    let scenario = Self.canary(pause: .hours(2), failureLimit: 9, replications: 1) {
      $0.service.serviceTime = .fixed(.minutes(2))
      $0.release = certain(effect)
      $0.experiment.horizon = .seconds(75)
    }
    let run = Self.runs(scenario, detail)[0]
    let exposed = try #require(run.metrics[.exposedUsers])
    #expect(exposed < 1e-9)
    #expect((run.metrics[.requestsCandidate] ?? 0) > 60)
  }

  @Test func anOverloadTakesItsTimeToBuildUp() {
    var effect = DefectEffect()
    effect.serviceTimeFactor = 3
    // The candidate's half of the requests needs 720 workers, and has 400.
    let scenario = Self.canary(pause: .hours(1), failureLimit: 9, replications: 24) {
      $0.service.workers = 200
      $0.service.serviceTime = .exponential(mean: .minutes(2))
      $0.release = certain(effect)
    }
    let (flow, requests) = (Self.runs(scenario, .flow), Self.runs(scenario, .request))
    for metric in [Metric.latencyP50, .latencyP99] {
      let (known, played) = (Self.mean(flow, metric), Self.mean(requests, metric))
      #expect(abs(known / played - 1) < 0.03, "\(metric): \(known) instead of \(played)")
    }
  }

  @Test func whatIsCutOffIsMissingAmongTheLongAnswers() {
    let scenario = Self.canary(pause: .minutes(20), failureLimit: 9, replications: 24) {
      $0.service.serviceTime = .exponential(mean: .minutes(4))
      $0.service.drain = .fixed(.minutes(3))
      $0.service.terminationGrace = .minutes(3)
      $0.release.defectProbability = .none
    }
    let (flow, requests) = (Self.runs(scenario, .flow), Self.runs(scenario, .request))
    let (known, played) = (Self.mean(flow, .latencyP99), Self.mean(requests, .latencyP99))
    // Nobody being cut off, it would be 240 s times the logarithm of 100.
    #expect(played < 1080)
    #expect(abs(known / played - 1) < 0.02, "\(known) instead of \(played)")
    let lost = (Self.mean(flow, .requestsFailed), Self.mean(requests, .requestsFailed))
    #expect(abs(lost.0 / lost.1 - 1) < 0.04, "\(lost.0) instead of \(lost.1)")
    let harmed = (Self.mean(flow, .harmedUsers), Self.mean(requests, .harmedUsers))
    #expect(abs(harmed.0 / harmed.1 - 1) < 0.04, "\(harmed.0) instead of \(harmed.1)")
  }
}
