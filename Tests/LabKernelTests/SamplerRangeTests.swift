import Foundation
import LabKernel
import Testing

/// A sampler at one place of its range, and its check.
struct SamplerPlace: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let check: @Sendable () -> Void
}

extension SamplerPlace {
  /// Draws of a continuous law, held against its cumulative distribution.
  private static func continuous(
    _ name: String, _ draw: @escaping @Sendable (inout RandomStream) -> Double,
    _ cumulative: @escaping @Sendable (Double) -> Double
  ) -> Self {
    Self(testDescription: name) {
      var stream = RandomStream.testing(entity: 77)
      let sample = (0..<GoodnessOfFit.draws).map { _ in draw(&stream) }
      #expect(sample.allSatisfy { $0.isFinite })
      GoodnessOfFit.expectKolmogorov(of: sample, cumulative)
    }
  }

  static func exponential(_ mean: Double) -> Self {
    continuous("exponential, mean \(mean)", { $0.exponential(mean: mean) }, { -expm1(-$0 / mean) })
  }

  static func normal(_ mean: Double, _ deviation: Double) -> Self {
    continuous(
      "normal, \(mean) ± \(deviation)", { $0.normal(mean: mean, deviation: deviation) },
      { 0.5 * erfc((mean - $0) / deviation / 2.0.squareRoot()) })
  }

  /// A lognormal law by the deviation of its logarithm.
  static func lognormal(_ median: Double, deviation: Double) -> Self {
    let percentile95 = median * exp(1.6448536269514722 * deviation)
    return continuous(
      "lognormal, median \(median), deviation \(deviation)",
      { $0.lognormal(median: median, percentile95: percentile95) },
      { 0.5 * erfc(-log($0 / median) / deviation / 2.0.squareRoot()) })
  }

  static func weibull(_ scale: Double, _ shape: Double) -> Self {
    continuous(
      "Weibull, scale \(scale), shape \(shape)", { $0.weibull(scale: scale, shape: shape) },
      { -expm1(-pow($0 / scale, shape)) })
  }

  static func pareto(_ scale: Double, _ shape: Double) -> Self {
    continuous(
      "Pareto, scale \(scale), shape \(shape)", { $0.pareto(scale: scale, shape: shape) },
      { -expm1(-shape * log($0 / scale)) })
  }

  /// A gamma law; below the least normal number the values are rounded to whole steps, at last to 0.
  static func gamma(_ shape: Double, _ scale: Double = 1) -> Self {
    Self(testDescription: "gamma, shape \(shape), scale \(scale)") {
      var stream = RandomStream.testing(entity: 77)
      let sample = (0..<GoodnessOfFit.draws).map { _ in stream.gamma(shape: shape, scale: scale) }
      #expect(sample.allSatisfy { $0 >= 0 && $0 < .infinity })
      /// The probability of less than a value and some steps, a step being the least number above 0.
      func cumulative(_ value: Double, steps: Double) -> Double {
        if value >= .leastNormalMagnitude { return gammaCumulative(shape, value / scale) }
        let count = value / .leastNonzeroMagnitude + steps
        // xᵃ / Γ(a + 1), for x so small that the exponential is 1.
        let logarithm = log(count) + log(Double.leastNonzeroMagnitude) - log(scale)
        return count > 0 ? exp(shape * logarithm - lgamma(shape + 1)) : 0
      }
      GoodnessOfFit.expectKolmogorov(
        of: sample, below: { cumulative($0, steps: -0.5) }, upTo: { cumulative($0, steps: 0.5) })
    }
  }

  /// Up to a shape of 10⁴ by the incomplete gamma function; above it the two first terms of Edgeworth's series.
  private static func gammaCumulative(_ shape: Double, _ x: Double) -> Double {
    if shape <= 1e4 { return Elementary.lowerGammaFraction(shape: shape, x) }
    let root = shape.squareRoot()
    let z = (x - shape) / root
    let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
    return 0.5 * erfc(-z / 2.0.squareRoot()) - density * (z * z - 1) / (3 * root)
  }

  /// Draws of counts: Pearson where the counts can be listed, Kolmogorov where they cannot.
  private static func count(
    _ name: String, _ law: @escaping @Sendable () -> CountLaw,
    _ draw: @escaping @Sendable (inout RandomStream) -> Int
  ) -> Self {
    Self(testDescription: name) {
      var stream = RandomStream.testing(entity: 77)
      let sample = (0..<GoodnessOfFit.draws).map { _ in draw(&stream) }
      let law = law()
      if law.isListed {
        let (first, probabilities) = law.list()
        GoodnessOfFit.expectPearson(of: sample, from: first, probabilities)
      } else {
        GoodnessOfFit.expectKolmogorov(
          of: sample.map { Double($0) }, below: { law.cumulative($0 - 1) }, upTo: law.cumulative)
      }
    }
  }

  static func poisson(_ mean: Double) -> Self {
    count("Poisson, mean \(mean)", { .poisson(mean) }, { $0.poisson(mean: mean) })
  }

  static func binomial(_ trials: Int, _ p: Double) -> Self {
    count(
      "binomial, \(p) of \(trials)", { .binomial(Double(trials), p, failing: 1 - p) },
      { $0.binomial(trials: trials, probability: p) })
  }

  /// A probability near 1, by what it lacks of 1; the failures are held against the law.
  static func binomial(_ trials: Int, failing q: Double) -> Self {
    let p = 1 - q
    return count(
      "binomial, 1 - \(q) of \(trials)", { .binomial(Double(trials), 1 - p, failing: p) },
      { trials - $0.binomial(trials: trials, probability: p) })
  }
}

private let continuousPlaces: [SamplerPlace] =
  [1e-300, 1e-9, 1, 3.7e4, 1e15, 1e300].map { .exponential($0) }
  + [(0, 1), (0, 1e-300), (0, 1e300), (-3e6, 0.5), (1e15, 1e9)].map { .normal($0, $1) }
  + [1e-6, 0.01, 0.3, 1, 3, 10, 40].map { .lognormal(20, deviation: $0) }
  + [1e-300, 1e-9, 1e9, 1e200].map { .lognormal($0, deviation: 0.5) }
  + [
    0.001, 0.003, 0.01, 0.05, 0.2, 0.5, 0.9, 0.999999, 1, 1.000001, 1.5, 2, 3.7, 10, 50, 300, 3e3,
    1e4, 1e6, 1e8, 1e10, 1e12, 1e15,
  ].map { .gamma($0) }
  + [(0.3, 1e-200), (0.3, 1e200), (5, 1e-200), (5, 1e200)].map { .gamma($0, $1) }
  + [0.1, 0.2, 0.5, 0.8, 1, 1.7, 3, 8, 20, 50, 100].map { .weibull(1, $0) }
  + [(1e-200, 0.5), (1e200, 0.5), (3e9, 2)].map { .weibull($0, $1) }
  + [0.2, 1, 1.5, 2, 2.5, 5, 20, 100].map { .pareto(1, $0) }
  + [(1e-200, 1.5), (1e200, 3)].map { .pareto($0, $1) }

private let poissonPlaces: [SamplerPlace] = [
  1e-9, 1e-6, 1e-4, 0.01, 0.1, 0.5, 1, 2, 5, 8, 9.999, 10, 10.001, 11, 15, 25, 60, 200, 1_000, 1e4,
  1e5, 1e6, 1e7, 1e9, 1e11, 1e13, 1e15, 9e15,
].map { .poisson($0) }

private let binomialPlaces: [SamplerPlace] = {
  let many = 9_000_000_000_000_000
  var places: [SamplerPlace] = []
  for (trials, probabilities) in [
    (1, [1e-6, 0.01, 0.5]), (2, [0.3, 0.5]), (10, [0.001, 0.1, 0.45]), (19, [0.5]),
    (25, [0.4]), (100, [0.0999, 0.1001, 0.5]), (10_000, [1e-7, 1e-3, 0.01, 0.3]),
    (1_000_000, [1e-9, 9.99e-6, 1.001e-5, 0.02, 0.5]),
    (1_000_000_000, [1e-12, 5e-9, 1e-6, 0.003, 0.5]), (many, [1e-18, 5e-16, 1e-14, 1e-10, 0.5]),
  ] {
    for probability in probabilities {
      places.append(.binomial(trials, probability))
      if probability < 0.5 { places.append(.binomial(trials, failing: probability)) }
    }
  }
  return places
}()

/// Every sampler from one end of its range to the other; a million draws each in `scripts/check-samplers`.
struct SamplerRangeTests {
  @Test(arguments: continuousPlaces)
  func continuousSamplersFollowTheirLawsEverywhere(_ place: SamplerPlace) { place.check() }

  @Test(arguments: poissonPlaces)
  func poissonCountsFollowTheirLawEverywhere(_ place: SamplerPlace) { place.check() }

  @Test(arguments: binomialPlaces)
  func binomialCountsFollowTheirLawEverywhere(_ place: SamplerPlace) { place.check() }
}
