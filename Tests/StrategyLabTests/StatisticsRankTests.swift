import StrategyLab
import Testing

struct StatisticsRankTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var x: [Double]
    var y: [Double]
    var statistic: Double
    var complement: Double
    var exact: Double?
    var corrected: Double
    var uncorrected: Double
    var effect: Double
    var shift: Double
    var testDescription: String { name }
  }

  /// Expected values: scipy 1.17.1 (`mannwhitneyu`); the race is the example of Wikipedia.
  static let cases = [
    Case(
      name: "tortoise and hare", x: [1, 7, 8, 9, 10, 11], y: [2, 3, 4, 5, 6, 12], statistic: 25,
      complement: 11, exact: 0.30952380952380953, corrected: 0.2979530616081678,
      uncorrected: 0.2623316754083572, effect: 0.6944444444444444, shift: 4),
    Case(
      name: "ties", x: [1, 2, 2, 3, 4, 4, 5], y: [2, 3, 3, 4, 5, 6, 6, 7], statistic: 14.5,
      complement: 41.5, exact: nil, corrected: 0.12760278918146736,
      uncorrected: 0.11359835105535993, effect: 0.25892857142857145, shift: -1.5),
    Case(
      name: "latency", x: [101, 98, 105, 99, 102, 97, 110, 104, 100, 103],
      y: [108, 112, 107, 115, 109, 111, 120, 106, 113, 118], statistic: 4, complement: 96,
      exact: 0.00012990105869362836, corrected: 0.0005828399431792743,
      uncorrected: 0.00050654148469229, effect: 0.04, shift: -10),
  ]

  @Test(arguments: cases)
  func mannWhitney(_ row: Case) throws {
    let test = MannWhitney(row.x, row.y)
    #expect(test.statistic == row.statistic)
    #expect(test.complement == row.complement)
    #expect(test.hasTies == (row.exact == nil))
    if let exact = row.exact {
      #expect(agree(try #require(test.exactProbability), exact, relative: 1e-12))
    } else {
      #expect(test.exactProbability == nil)
    }
    #expect(agree(test.asymptoticProbability(), row.corrected, relative: 1e-11))
    #expect(
      agree(
        test.asymptoticProbability(continuityCorrection: false), row.uncorrected, relative: 1e-11))
    #expect(agree(test.commonLanguageEffect, row.effect, relative: 1e-14))
    #expect(try #require(test.shift()).estimate == row.shift)
  }

  /// Hollander and Wolfe (1973), page 69, permeability of membranes; also the example of R's `wilcox.test`.
  @Test func membranes() throws {
    let term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
    let earlier = [1.15, 0.88, 0.90, 0.74, 1.21]
    let test = MannWhitney(term, earlier)
    #expect(test.statistic == 35)
    #expect(agree(try #require(test.exactProbability), 0.2544122544122544, relative: 1e-12))
    let shift = try #require(test.shift())
    #expect(agree(shift.estimate, 0.305, relative: 1e-12))
    #expect(agree(shift.low, -0.15, relative: 1e-12))
    #expect(agree(shift.high, 0.76, relative: 1e-12))
  }

  @Test func exactIntervalsFollowTheConfidence() throws {
    let latency = MannWhitney(Self.cases[2].x, Self.cases[2].y)
    let usual = try #require(latency.shift())
    #expect(usual.low == -14 && usual.high == -6)
    let strict = try #require(latency.shift(confidence: 0.98))
    #expect(strict.low == -15 && strict.high == -5)
  }

  @Test func fewValuesBoundNothing() throws {
    let shift = try #require(MannWhitney([1, 2], [3, 4]).shift())
    #expect(shift.low == -.infinity && shift.high == .infinity)
    #expect(MannWhitney([], [1]).shift() == nil)
    #expect(MannWhitney([], [1]).asymptoticProbability() == 1)
    #expect(MannWhitney([5, 5], [5]).asymptoticProbability() == 1)
  }

  @Test func theDistributionIsSymmetricAndSumsToOne() {
    let distribution = MannWhitneyDistribution(4, 4)
    #expect(agree(distribution.atMost(0), 1.0 / 70, relative: 1e-14))
    #expect(agree(distribution.atMost(1), 2.0 / 70, relative: 1e-14))
    #expect(agree(distribution.atMost(14), 1 - 2.0 / 70, relative: 1e-14))
    #expect(distribution.atMost(16) == 1)
    #expect(distribution.largest(withAtMost: 0.025) == 0)
    #expect(distribution.largest(withAtMost: 0.01) == -1)
  }

  /// Expected value: scipy 1.17.1.
  @Test func fiftyValuesOfEachAreStillCounted() throws {
    let x = (0..<50).map { Double($0) }
    let y = (0..<50).map { Double($0) + 8.5 }
    let test = MannWhitney(x, y)
    let exact = try #require(test.exactProbability)
    #expect(agree(exact, 0.007021899371388245, relative: 1e-11))
    #expect(agree(exact, test.asymptoticProbability(), relative: 0.06))
  }
}
