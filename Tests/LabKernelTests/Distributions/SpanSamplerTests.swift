import LabKernel
import LabUnits
import Testing

private let laws: [SpanDistribution] = [
  .uniform(from: .seconds(1), to: .seconds(9)),
  .exponential(mean: .milliseconds(7)),
  .lognormal(median: .seconds(20), percentile95: .minutes(1)),
  .gamma(mean: .seconds(20), variation: 0.1),
  .gamma(mean: .seconds(20), variation: 0.7),
  .gamma(mean: .seconds(20), variation: 1),
  .gamma(mean: .seconds(20), variation: 2.5),
  .weibull(scale: .hours(3), shape: 0.8),
  .weibull(scale: .hours(3), shape: 5),
  .pareto(scale: .milliseconds(20), shape: 5),
]

/// The law as ``SpanDistribution`` states it, whose own sampler draws by other means.
@Test(arguments: laws)
func samplerFollowsTheLawOfItsDistribution(law: SpanDistribution) {
  let sampler = SpanSampler(law)
  var stream = RandomStream.testing(entity: 30)
  var more = RandomStream.testing(entity: 31)
  let sample = (0..<100_000).map { _ in
    sampler.nanoseconds(stream.next()) { more.next() } / 1e9
  }
  var tally = Accumulation()
  for value in sample { tally.add(value) }
  #expect(abs(tally.mean - law.mean) < 4 * (law.variance / 1e5).squareRoot())
  GoodnessOfFit.expectDistribution(of: Array(sample.prefix(50_000))) { 1 - law.survival($0) }
}

@Test func fixedSpansAreExact() {
  let none: () -> UInt64 = { preconditionFailure("nothing is drawn") }
  #expect(SpanSampler(.fixed(.milliseconds(3))).nanoseconds(9, more: none) == 3e6)
  #expect(SpanSampler(.fixed(Span(nanoseconds: -1))).nanoseconds(9, more: none) == 0)
  let still = SpanDistribution.gamma(mean: .seconds(1), variation: 0)
  #expect(SpanSampler(still).nanoseconds(9, more: none) == 1e9)
  let narrow = SpanDistribution.lognormal(median: .seconds(2), percentile95: .seconds(2))
  #expect(SpanSampler(narrow).nanoseconds(1 << 40, more: none) == 2e9)
}

@Test func empiricalValuesAreEquallyLikely() {
  let sampler = SpanSampler(.empirical([.seconds(3), .seconds(5), .seconds(8)]))
  var stream = RandomStream.testing()
  let draws = (0..<60_000).map { _ in Int(sampler.nanoseconds(stream.next()) { 0 } / 1e9) }
  GoodnessOfFit.expectProbabilities(of: draws, in: 3...8) {
    $0 == 3 || $0 == 5 || $0 == 8 ? 1.0 / 3 : 0
  }
}

/// A change here changes the results of every experiment that plays requests.
@Test func spansAreTheGoldenOnes() {
  var stream = RandomStream.testing(entity: 32)
  var digest = Digest()
  for law in laws {
    let sampler = SpanSampler(law)
    for _ in 0..<1000 {
      digest.add(sampler.nanoseconds(stream.next()) { stream.next() }.bitPattern)
    }
  }
  #expect(digest.hexadecimal == "38f6661469253946")
}
