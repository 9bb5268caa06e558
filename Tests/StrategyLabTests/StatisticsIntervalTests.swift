import StrategyLab
import Testing

struct StatisticsIntervalTests {
  /// Expected values: scipy 1.17.1; the second and third stand in Newcombe (1998), Statistics in Medicine 17:857.
  @Test(arguments: [
    (0, 1_000, 0.0, 0.0038267584855551234), (0, 20, 0.0, 0.16112515805281938),
    (1, 29, 0.006113214292762653, 0.17175521879320288), (10, 10, 0.7224672001371107, 1.0),
    (50, 10_000, 0.003794901070838226, 0.006585257316131604),
    (5, 1_000, 0.0021375355273244596, 0.011650955373375113), (0, 0, 0.0, 1.0),
  ])
  func wilson(successes: Int, trials: Int, low: Double, high: Double) {
    let interval = WilsonInterval(successes: successes, trials: trials)
    #expect(agree(interval.low, low, relative: 1e-10, absolute: 1e-14))
    #expect(agree(interval.high, high, relative: 1e-10))
  }

  /// Expected values: scipy 1.17.1; the ranks for the median of 9, 10 and 20 stand in every table of the sign test.
  @Test(arguments: [
    (9, 0.5, 2, 8, 0.9609375), (10, 0.5, 2, 9, 0.978515625), (20, 0.5, 6, 15, 0.9586105346679688),
    (100, 0.5, 40, 61, 0.9647997997822952), (1_000, 0.95, 936, 964, 0.9580952682226541),
  ])
  func orderStatistics(count: Int, quantile: Double, low: Int, high: Int, coverage: Double) {
    let interval = OrderStatisticInterval(count: count, quantile: quantile)
    #expect(interval.lowRank == low)
    #expect(interval.highRank == high)
    #expect(agree(interval.coverage, coverage, relative: 1e-9))
  }

  @Test func aSmallSampleLeavesAnEndOpen() {
    let interval = OrderStatisticInterval(count: 59, quantile: 0.95)
    #expect(interval.lowRank == 52)
    #expect(interval.highRank == nil)
    #expect(agree(interval.coverage, 0.9911362570110952, relative: 1e-9))
    let bounds = interval.bounds(in: (1...59).map(Double.init))
    #expect(bounds.low == 52 && bounds.high == .infinity)
    let nothing = OrderStatisticInterval(count: 0, quantile: 0.5)
    #expect(nothing.lowRank == nil && nothing.highRank == nil && nothing.coverage == 1)
  }

  /// Wilks (1941): 59 values suffice for the largest to exceed the 95th percentile with 95% probability, 58 do not.
  @Test func wilksNeedsFiftyNineValues() {
    #expect(OrderStatisticInterval(count: 58, quantile: 0.95, confidence: 0.9).highRank == nil)
    #expect(OrderStatisticInterval(count: 59, quantile: 0.95, confidence: 0.9).highRank == 59)
  }

  /// Expected values: scipy 1.17.1.
  @Test(arguments: [
    (20, 1_000, 0.01, 0.003288359787727457), (5, 500, 0.02, 0.9718774135146755),
    (100, 100_000, 0.0008, 0.0170708985972512), (31, 50, 0.7, 1 - 0.08480259855382564),
    (0, 10, 0.3, 1.0), (11, 10, 0.3, 0.0),
  ])
  func binomialTails(count: Int, trials: Int, probability: Double, expected: Double) {
    let atLeast = BinomialDistribution.atLeast(count, trials: trials, probability: probability)
    #expect(agree(atLeast, expected, relative: 1e-9))
    let atMost = BinomialDistribution.atMost(count - 1, trials: trials, probability: probability)
    #expect(agree(atLeast + atMost, 1, relative: 1e-12))
  }

  /// The example of Wikipedia, "Percentile"; linear values: NumPy 2.4.6.
  @Test func quantilesOfFiveValues() {
    let values: [Double] = [15, 20, 35, 40, 50]
    let linear = [0.05, 0.3, 0.4, 0.5, 0.95].map { Quantile.of(values, $0) }
    for (found, expected) in zip(linear, [16.0, 23, 29, 35, 48]) {
      #expect(agree(found ?? .nan, expected, relative: 1e-12))
    }
    let ranks = [0.05, 0.3, 0.4, 0.5, 1].map { Quantile.of(values, $0, method: .nearestRank) }
    #expect(ranks == [15, 20, 20, 35, 50])
    #expect(Quantile.of([], 0.5) == nil)
    #expect(Quantile.of([7], 0.95) == 7)
  }

  @Test func holmsAndBonferronisCorrections() {
    let probabilities = [0.01, 0.04, 0.03, 0.005]
    let expected = [0.03, 0.06, 0.06, 0.02]
    for (found, value) in zip(MultipleComparisons.holm(probabilities), expected) {
      #expect(agree(found, value, relative: 1e-14))
    }
    #expect(MultipleComparisons.bonferroni(probabilities) == [0.04, 0.16, 0.12, 0.02])
    #expect(MultipleComparisons.bonferroni([0.6, 0.7]) == [1, 1])
    #expect(MultipleComparisons.holm([]) == [])
    #expect(agree(MultipleComparisons.confidence(0.95, comparisons: 4), 0.9875, relative: 1e-14))
    #expect(MultipleComparisons.confidence(0.95, comparisons: 0) == 0.95)
  }
}
