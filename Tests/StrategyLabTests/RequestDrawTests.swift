import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// What single requests draw, and what extreme draws come to.
@Suite struct RequestDrawTests {
  private static func traffic(_ law: SpanDistribution) -> RequestTraffic {
    let scenario = plainScenario(replicas: 1, rate: 0, strategies: [Recreate()]) {
      $0.service.serviceTime = law
      $0.experiment.detail = .request
    }
    return StandingTraffic(scenario).traffic
  }

  /// A gamma law goes on with further words at every draw; they are nobody else's.
  @Test func requestsChecksAndRetriesGoOnWithTheirOwnWords() {
    let traffic = Self.traffic(.gamma(mean: .milliseconds(50), variation: 2))
    let sources = [
      traffic.arrivals.furtherWords, traffic.checks.furtherWords, traffic.retryWords.furtherWords,
    ]
    var works: Set<Double> = []
    for number in [3, 3 + 1 << 32, 3 + 1 << 40] as [UInt64] {
      for source in sources { works.insert(traffic.service(1 << 63 | 12_345, number, source)) }
    }
    #expect(works.count == 9)
  }

  @Test func noRequestWorksForLongerThanThreeYears() {
    // An hour times the tenth power of an exponential quantity: of 1,000, some 60 last longer than three years.
    let traffic = Self.traffic(.weibull(scale: .hours(1), shape: 0.1))
    let words = traffic.arrivals.furtherWords
    let works = (0..<1000 as Range<UInt64>).map { number in
      traffic.service(words.word(number, 0), number, words)
    }
    #expect(works.allSatisfy { $0 <= RequestTerms.longestWork })
    #expect(works.contains(RequestTerms.longestWork))
  }

  /// A fleet so full that stable alone is played beside it, and services that no clock can count.
  @Test func endlessServicesAreNoMatter() {
    var scenario = plainScenario(replicas: 2, horizon: .minutes(2), strategies: [Recreate()]) {
      $0.traffic = TrafficModel(steps: [
        TrafficModel.Step(start: .zero, requestsPerSecond: 0),
        TrafficModel.Step(start: .zero + .seconds(1), requestsPerSecond: 20),
      ])
      $0.service.workers = 3
      $0.service.serviceTime = .weibull(scale: .hours(1), shape: 0.1)
      $0.experiment.detail = .request
    }
    scenario.autoscaler = AutoscalerModel(
      rules: HorizontalPodAutoscaler(minimum: 1, maximum: 4, target: .percent(50)),
      scope: .service)
    let run = playOnce(scenario).run
    #expect((run.metrics[.requestsFailed] ?? 0) > 0)
  }

  /// Twenty of these services are eight thousand years; two million requests are enough.
  @Test func theTimeBeforeTheReleaseIsNotEndless() {
    let scenario = plainScenario(rate: 1_000, strategies: [Recreate()]) {
      $0.service.serviceTime = .weibull(scale: .hours(1), shape: 0.1)
    }
    #expect(RequestTerms(CompiledScenario(scenario)).lead == 2_000 * 1_000_000_000)
  }

  /// Every event of the fleet tells checks their rate once more.
  @Test func theSameRateOnceMoreMovesNoArrival() {
    let world = World(seed: 1, replication: 0, risk: certain(.failing(1)))
    var arrivals = RequestArrivals(
      world, WorldPurpose.checkArrivals, service: SpanSampler(.fixed(.seconds(1))))
    arrivals.change(rate: 1.0 / 3, at: 12_345)
    let next = arrivals.next
    for instant in stride(from: Int64(20_000), to: Int64(next), by: 999_983).prefix(1_000) {
      arrivals.change(rate: 1.0 / 3, at: instant)
    }
    #expect(arrivals.next == next)
    arrivals.change(rate: 1, at: 20_000)
    #expect(arrivals.next < next)
  }
}
