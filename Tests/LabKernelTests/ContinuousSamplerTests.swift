import Foundation
import LabKernel
import Testing

/// A sampler and the law that it should follow.
struct ContinuousLaw: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let mean: Double
  let variance: Double
  /// The fourth central moment over the squared variance.
  let kurtosis: Double
  let cumulative: @Sendable (Double) -> Double
  let draw: @Sendable (inout RandomStream) -> Double

  static func exponential(_ mean: Double) -> Self {
    Self(
      testDescription: "exponential, mean \(mean)", mean: mean, variance: mean * mean, kurtosis: 9,
      cumulative: { -expm1(-$0 / mean) }, draw: { $0.exponential(mean: mean) })
  }

  static func normal(_ mean: Double, _ deviation: Double) -> Self {
    Self(
      testDescription: "normal, \(mean) ± \(deviation)", mean: mean,
      variance: deviation * deviation, kurtosis: 3,
      cumulative: { 0.5 * erfc((mean - $0) / (deviation * 2.0.squareRoot())) },
      draw: { $0.normal(mean: mean, deviation: deviation) })
  }

  static func lognormal(_ median: Double, _ percentile95: Double) -> Self {
    let s = log(percentile95 / median) / 1.6448536269514722
    let w = exp(s * s)
    let mean = median * w.squareRoot()
    return Self(
      testDescription: "lognormal, median \(median), p95 \(percentile95)", mean: mean,
      variance: mean * mean * (w - 1), kurtosis: w * w * w * w + 2 * w * w * w + 3 * w * w - 3,
      cumulative: { 0.5 * erfc(log(median / $0) / (s * 2.0.squareRoot())) },
      draw: { $0.lognormal(median: median, percentile95: percentile95) })
  }

  static func gamma(_ shape: Double, _ scale: Double) -> Self {
    Self(
      testDescription: "gamma, shape \(shape), scale \(scale)", mean: shape * scale,
      variance: shape * scale * scale, kurtosis: 3 + 6 / shape,
      cumulative: { 1 - Elementary.upperGammaFraction(shape: shape, $0 / scale) },
      draw: { $0.gamma(shape: shape, scale: scale) })
  }

  static func weibull(_ scale: Double, _ shape: Double) -> Self {
    let g = (1...4).map { tgamma(1 + Double($0) / shape) }
    let variance = g[1] - g[0] * g[0]
    let fourth = g[3] - 4 * g[2] * g[0] + 6 * g[1] * g[0] * g[0] - 3 * pow(g[0], 4)
    return Self(
      testDescription: "Weibull, scale \(scale), shape \(shape)", mean: scale * g[0],
      variance: scale * scale * variance, kurtosis: fourth / (variance * variance),
      cumulative: { -expm1(-pow($0 / scale, shape)) },
      draw: { $0.weibull(scale: scale, shape: shape) })
  }
}

private let continuousLaws: [ContinuousLaw] = [
  .exponential(1), .exponential(1e-9), .exponential(1e12),
  .normal(0, 1), .normal(-3e6, 0.5),
  .lognormal(20, 45), .lognormal(1e-3, 0.1), .lognormal(5, 5.001),
  .gamma(0.05, 1), .gamma(0.5, 2e9), .gamma(1, 1), .gamma(4, 0.25), .gamma(100, 1e-6),
  .weibull(1, 1), .weibull(3e5, 0.5), .weibull(2, 1.5), .weibull(1, 20),
]

@Test(arguments: continuousLaws)
func continuousSamplerFollowsItsLaw(_ law: ContinuousLaw) {
  var stream = RandomStream.testing()
  let sample = (0..<100_000).map { _ in law.draw(&stream) }
  GoodnessOfFit.expectMoments(
    of: sample, mean: law.mean, variance: law.variance, kurtosis: law.kurtosis)
  GoodnessOfFit.expectDistribution(of: Array(sample.prefix(50_000)), law.cumulative)
}

@Test func gammaOfHugeShapeIsNearlyNormal() {
  var stream = RandomStream.testing()
  let sample = (0..<100_000).map { _ in (stream.gamma(shape: 1e10, scale: 1) - 1e10) / 1e5 }
  GoodnessOfFit.expectMoments(of: sample, mean: 0, variance: 1, kurtosis: 3)
  GoodnessOfFit.expectDistribution(of: sample) { 0.5 * erfc(-$0 / 2.0.squareRoot()) }
}

@Test func lognormalWithoutSpreadIsItsMedian() {
  var stream = RandomStream.testing()
  for _ in 0..<100 { #expect(stream.lognormal(median: 7, percentile95: 7) == 7) }
}

@Test func inversionTakesOneDrawEach() {
  var (stream, counter) = (RandomStream.testing(), RandomStream.testing())
  for _ in 0..<1000 {
    _ = stream.exponential(mean: 2)
    _ = stream.normal()
    _ = stream.lognormal(median: 1, percentile95: 1)
    _ = stream.weibull(scale: 1, shape: 2)
    for _ in 0..<4 { _ = counter.next() }
  }
  #expect(stream == counter)
}
