import StrategyLab
import Testing

/// Exact tests and beliefs against counting, and values of scipy 1.17.1 or mpmath 1.3.0.
struct StatisticsExactTests {
  @Test(
    arguments: [
      (0, 0, 0, 0, 0.5), (0, 0, 1, 1, 2.0 / 3), (3, 10, 7, 12, 0.89788089148702959),
      (500, 1_000, 560, 1_000, 0.99640030668017665),
      (5_000, 10_000, 5_200, 10_000, 0.99766483423483048),
      (999, 1_000, 990, 1_000, 0.003101807356293313), (0, 5, 0, 50, 0.10526315789473684),
      (100, 10_000, 130, 10_000, 0.976562101213821), (5, 500, 5, 500, 0.5),
    ] as [(Int, Int, Int, Int, Double)])
  func beliefThatTheSecondIsLarger(a: Int, m: Int, b: Int, n: Int, expected: Double) {
    let both = BetaComparison(successes: a, of: m, against: b, of: n)
    #expect(agree(both.secondLarger, expected, relative: 1e-9))
    let swapped = BetaComparison(successes: b, of: n, against: a, of: m)
    #expect(agree(swapped.secondLarger, 1 - expected, relative: 1e-9, absolute: 1e-10))
    #expect(agree(both.firstMean, (Double(a) + 1) / (Double(m) + 2), relative: 1e-14))
    #expect(agree(both.secondMean, (Double(b) + 1) / (Double(n) + 2), relative: 1e-14))
  }

  /// 2 Σ (-1)ʲ⁻¹ C(2n, n - jk) / C(2n, n) for samples of n and a gap of k/n: Gnedenko and Korolyuk (1951).
  @Test(arguments: [(1, 1), (5, 4), (10, 7), (10, 2), (25, 9), (60, 1), (60, 30)])
  func gapsOfEqualSamples(count: Int, gap: Int) throws {
    // The second sample lies between, so that the first runs ahead by just the gap.
    let first = (0..<count).map { Double($0) }
    let second = (0..<count).map { Double($0 + gap) - 0.5 }
    let test = try #require(KolmogorovSmirnov(first, second))
    #expect(agree(test.statistic, Double(gap) / Double(count), relative: 1e-14))
    var expected = 0.0
    var sign = 2.0
    for multiple in stride(from: gap, through: count, by: gap) {
      // C(2n, n - m) / C(2n, n).
      var ratio = 1.0
      for i in 0..<multiple { ratio *= Double(count - i) / Double(count + i + 1) }
      expected += sign * ratio
      sign = -sign
    }
    #expect(agree(test.exactProbability, expected, relative: 1e-10, absolute: 1e-300))
  }

  @Test func gapsOfUnequalSamples() throws {
    let apart = try #require(KolmogorovSmirnov([1, 2, 3], [4, 5, 6, 7]))
    // One order of the 35 begins with the first sample, one with the second.
    #expect(apart.statistic == 1 && agree(apart.exactProbability, 2.0 / 35, relative: 1e-13))
    let mixed = try #require(
      KolmogorovSmirnov([-0.15, 1.2, 3.3, 0.7, 2.2, -1.1, 5], [2.5, 3.1, 0.1, 4.4, 6.2]))
    #expect(agree(mixed.statistic, 0.5142857142857142, relative: 1e-14))
    #expect(agree(mixed.exactProbability, 0.3282828282828283, relative: 1e-12))
    let large = try #require(
      KolmogorovSmirnov(
        (0..<100).map { Double($0) }, (0..<80).map { Double($0) * 1.3 + 7.05 }))
    #expect(agree(large.exactProbability, 0.561293569093744, relative: 1e-12))
    #expect(abs(large.asymptoticProbability - large.exactProbability) < 0.05)
    #expect(KolmogorovSmirnov([], [1]) == nil)
    let same = try #require(KolmogorovSmirnov([1, 2], [1, 2]))
    #expect(same.exactProbability == 1 && same.asymptoticProbability == 1)
  }

  /// Smirnov (1948), "Table for Estimating the Goodness of Fit of Empirical Distributions", doi:10.1214/aoms/1177730256.
  @Test(arguments: [(0.5, 0.963945), (1, 0.270000), (1.36, 0.049486), (1.63, 0.009846)])
  func theLimitHasItsPublishedValues(gap: Double, expected: Double) {
    #expect(agree(KolmogorovSmirnov.limit(gap), expected, relative: 0, absolute: 1e-6))
  }

  /// scipy 1.17.1, `fisher_exact`.
  @Test(
    arguments: [
      (30, 1_000, 10, 1_000, 0.0020083335618300093, 0.0010041667809150047),
      (56, 70, 48, 80, 0.012521129749209154, 0.006324711129898369),
      (5, 56, 0, 29, 0.1606214432094711, 0.11645241895367217),
      (0, 10, 0, 10, 1, 1), (10, 10, 20, 20, 1, 1), (0, 1, 1, 1, 1, 1),
    ] as [(Int, Int, Int, Int, Double, Double)])
  func fishersExactTest(
    a: Int, m: Int, b: Int, n: Int, twoSided: Double, oneSided: Double
  ) {
    let table = TwoProportions(successes: a, of: m, against: b, of: n)
    #expect(agree(table.exactTwoSidedProbability, twoSided, relative: 1e-10))
    #expect(agree(table.exactOneSidedProbability, oneSided, relative: 1e-10))
  }

  /// scipy 1.17.1 for the quantiles; formulas as in the sources that the functions name.
  @Test(
    arguments: [
      (0.0001, 0.0002, 0.8, [235427.1476318009, 185446, 178868, 228699.46167514854]),
      (0.005, 0.01, 0.9, [6251.916721557169, 5096, 4951, 6079.109604382426]),
      (0.01, 0.012, 0.8, [42690.0568751247, 33627, 39986, 42606.23078139668]),
      (0.1, 0.12, 0.8, [3838.1021900967085, 3024, 3623, 3834.605132347649]),
    ] as [(Double, Double, Double, [Double])])
  func otherSampleSizes(first: Double, second: Double, power: Double, expected: [Double]) {
    let found = [
      TwoProportions.unpooledSampleSize(first, second, power: power),
      TwoProportions.unpooledSampleSize(first, second, power: power, isOneSided: true)
        .rounded(.up),
      TwoProportions.baselineSampleSize(first, second, power: power).rounded(.up),
      TwoProportions.effectSampleSize(first, second, power: power),
    ]
    for (value, reference) in zip(found, expected) {
      #expect(agree(value, reference, relative: 1e-9))
    }
  }

  @Test func exactIntervalsEndWhereTheTailsAreAllowed() {
    for (successes, trials) in [(0, 7), (3, 7), (7, 7), (1, 1_000_000), (400, 900)] {
      let interval = ExactInterval(successes: successes, trials: trials, confidence: 0.9)
      if successes > 0 {
        let tail = BinomialDistribution.atLeast(
          successes, trials: trials, probability: interval.low)
        #expect(agree(tail, 0.05, relative: 1e-8))
      } else {
        #expect(interval.low == 0)
      }
      if successes < trials {
        let tail = BinomialDistribution.atMost(
          successes, trials: trials, probability: interval.high)
        #expect(agree(tail, 0.05, relative: 1e-8))
      } else {
        #expect(interval.high == 1)
      }
    }
    let nothing = ExactInterval(successes: 0, trials: 0)
    #expect(nothing.low == 0 && nothing.high == 1)
    #expect(WilsonInterval.corrected(successes: 0, trials: 0).high == 1)
  }

  @Test func welchNeedsTwoValuesThatVary() {
    #expect(WelchTest([1], [1, 2]) == nil)
    #expect(WelchTest([1, 1], [2, 2]) == nil)
    #expect(WelchTest([1, 1], [2, 3])?.degreesOfFreedom == 1)
  }
}
