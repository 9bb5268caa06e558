import LabKernel
import LabUnits

@testable import StrategyLab

/// Intervals, tests of two samples, and tests that may be looked at any time.
extension AnalyticCases {
  static let statistics: Formulas = [
    ("Wilson score interval", .plays(wilson)),
    ("two-proportion: Newcombe", .plays(twoProportions)),
    ("two-proportion power", .plays(power)),
    ("two-proportion sample size", .plays(sampleSize)),
    ("Mann-Whitney", .plays(mannWhitney)),
    ("mSPRT, normal", .plays(mixtureOfNormals)),
    ("mSPRT, two proportions", .plays(mixtureOfProportions)),
    ("Wald SPRT", .plays(sequential)),
    ("threshold gate", .plays(gate)),
    ("percentile, nearest rank", .plays { try percentile($0, .nearestRank) }),
    ("percentile, linear", .plays { try percentile($0, .linear) }),
    ("rule of three", .plays(zeroFailures)),
    ("P(pB > pA)", .plays(beta)),
    ("two-sample Kolmogorov-Smirnov", .plays(kolmogorovSmirnov)),
    ("Welch t test", .plays(welch)),
  ]

  /// Successes and trials of an input.
  private static func share(
    _ input: CaseValue, _ successes: String, _ trials: String, isEmptyAllowed: Bool = true
  ) throws -> (Int, Int) {
    let (x, n) = (try integer(input, successes), try integer(input, trials))
    guard x >= 0, x <= n else { throw NotApplicable("'\(successes)' is outside of its trials") }
    guard isEmptyAllowed || n > 0 else { throw NotApplicable("'\(trials)' has no trials") }
    return (x, n)
  }

  /// The confidence that an input asks for, or 95%.
  private static func confidence(_ input: CaseValue) throws -> Double {
    let value = input["confidence"].number ?? 0.95
    guard value > 0, value < 1 else { throw NotApplicable("no confidence is \(value)") }
    return value
  }

  private static func wilson(_ input: CaseValue) throws -> CaseValue {
    let (successes, trials) = try share(input, "successes", "trials")
    let confidence = try confidence(input)
    let interval = WilsonInterval(
      successes: successes, trials: trials, confidence: confidence)
    let corrected = WilsonInterval.corrected(
      successes: successes, trials: trials, confidence: confidence)
    let exact = ExactInterval(successes: successes, trials: trials, confidence: confidence)
    return [
      "low": .number(interval.low), "high": .number(interval.high),
      "wilson_cc_low": .number(corrected.low), "wilson_cc_high": .number(corrected.high),
      "clopper_pearson_low": .number(exact.low), "clopper_pearson_high": .number(exact.high),
    ]
  }

  private static func zeroFailures(_ input: CaseValue) throws -> CaseValue {
    let (failures, trials) = try share(input, "failures", "trials")
    return [
      "upper_exact": .number(
        ExactInterval.upperBound(
          successes: failures, trials: trials,
          confidence: try confidence(input))),
      "upper_rule_of_three": .number(ExactInterval.ruleOfThree(trials: trials)),
    ]
  }

  private static func beta(_ input: CaseValue) throws -> CaseValue {
    let (first, firstTrials) = try share(input, "xA", "nA")
    let (second, secondTrials) = try share(input, "xB", "nB")
    let both = BetaComparison(
      successes: first, of: firstTrials, against: second, of: secondTrials)
    return [
      "p_b_gt_a": .number(both.secondLarger), "posterior_mean_a": .number(both.firstMean),
      "posterior_mean_b": .number(both.secondMean),
    ]
  }

  private static func kolmogorovSmirnov(_ input: CaseValue) throws -> CaseValue {
    let test = KolmogorovSmirnov(try numbers(input, "x"), try numbers(input, "y"))
    return ["d": figure(test?.statistic), "p_exact": figure(test?.exactProbability)]
  }

  private static func welch(_ input: CaseValue) throws -> CaseValue {
    let test = WelchTest(try numbers(input, "x"), try numbers(input, "y"))
    return [
      "t": figure(test?.statistic), "df": figure(test?.degreesOfFreedom),
      "p_two_sided": figure(test?.twoSidedProbability),
    ]
  }

  private static func twoProportions(_ input: CaseValue) throws -> CaseValue {
    let (first, firstTrials) = try share(input, "x1", "n1", isEmptyAllowed: false)
    let (second, secondTrials) = try share(input, "x2", "n2", isEmptyAllowed: false)
    let both = TwoProportions(
      successes: first, of: firstTrials, against: second, of: secondTrials)
    let interval = both.interval(confidence: try confidence(input))
    return [
      "difference": .number(both.difference), "newcombe_low": .number(interval.low),
      "newcombe_high": .number(interval.high), "z_pooled": .number(both.pooledScore),
      "p_two_sided_z": .number(both.twoSidedProbability),
      "p_one_sided_z": .number(both.oneSidedProbability),
      "fisher_two_sided_p": .number(both.exactTwoSidedProbability),
      "fisher_greater_p": .number(both.exactOneSidedProbability),
    ]
  }

  private static func power(_ input: CaseValue) throws -> CaseValue {
    [
      "power": .number(
        TwoProportions.power(
          try number(input, "p_control"), trials: try count(input, "n_control"),
          against: try number(input, "p_canary"), trials: try count(input, "n_canary"),
          significance: try number(input, "alpha_two_sided")))
    ]
  }

  private static func sampleSize(_ input: CaseValue) throws -> CaseValue {
    let (p1, p2) = (try number(input, "p1"), try number(input, "p2"))
    guard p1 != p2 else { throw NotApplicable("no sample tells equal shares apart") }
    let significance = try number(input, "alpha_two_sided")
    let power = try number(input, "power")
    let pooled = TwoProportions.sampleSize(p1, p2, significance: significance, power: power)
    let unpooled = TwoProportions.unpooledSampleSize(
      p1, p2, significance: significance, power: power)
    let oneSided = TwoProportions.unpooledSampleSize(
      p1, p2, significance: significance, power: power, isOneSided: true)
    let baseline = TwoProportions.baselineSampleSize(
      p1, p2, significance: significance, power: power)
    return [
      "n_pooled_real": .number(pooled), "n_pooled_fleiss": .number(pooled.rounded(.up)),
      "n_unpooled_real": .number(unpooled), "n_unpooled": .number(unpooled.rounded(.up)),
      "n_unpooled_one_sided": .number(oneSided.rounded(.up)),
      "n_evan_miller": .number(baseline.rounded(.up)),
      "n_cohen_h_per_arm": .number(
        TwoProportions.effectSampleSize(p1, p2, significance: significance, power: power)),
    ]
  }

  private static func mannWhitney(_ input: CaseValue) throws -> CaseValue {
    let test = MannWhitney(try numbers(input, "x"), try numbers(input, "y"))
    return [
      "u1": .number(test.statistic), "u2": .number(test.complement),
      "p_two_sided_exact": test.exactProbability.map { .number($0) } ?? .null,
      "p_two_sided_asymptotic_cc": .number(test.asymptoticProbability()),
      "p_two_sided_asymptotic_no_cc": .number(
        test.asymptoticProbability(continuityCorrection: false)),
      "common_language_effect": figure(test.commonLanguageEffect),
      "hodges_lehmann_shift_x_minus_y": test.shift().map { .number($0.estimate) } ?? .null,
    ]
  }

  private static func mixtureOfNormals(_ input: CaseValue) throws -> CaseValue {
    let alpha = try number(input, "alpha")
    let variance = try rate(input, "sigma2") / positive(input, "n")
    let test = MixtureSequentialTest(mixtureVariance: try positive(input, "tau2"))
    let ratio = test.logRatio(
      effect: try number(input, "sample_mean") - (input["theta0"].number ?? 0),
      variance: variance)
    let probability = MixtureSequentialTest.probability(logRatio: ratio)
    return [
      "lambda": .number(Elementary.exponential(ratio)), "always_valid_p_at_n": .number(probability),
      "reject": .flag(probability <= alpha),
      "confidence_sequence_half_width": .number(
        test.halfWidth(variance: variance, falseAlarms: alpha)),
    ]
  }

  private static func mixtureOfProportions(_ input: CaseValue) throws -> CaseValue {
    let (stable, trials) = try share(input, "x_control", "n_per_arm", isEmptyAllowed: false)
    let (candidate, _) = try share(input, "x_canary", "n_per_arm")
    let both = TwoProportions(
      successes: candidate, of: trials, against: stable, of: trials)
    let test = MixtureSequentialTest(mixtureVariance: try positive(input, "tau2"))
    let ratio = test.ratio(both)
    return [
      "difference": .number(both.difference), "plug_in_V": .number(both.variance * Double(trials)),
      "lambda": .number(ratio),
      "always_valid_p_at_n": .number(
        MixtureSequentialTest.probability(logRatio: Elementary.logarithm(ratio))),
    ]
  }

  private static func sequential(_ input: CaseValue) throws -> CaseValue {
    let (healthy, defective) = (try positive(input, "p0"), try number(input, "p1"))
    let (alarms, misses) = (try positive(input, "alpha"), try positive(input, "beta"))
    guard healthy < defective, defective < 1, alarms + misses < 1 else {
      throw NotApplicable("the test needs two shares that ascend, and errors that are rare")
    }
    let test = SequentialProbabilityRatio(
      healthy: healthy, defective: defective, falseAlarms: alarms, misses: misses)
    return [
      "upper_log_boundary": .number(test.upperBoundary),
      "lower_log_boundary": .number(test.lowerBoundary),
      "llr_per_error": .number(test.stepOfFailure),
      "llr_per_success": .number(test.stepOfSuccess),
      "approx_mean_n_under_h0": .number(test.meanRequestsIfHealthy),
      "approx_mean_n_under_h1": .number(test.meanRequestsIfDefective),
      "llr_after_10_errors_in_500": .number(
        test.logLikelihoodRatio(failures: 10, requests: 500)),
    ]
  }

  private static func gate(_ input: CaseValue) throws -> CaseValue {
    [
      "p_fire": .number(
        BinomialDistribution.atLeast(
          try integer(input, "min_errors"), trials: try integer(input, "requests"),
          probability: try number(input, "error_rate")))
    ]
  }

  private static func percentile(_ input: CaseValue, _ method: Quantile.Method) throws -> CaseValue
  {
    let sorted = try numbers(input, "x").sorted()
    let values = try numbers(input, "p").map { percent in
      Quantile.of(sorted, percent / 100, method: method).map { CaseValue.number($0) } ?? .null
    }
    return ["value": .list(values)]
  }
}
