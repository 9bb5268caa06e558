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
}
