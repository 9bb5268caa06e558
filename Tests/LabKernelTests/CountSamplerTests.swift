import Foundation
import LabKernel
import Testing

@Test(arguments: [0.1, 1, 5, 9.99, 10, 10.01, 30, 1000])
func poissonFollowsItsLaw(mean: Double) {
  var stream = RandomStream.testing()
  let sample = (0..<100_000).map { _ in stream.poisson(mean: mean) }
  GoodnessOfFit.expectMoments(
    of: sample.map(Double.init), mean: mean, variance: mean, kurtosis: 3 + 1 / mean)
  let reach = Int(6 * mean.squareRoot() + 10)
  let range = max(0, Int(mean) - reach)...Int(mean) + reach
  GoodnessOfFit.expectProbabilities(of: sample, in: range) {
    exp(Double($0) * log(mean) - mean - lgamma(Double($0) + 1))
  }
}

@Test(arguments: [1e6, 1e9, 1e12, 9e15])
func poissonOfHugeMeanIsNearlyNormal(mean: Double) {
  var stream = RandomStream.testing()
  let sample = (0..<100_000).map { _ in (Double(stream.poisson(mean: mean)) - mean) / sqrt(mean) }
  GoodnessOfFit.expectMoments(of: sample, mean: 0, variance: 1, kurtosis: 3)
  GoodnessOfFit.expectDistribution(of: sample) {
    0.5 * erfc(-($0 + 0.5 / sqrt(mean)) / 2.0.squareRoot())
  }
}

@Test(arguments: [0, 1e-300, 1e-12])
func poissonOfTinyMeanIsZero(mean: Double) {
  var stream = RandomStream.testing()
  #expect((0..<10_000).allSatisfy { _ in stream.poisson(mean: mean) == 0 })
}

@Test func poissonOfMeanZeroTakesNoDraw() {
  var stream = RandomStream.testing()
  _ = stream.poisson(mean: 0)
  #expect(stream == .testing())
}

private let binomialCases: [(Int, Double)] = [
  (1, 0.5), (1, 1e-3), (10, 0.3), (10, 0.9), (100, 0.05), (100, 0.5), (25, 0.4), (1000, 0.99),
  (100_000, 0.00005), (100_000, 0.001), (1_000_000_000, 2e-9), (1_000_000_000, 1e-7),
]

@Test(arguments: binomialCases)
func binomialFollowsItsLaw(trials: Int, probability p: Double) {
  var stream = RandomStream.testing()
  let sample = (0..<100_000).map { _ in stream.binomial(trials: trials, probability: p) }
  let n = Double(trials)
  let variance = n * p * (1 - p)
  GoodnessOfFit.expectMoments(
    of: sample.map(Double.init), mean: n * p, variance: variance,
    kurtosis: 3 + (1 - 6 * p * (1 - p)) / variance)
  let reach = 6 * variance.squareRoot() + 10
  let range = max(0, Int(n * p - reach))...min(trials, Int(n * p + reach))
  GoodnessOfFit.expectProbabilities(of: sample, in: range) { count in
    let k = Double(count)
    let choices = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return exp(choices + k * log(p) + (n - k) * log1p(-p))
  }
}

@Test(arguments: [(1_000_000_000, 0.01), (5_000_000_000, 0.75), (9_000_000_000_000_000, 0.5)])
func binomialOfManyTrialsIsNearlyNormal(trials: Int, probability p: Double) {
  var stream = RandomStream.testing()
  let mean = Double(trials) * p
  let deviation = sqrt(mean * (1 - p))
  let sample = (0..<100_000).map { _ in
    (Double(stream.binomial(trials: trials, probability: p)) - mean) / deviation
  }
  GoodnessOfFit.expectMoments(of: sample, mean: 0, variance: 1, kurtosis: 3)
  GoodnessOfFit.expectDistribution(of: sample) {
    0.5 * erfc(-($0 + 0.5 / deviation) / 2.0.squareRoot())
  }
}

@Test func binomialOfCertaintyTakesNoDraw() {
  var stream = RandomStream.testing()
  #expect(stream.binomial(trials: 0, probability: 0.5) == 0)
  #expect(stream.binomial(trials: 1000, probability: 0) == 0)
  #expect(stream.binomial(trials: 1000, probability: 1) == 1000)
  #expect(stream == .testing())
}

@Test(arguments: [0.5, 0.999999999, 1e-15])
func binomialStaysWithinItsTrials(probability: Double) {
  var stream = RandomStream.testing()
  for trials in 0..<200 {
    for _ in 0..<20 {
      let count = stream.binomial(trials: trials, probability: probability)
      #expect((0...trials).contains(count))
    }
  }
}
