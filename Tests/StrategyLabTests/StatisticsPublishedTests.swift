import StrategyLab
import Testing

/// Worked examples of textbooks, papers and the documentation of other libraries, to the digits that they print.
struct StatisticsPublishedTests {
  /// NIST/SEMATECH e-Handbook, section 1.3.5.2, heat flow meter: 195 values of mean 9.261460 and deviation 0.02278881.
  @Test func meanOfTheHeatFlowMeter() {
    let factor = StudentDistribution.criticalValue(upperTail: 0.025, degreesOfFreedom: 194)
    let reach = factor * 0.02278881 / 195.0.squareRoot()
    #expect(agree(9.261460 - reach, 9.258242, relative: 0, absolute: 1e-6))
    #expect(agree(9.261460 + reach, 9.264679, relative: 0, absolute: 1e-6))
  }

  /// "Student" (1908): hours of sleep gained with each of two drugs; R, `help(t.test)` and `help(sleep)`.
  static let firstDrug = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
  static let secondDrug = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

  @Test func sleepOfTheSameTenPatients() throws {
    let gains = zip(Self.firstDrug, Self.secondDrug).map { $0 - $1 }
    let interval = try #require(StudentInterval(gains))
    #expect(agree(interval.mean, -1.58, relative: 1e-12))
    #expect(agree(interval.low, -2.4598858, relative: 0, absolute: 5e-8))
    #expect(agree(interval.high, -0.7001142, relative: 0, absolute: 5e-8))
    let statistic = interval.mean / (interval.standardDeviation / 10.0.squareRoot())
    #expect(agree(statistic, -4.0621, relative: 0, absolute: 5e-5))
    let tail = StudentDistribution.upperTail(-statistic, degreesOfFreedom: 9)
    #expect(agree(2 * tail, 0.002833, relative: 0, absolute: 5e-7))
  }

  @Test func sleepAsOfTwentyPatientsIsWelchs() throws {
    let test = try #require(WelchTest(Self.firstDrug, Self.secondDrug))
    #expect(agree(test.statistic, -1.8608, relative: 0, absolute: 5e-5))
    #expect(agree(test.degreesOfFreedom, 17.776, relative: 0, absolute: 5e-4))
    #expect(agree(test.twoSidedProbability, 0.07939, relative: 0, absolute: 5e-6))
    let interval = test.interval()
    #expect(agree(interval.low, -3.3654832, relative: 0, absolute: 5e-8))
    #expect(agree(interval.high, 0.2054832, relative: 0, absolute: 5e-8))
  }

  /// Newcombe (1998), Statistics in Medicine 17:857, table I: Wilson, Wilson corrected, Clopper and Pearson.
  @Test(
    arguments: [
      (81, 263, [0.2553, 0.3662, 0.2535, 0.3682, 0.2527, 0.3676]),
      (15, 148, [0.0624, 0.1605, 0.0598, 0.1644, 0.0578, 0.1617]),
      (0, 20, [0, 0.1611, 0, 0.2005, 0, 0.1684]),
      (1, 29, [0.0061, 0.1718, 0.0018, 0.1963, 0.0009, 0.1776]),
    ] as [(Int, Int, [Double])])
  func singleProportions(successes: Int, trials: Int, expected: [Double]) {
    let wilson = WilsonInterval(successes: successes, trials: trials)
    let corrected = WilsonInterval.corrected(successes: successes, trials: trials)
    let exact = ExactInterval(successes: successes, trials: trials)
    let found = [
      wilson.low, wilson.high, corrected.low, corrected.high, exact.low, exact.high,
    ]
    for (value, printed) in zip(found, expected) {
      #expect(agree(value, printed, relative: 0, absolute: 5.1e-5))
    }
  }

  /// Conover (1971), "Practical Nonparametric Statistics", page 97; R, `help(binom.test)`.
  @Test func plantsThatAreTall() {
    let interval = ExactInterval(successes: 682, trials: 925)
    #expect(agree(interval.low, 0.7076683, relative: 0, absolute: 5e-8))
    #expect(agree(interval.high, 0.7654066, relative: 0, absolute: 5e-8))
  }

  /// Newcombe (1998), Statistics in Medicine 17:873, table II, method 10.
  @Test(
    arguments: [
      (56, 70, 48, 80, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090),
      (6, 7, 2, 7, 0.0582, 0.8062), (5, 56, 0, 29, -0.0381, 0.1926),
      (0, 10, 0, 20, -0.1611, 0.2775), (0, 10, 0, 10, -0.2775, 0.2775),
      (10, 10, 0, 20, 0.6791, 1), (10, 10, 0, 10, 0.6075, 1),
    ] as [(Int, Int, Int, Int, Double, Double)])
  func differencesOfProportions(
    a: Int, m: Int, b: Int, n: Int, low: Double, high: Double
  ) {
    let interval = TwoProportions(successes: a, of: m, against: b, of: n).interval()
    #expect(agree(interval.low, low, relative: 0, absolute: 5.1e-5))
    #expect(agree(interval.high, high, relative: 0, absolute: 5.1e-5))
  }

  /// Fisher (1935), the lady who tastes tea, and Fisher (1970), page 48, convicted twins; R, `help(fisher.test)`.
  @Test func teaAndTwins() {
    let tea = TwoProportions(successes: 3, of: 4, against: 1, of: 4)
    #expect(agree(tea.exactOneSidedProbability, 17.0 / 70, relative: 1e-13))
    #expect(agree(tea.exactTwoSidedProbability, 34.0 / 70, relative: 1e-13))
    let twins = TwoProportions(successes: 15, of: 17, against: 3, of: 13)
    #expect(agree(twins.exactOneSidedProbability, 0.0004652, relative: 0, absolute: 5e-8))
    #expect(agree(twins.exactTwoSidedProbability, 0.0005367, relative: 0, absolute: 5e-8))
  }

  /// R, `help(power.prop.test)`.
  @Test func powerOfOneHalfAgainstThreeQuarters() {
    let power = TwoProportions.power(0.5, trials: 50, against: 0.75, trials: 50)
    #expect(agree(power, 0.740, relative: 0, absolute: 5e-4))
    let size = TwoProportions.sampleSize(0.5, 0.75, power: 0.9)
    #expect(agree(size, 76.7, relative: 0, absolute: 0.05))
  }

  /// Ozone in New York in May and August 1973; R, `help(wilcox.test)`: W = 127.5, p = 0.0001208.
  @Test func ozoneInMayAndAugust() {
    let may: [Double] = [
      41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45,
      115, 37,
    ]
    let august: [Double] = [
      39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76,
      118, 84, 85,
    ]
    let test = MannWhitney(may, august)
    #expect(test.statistic == 127.5 && test.hasTies)
    #expect(agree(test.asymptoticProbability(), 0.0001208, relative: 0, absolute: 5e-8))
  }

  /// NIST/SEMATECH e-Handbook, section 6.2.6: 1% against 10% defective with risks of 5% and 10%.
  ///
  /// A lot is accepted at -0.939 + 0.0397 n defects of n and rejected at 1.205 + 0.0397 n: at the 24th part for the first time
  /// without any, and at 3 of 24.
  @Test func sequentialSampling() {
    let test = SequentialProbabilityRatio(
      healthy: 0.01, defective: 0.1, falseAlarms: 0.05, misses: 0.1)
    let defect = test.stepOfFailure - test.stepOfSuccess
    #expect(agree(test.lowerBoundary / defect, -0.939, relative: 0, absolute: 5e-4))
    #expect(agree(test.upperBoundary / defect, 1.205, relative: 0, absolute: 5e-4))
    #expect(agree(-test.stepOfSuccess / defect, 0.0397, relative: 0, absolute: 6e-5))
    #expect(test.decision(failures: 0, requests: 23) == .undecided)
    #expect(test.decision(failures: 0, requests: 24) == .healthy)
    #expect(test.decision(failures: 2, requests: 24) == .undecided)
    #expect(test.decision(failures: 3, requests: 24) == .defective)
  }

  /// Hanley and Lippman-Hand (1983): where nothing fails, 3/n is nearly the exact bound from thirty trials on.
  @Test(arguments: [30, 100, 3_000, 1_000_000])
  func threeOverTheTrials(trials: Int) {
    let exact = ExactInterval.upperBound(successes: 0, trials: trials)
    let rule = ExactInterval.ruleOfThree(trials: trials)
    #expect(rule > exact && rule < 1.06 * exact)
    // (1 - p)ⁿ = 5%.
    let none = BinomialDistribution.atMost(0, trials: trials, probability: exact)
    #expect(agree(none, 0.05, relative: 1e-9))
  }
}
