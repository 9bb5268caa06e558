import StrategyLab
import Testing

struct StatisticsProportionTests {
  /// Expected values: scipy 1.17.1; the intervals of the last two stand in Newcombe (1998), Statistics in
  /// Medicine 17:873, method 10.
  @Test(arguments: [
    (
      [30, 1_000, 10, 1_000],
      [0.02, 0.007819328386507703, 0.033308722153987703, 3.1943828249996993, 0.0014013015809602137]
    ),
    (
      [56, 70, 48, 80],
      [0.2, 0.052431472402365065, 0.333872654036906, 2.6501719512585336, 0.00804508136819656]
    ),
    (
      [5, 56, 0, 29],
      [
        0.08928571428571429, -0.03813714790353688, 0.19256001385511162, 1.6586488692392285,
        0.09718656817057973,
      ]
    ),
  ])
  func twoProportions(counts: [Int], expected: [Double]) {
    let test = TwoProportions(
      successes: counts[0], of: counts[1], against: counts[2], of: counts[3])
    let interval = test.interval()
    let found = [
      test.difference, interval.low, interval.high, test.pooledScore, test.twoSidedProbability,
    ]
    for (value, reference) in zip(found, expected) {
      #expect(agree(value, reference, relative: 1e-9))
    }
    #expect(agree(test.oneSidedProbability, expected[4] / 2, relative: 1e-9))
  }

  @Test func allAlikeScoresNothing() {
    #expect(TwoProportions(successes: 0, of: 5, against: 0, of: 9).pooledScore == 0)
    #expect(TwoProportions(successes: 5, of: 5, against: 9, of: 9).pooledScore == 0)
  }

  /// Expected values: scipy 1.17.1, checked by simulation.
  @Test(arguments: [
    (0.005, 0.02, 9_500, 500, 0.9036591408292906),
    (0.01, 0.012, 42_000, 42_000, 0.7935496679215188),
    (0.01, 0.02, 99_000, 1_000, 0.8023873079375777),
  ])
  func power(stable: Double, candidate: Double, n1: Int, n2: Int, expected: Double) {
    let found = TwoProportions.power(stable, trials: n1, against: candidate, trials: n2)
    #expect(agree(found, expected, relative: 1e-9))
  }

  /// Expected values: scipy 1.17.1, Fleiss's pooled formula.
  @Test(arguments: [
    (0.0001, 0.0002, 0.8, 235429.89313142735), (0.005, 0.01, 0.9, 6255.093084690712),
    (0.01, 0.012, 0.8, 42692.80235923404), (0.1, 0.12, 0.8, 3840.847482436276),
  ])
  func sampleSize(first: Double, second: Double, power: Double, expected: Double) {
    let found = TwoProportions.sampleSize(first, second, power: power)
    #expect(agree(found, expected, relative: 1e-8))
  }

  @Test func theSampleSizeHasThePowerAskedFor() {
    let size = Int(TwoProportions.sampleSize(0.01, 0.02, power: 0.9).rounded(.up))
    let power = TwoProportions.power(0.01, trials: size, against: 0.02, trials: size)
    #expect(agree(power, 0.9, relative: 1e-3))
  }
}
