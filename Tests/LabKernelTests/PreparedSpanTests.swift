import LabUnits
import Testing

@testable import LabKernel

/// A law made ready draws what the law draws.
struct PreparedSpanTests {
  @Test(arguments: [
    SpanDistribution.fixed(.seconds(5)), .fixed(.seconds(-5)),
    .uniform(from: .seconds(1), to: .seconds(4)), .exponential(mean: .seconds(3)),
    .lognormal(median: .seconds(25), percentile95: .seconds(45)),
    .lognormal(median: .seconds(25), percentile95: .seconds(25)),
    .gamma(mean: .seconds(9), variation: 0.7), .weibull(scale: .seconds(9), shape: 1.5),
    .pareto(scale: .seconds(1), shape: 2.5), .empirical([.seconds(1), .seconds(8)]),
  ])
  func itDrawsTheSameSpans(_ law: SpanDistribution) {
    let prepared = PreparedSpan(law)
    for entity in 0..<200 {
      var (one, other) = (
        RandomStream.testing(entity: entity), RandomStream.testing(entity: entity)
      )
      #expect(prepared.sample(from: &one) == law.sample(from: &other))
      #expect(one == other, "and takes as much from the stream")
    }
    #expect((prepared.fixed != nil) == (law == .fixed(.seconds(5)) || law == .fixed(.seconds(-5))))
  }
}
