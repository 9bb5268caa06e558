import StrategyLab
import Testing

struct StatisticsSequentialTests {
  /// Expected values: scipy 1.17.1.
  @Test func waldsTestOfOneAgainstTwoPercent() {
    let test = SequentialProbabilityRatio(
      healthy: 0.01, defective: 0.02, falseAlarms: 0.05, misses: 0.2)
    #expect(agree(test.upperBoundary, 2.772588722239781, relative: 1e-12))
    #expect(agree(test.lowerBoundary, -1.5581446180465497, relative: 1e-12))
    #expect(agree(test.stepOfFailure, 0.6931471805599453, relative: 1e-12))
    #expect(agree(test.stepOfSuccess, -0.010152371464017962, relative: 1e-12))
    #expect(agree(test.meanRequestsIfHealthy, 430.08857387263714, relative: 1e-9))
    #expect(agree(test.meanRequestsIfDefective, 487.13014050954854, relative: 1e-9))
    #expect(
      agree(
        test.logLikelihoodRatio(failures: 10, requests: 500), 1.956809788230652, relative: 1e-9))
    #expect(test.decision(failures: 10, requests: 500) == .undecided)
    #expect(test.decision(failures: 20, requests: 500) == .defective)
    #expect(test.decision(failures: 0, requests: 500) == .healthy)
  }

  /// Expected values: scipy 1.17.1.
  @Test func waldsTestOfRareFailures() {
    let test = SequentialProbabilityRatio(
      healthy: 0.001, defective: 0.005, falseAlarms: 0.01, misses: 0.05)
    #expect(agree(test.upperBoundary, 4.553876891600541, relative: 1e-12))
    #expect(agree(test.lowerBoundary, -2.9856819377004893, relative: 1e-12))
    #expect(agree(test.stepOfSuccess, -0.004012041489960769, relative: 1e-12))
    #expect(agree(test.meanRequestsIfHealthy, 1213.3313678811132, relative: 1e-9))
    #expect(agree(test.meanRequestsIfDefective, 1030.008488364541, relative: 1e-9))
    #expect(
      agree(
        test.logLikelihoodRatio(failures: 10, requests: 500), 14.128478794260227, relative: 1e-9))
  }

  /// Expected values: scipy 1.17.1, checked against numerical integration of the mixture.
  @Test(arguments: [
    (10_000.0, 0.005, 0.02, 0.0001, 64.17015094518747, 0.01558356938967114, 0.004499279049676504),
    (1_000.0, 0.1, 1.0, 0.01, 28.40334469136295, 0.03520712123400332, 0.09606401928868576),
    (50.0, 0.0, 1.0, 1.0, 0.14002800840280097, 1.0, 0.44992790496765045),
  ])
  func mixtureOfAMean(
    count: Double, mean: Double, variance: Double, mixture: Double, ratio: Double,
    probability: Double, halfWidth: Double
  ) {
    let test = MixtureSequentialTest(mixtureVariance: mixture)
    let logRatio = test.logRatio(effect: mean, variance: variance / count)
    #expect(
      agree(
        1 / MixtureSequentialTest.probability(logRatio: logRatio), max(1, ratio), relative: 1e-9))
    #expect(
      agree(
        MixtureSequentialTest.probability(logRatio: logRatio), probability, relative: 1e-9))
    #expect(
      agree(
        test.halfWidth(variance: variance / count, falseAlarms: 0.05), halfWidth, relative: 1e-9))
  }

  /// Expected values: scipy 1.17.1.
  @Test(arguments: [
    (150, 100, 10_000, 21.773554543107522, 0.045927273749455516),
    (55, 50, 5_000, 0.22420865267232812, 1.0),
  ])
  func mixtureOfTwoProportions(
    candidate: Int, stable: Int, requests: Int, ratio: Double, probability: Double
  ) {
    let test = MixtureSequentialTest(mixtureVariance: 0.0001)
    let pair = TwoProportions(successes: candidate, of: requests, against: stable, of: requests)
    #expect(agree(test.ratio(pair), ratio, relative: 1e-9))
    let logRatio = test.logRatio(effect: pair.difference, variance: pair.variance)
    #expect(
      agree(
        MixtureSequentialTest.probability(logRatio: logRatio), probability, relative: 1e-9))
  }

  @Test func aLargerStableGroupSharpensTheTest() {
    let test = MixtureSequentialTest(mixtureVariance: 0.0001)
    let equal = TwoProportions(successes: 30, of: 2_000, against: 20, of: 2_000)
    let unequal = TwoProportions(successes: 30, of: 2_000, against: 380, of: 38_000)
    #expect(test.ratio(unequal) > test.ratio(equal))
  }

  @Test func withoutVarianceNothingIsKnown() {
    let test = MixtureSequentialTest(mixtureVariance: 0.0001)
    #expect(test.ratio(TwoProportions(successes: 0, of: 10, against: 0, of: 10)) == 1)
  }
}
