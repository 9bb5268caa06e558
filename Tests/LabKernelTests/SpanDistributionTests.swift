import Foundation
import LabKernel
import LabUnits
import Testing

private let allLaws: [SpanDistribution] = [
  .fixed(.seconds(3)),
  .uniform(from: .seconds(2), to: .seconds(10)),
  .exponential(mean: .milliseconds(20)),
  .exponential(mean: .hours(2)),
  .lognormal(median: .seconds(20), percentile95: .seconds(45)),
  .lognormal(median: .seconds(20), percentile95: .seconds(20)),
  .lognormal(median: .milliseconds(5), percentile95: .milliseconds(50)),
  .gamma(mean: .seconds(5), variation: 0.3),
  .gamma(mean: .seconds(5), variation: 1),
  .gamma(mean: .seconds(5), variation: 2.5),
  .gamma(mean: .seconds(5), variation: 0.01),
  .weibull(scale: .seconds(60), shape: 0.6),
  .weibull(scale: .seconds(60), shape: 1),
  .weibull(scale: .seconds(60), shape: 8),
  .pareto(scale: .milliseconds(10), shape: 5),
  .pareto(scale: .seconds(3), shape: 40),
  .empirical([.seconds(1), .seconds(1), .seconds(4), .seconds(30)]),
]

@Test(arguments: allLaws)
func samplesHaveTheMeanAndVarianceOfTheLaw(_ law: SpanDistribution) {
  var stream = RandomStream.testing()
  var tally = Accumulation()
  let n = 20_000
  for _ in 0..<n {
    let span = law.sample(from: &stream)
    #expect(span >= .zero)
    tally.add(span.seconds)
  }
  let deviation = law.variance.squareRoot()
  #expect(abs(tally.mean - law.mean) <= 4 * deviation / Double(n).squareRoot() + 1e-9)
  // Loose, because the fourth moment of some of these laws is large.
  #expect(abs(tally.variance - law.variance) <= 0.25 * law.variance + 1e-18)
  #expect(abs(law.squaredVariation * law.mean * law.mean - law.variance) <= 1e-12 * law.variance)
}

@Test(arguments: allLaws)
func survivalIsThePartOfSamplesThatAreLonger(_ law: SpanDistribution) {
  var stream = RandomStream.testing(entity: 1)
  let sample = (0..<10_000).map { _ in law.sample(from: &stream).seconds }
  // Not at 0: of a gamma law of small shape many spans are shorter than half a nanosecond.
  for factor in [0.05, 0.2, 0.5, 0.9, 1.2, 2, 5] {
    let t = factor * law.mean
    let part = Double(sample.count { $0 > t }) / Double(sample.count)
    let expected = law.survival(t)
    let bound = 4 * (expected * (1 - expected) / Double(sample.count)).squareRoot()
    #expect(abs(part - expected) <= bound + 1e-9, "at \(t)")
  }
}

@Test(arguments: allLaws)
func meanExcessIsTheIntegralOfTheSurvival(_ law: SpanDistribution) {
  #expect(abs(law.meanExcess(over: 0) - law.mean) <= 1e-12 * law.mean)
  #expect(abs(law.meanExcess(over: -3) - (law.mean + 3)) <= 1e-12 * (law.mean + 3))
  // From one point to the next by the midpoint rule; steps of the discrete laws fall on its borders.
  let points = (0...40).map { 0.1 * Double($0) * law.mean }
  for (from, to) in zip(points, points.dropFirst()) {
    let pieces = 200
    let width = (to - from) / Double(pieces)
    let integral = (0..<pieces).reduce(0) {
      $0 + width * law.survival(from + (Double($1) + 0.5) * width)
    }
    let difference = law.meanExcess(over: from) - law.meanExcess(over: to)
    #expect(abs(difference - integral) <= 1e-3 * width * Double(pieces) + 1e-12, "from \(from)")
    #expect(law.meanExcess(over: to) >= 0)
  }
}

@Test func tailsHaveTheirKnownValues() {
  let exponential = SpanDistribution.exponential(mean: .seconds(2))
  #expect(abs(exponential.survival(2) - exp(-1)) < 1e-16)
  #expect(abs(exponential.meanExcess(over: 2) - 2 * exp(-1)) < 1e-15)
  let gamma = SpanDistribution.gamma(mean: .seconds(2), variation: 1)
  let weibull = SpanDistribution.weibull(scale: .seconds(2), shape: 1)
  for t in [0.1, 1, 4, 30] {
    #expect(abs(gamma.survival(t) - exponential.survival(t)) < 1e-14)
    #expect(abs(gamma.meanExcess(over: t) - exponential.meanExcess(over: t)) < 1e-14)
    #expect(abs(weibull.survival(t) - exponential.survival(t)) < 1e-14)
    #expect(abs(weibull.meanExcess(over: t) - exponential.meanExcess(over: t)) < 1e-14)
  }
  let lognormal = SpanDistribution.lognormal(median: .seconds(20), percentile95: .seconds(45))
  #expect(abs(lognormal.survival(20) - 0.5) < 1e-15)
  #expect(abs(lognormal.survival(45) - 0.05) < 1e-15)
  #expect(lognormal.survival(0) == 1)
  let uniform = SpanDistribution.uniform(from: .seconds(2), to: .seconds(10))
  #expect(uniform.survival(4) == 0.75)
  #expect(uniform.meanExcess(over: 6) == 1)
}

@Test func paretoHasItsKnownMoments() {
  let law = SpanDistribution.pareto(scale: .seconds(2), shape: 3)
  #expect(abs(law.mean - 3) < 1e-15 && abs(law.variance - 3) < 1e-14)
  #expect(law.survival(1.9) == 1 && law.survival(2) == 1)
  #expect(abs(law.survival(4) - 0.125) < 1e-16)
  // The integral of 8 / t³ from 4 on.
  #expect(abs(law.meanExcess(over: 4) - 0.25) < 1e-15 && law.meanExcess(over: 1) == 2)
  #expect(law.quantile(0.875) == .seconds(4))
  let heavy = SpanDistribution.pareto(scale: .seconds(2), shape: 2)
  #expect(heavy.mean == 4 && heavy.variance == .infinity)
  #expect(heavy.squaredVariation == .infinity)
  #expect(abs(heavy.meanExcess(over: 8) - 0.5) < 1e-15)
  let endless = SpanDistribution.pareto(scale: .seconds(2), shape: 1)
  #expect(endless.mean == .infinity && endless.meanExcess(over: 9) == .infinity)
  #expect(endless.variance == .infinity)
}

@Test func lawsWithoutSpreadAreFixed() {
  let laws: [SpanDistribution] = [
    .fixed(.seconds(4)), .uniform(from: .seconds(4), to: .seconds(4)),
    .lognormal(median: .seconds(4), percentile95: .seconds(4)),
    .gamma(mean: .seconds(4), variation: 0), .empirical([.seconds(4)]),
  ]
  var stream = RandomStream.testing()
  for law in laws {
    #expect(law.sample(from: &stream) == .seconds(4))
    #expect(law.mean == 4 && law.variance == 0 && law.squaredVariation == 0)
    #expect(law.survival(3.9) == 1 && law.survival(4) == 0)
    #expect(abs(law.meanExcess(over: 1) - 3) < 1e-15 && law.meanExcess(over: 5) == 0)
  }
}

@Test func fixedSpanTakesNoDraw() {
  var stream = RandomStream.testing()
  _ = SpanDistribution.fixed(.seconds(1)).sample(from: &stream)
  #expect(stream == .testing())
}

@Test func aSpanIsNeverNegativeNorTooLong() {
  var stream = RandomStream.testing()
  #expect(SpanDistribution.fixed(Span(nanoseconds: -5)).sample(from: &stream) == .zero)
  let wild = SpanDistribution.weibull(scale: .hours(24 * 366), shape: 0.1)
  for _ in 0..<1000 {
    let span = wild.sample(from: &stream)
    #expect(span >= .zero && span.nanoseconds <= 9_200_000_000_000_000_000)
  }
}

@Test(arguments: allLaws, [0.001, 0.05, 0.5, 0.75, 0.95, 0.999])
func theQuantileIsWhereSoManyDrawsAreAtMost(_ law: SpanDistribution, _ probability: Double) {
  let span = law.quantile(probability)
  // A law of few values jumps, so the quantile is the least value that enough draws do not exceed.
  let slack = 2e-9
  #expect(1 - law.survival(span.seconds * (1 + slack) + slack) >= probability - 1e-7)
  let before = span.seconds * (1 - slack) - slack
  #expect(before < 0 || 1 - law.survival(before) <= probability + 1e-7)
}

@Test func quantilesHaveTheirKnownValues() {
  let lognormal = SpanDistribution.lognormal(median: .seconds(25), percentile95: .seconds(45))
  #expect(lognormal.quantile(0.5) == .seconds(25))
  #expect(abs(lognormal.quantile(0.95).seconds - 45) < 1e-8)
  let spans = SpanDistribution.empirical([.seconds(4), .seconds(1), .seconds(30)])
  #expect(spans.quantile(0.3) == .seconds(1))
  #expect(spans.quantile(0.5) == .seconds(4))
  #expect(spans.quantile(0.99) == .seconds(30))
}
