import LabKernel
import StrategyLab
import Testing

/// How often intervals hold what they should, and tests err, over many samples of a fixed seed.
///
/// Bounds are four standard errors of the simulated frequency, or follow from the theorem that is cited.
struct StatisticsCoverageTests {
  private static func stream(_ entity: Int) -> RandomStream {
    RandomStream(
      seed: 20_261_123, replication: 0, purpose: RandomPurpose(rawValue: 0x57a7), entity: entity)
  }

  /// Expects a frequency within four standard errors of a probability.
  private static func expect(
    _ found: Int, of trials: Int, near probability: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = (probability * (1 - probability) / Double(trials)).squareRoot()
    let frequency = Double(found) / Double(trials)
    #expect(
      abs(frequency - probability) < 4 * error, "\(frequency)", sourceLocation: sourceLocation)
  }

  @Test(arguments: [2, 5, 30], [0.95, 0.99])
  func studentHoldsTheMeanOfNormalValues(count: Int, confidence: Double) throws {
    var stream = Self.stream(count)
    let samples = 2_000
    var held = 0
    for _ in 0..<samples {
      let values = (0..<count).map { _ in stream.normal(mean: 7, deviation: 3) }
      let interval = try #require(StudentInterval(values, confidence: confidence))
      if interval.low <= 7, 7 <= interval.high { held += 1 }
    }
    Self.expect(held, of: samples, near: confidence)
  }

  @Test func welchHoldsTheDifferenceOfUnequalVariances() throws {
    var stream = Self.stream(100)
    let samples = 2_000
    var held = 0
    for _ in 0..<samples {
      let first = (0..<8).map { _ in stream.normal(mean: 5, deviation: 1) }
      let second = (0..<15).map { _ in stream.normal(mean: 3, deviation: 4) }
      let interval = try #require(WelchTest(first, second)).interval()
      if interval.low <= 2, 2 <= interval.high { held += 1 }
    }
    // The degrees of freedom are an approximation, here good to a tenth of a percent.
    Self.expect(held, of: samples, near: 0.95)
  }

  /// The coverage is a sum over the binomial probabilities; the simulation has to meet it.
  @Test(arguments: [(20, 0.02), (20, 0.3), (200, 0.01), (1_000, 0.5)] as [(Int, Double)])
  func wilsonHoldsTheShareAsOftenAsItsSumSays(trials: Int, share: Double) {
    let held = (0...trials).map { successes in
      let interval = WilsonInterval(successes: successes, trials: trials)
      return interval.low <= share && share <= interval.high
    }
    var coverage = 0.0
    for successes in 0...trials where held[successes] {
      coverage +=
        BinomialDistribution.atLeast(successes, trials: trials, probability: share)
        - BinomialDistribution.atLeast(successes + 1, trials: trials, probability: share)
    }
    #expect(coverage > 0.92)
    var stream = Self.stream(200 + trials)
    let samples = 5_000
    let found = (0..<samples).count { _ in
      held[stream.binomial(trials: trials, probability: share)]
    }
    Self.expect(found, of: samples, near: coverage)
  }

  /// Over all shares Wilson's interval holds its share 95% of the time in the mean; the exact one never less often.
  @Test func wilsonIsRightInTheMeanAndTheExactIntervalAlways() {
    let trials = 40
    let intervals = (0...trials).map { successes in
      (
        WilsonInterval(successes: successes, trials: trials),
        ExactInterval(successes: successes, trials: trials)
      )
    }
    var mean = 0.0
    let shares = (1..<200).map { Double($0) / 200 }
    for share in shares {
      var (wilson, exact) = (0.0, 0.0)
      var above = 1.0
      for (successes, (near, wide)) in intervals.enumerated() {
        let more = BinomialDistribution.atLeast(
          successes + 1, trials: trials, probability: share)
        let itself = above - more
        above = more
        if near.low <= share, share <= near.high { wilson += itself }
        if wide.low <= share, share <= wide.high { exact += itself }
      }
      #expect(exact >= 0.95)
      mean += wilson / Double(shares.count)
    }
    #expect(mean > 0.945 && mean < 0.96)
  }

  @Test(arguments: [(30, 0.5), (100, 0.9), (200, 0.95)] as [(Int, Double)])
  func orderStatisticsHoldTheQuantileAsOftenAsTheySay(count: Int, quantile: Double) {
    var stream = Self.stream(300 + count)
    let interval = OrderStatisticInterval(count: count, quantile: quantile)
    let samples = 2_000
    var held = 0
    for _ in 0..<samples {
      // Of even values the quantile is its own probability; any other law would be a change of scale.
      let bounds = interval.bounds(in: (0..<count).map { _ in stream.nextUnit() }.sorted())
      if bounds.low <= quantile, quantile <= bounds.high { held += 1 }
    }
    Self.expect(held, of: samples, near: interval.coverage)
  }

  @Test func theShiftOfTwoSamplesIsHeldWithExactRanks() throws {
    var stream = Self.stream(400)
    let samples = 1_000
    var held = 0
    for _ in 0..<samples {
      let first = (0..<9).map { _ in stream.exponential(mean: 1) + 0.7 }
      let second = (0..<11).map { _ in stream.exponential(mean: 1) }
      let shift = try #require(MannWhitney(first, second).shift())
      if shift.low <= 0.7, 0.7 <= shift.high { held += 1 }
    }
    // Ranks 24 to 76 of the 99 differences: 23 is the largest statistic with at most 2.5% below.
    let distribution = MannWhitneyDistribution(9, 11)
    let miss = distribution.atMost(distribution.largest(withAtMost: 0.025))
    Self.expect(held, of: samples, near: 1 - 2 * miss)
  }

  @Test func newcombesIntervalHoldsTheDifference() {
    var stream = Self.stream(500)
    let samples = 4_000
    let held = (0..<samples).count { _ in
      let pair = TwoProportions(
        successes: stream.binomial(trials: 400, probability: 0.06), of: 400,
        against: stream.binomial(trials: 2_000, probability: 0.03), of: 2_000)
      let interval = pair.interval()
      return interval.low <= 0.03 && 0.03 <= interval.high
    }
    // An approximation: between the second and the fourth standard error, and half a percent, of 95%.
    let frequency = Double(held) / Double(samples)
    #expect(abs(frequency - 0.95) < 4 * (0.95 * 0.05 / Double(samples)).squareRoot() + 0.005)
  }

  /// Plays a test of 2% against 6% until it decides; true where it calls the candidate defective.
  private static func calls(
    _ test: SequentialProbabilityRatio, failing share: Double, _ stream: inout RandomStream
  ) -> (isDefective: Bool, requests: Int) {
    var (failures, requests) = (0, 0)
    while true {
      requests += 1
      if stream.nextUnit() < share { failures += 1 }
      switch test.decision(failures: failures, requests: requests) {
      case .undecided: continue
      case .defective: return (true, requests)
      case .healthy: return (false, requests)
      }
    }
  }

  /// Wald (1945), section 3.2: the error rates are at most α/(1 - β) and β/(1 - α), and together at most α + β.
  @Test func waldsTestErrsNoMoreThanItSays() {
    let test = SequentialProbabilityRatio(
      healthy: 0.02, defective: 0.06, falseAlarms: 0.05, misses: 0.1)
    var stream = Self.stream(600)
    let samples = 1_500
    var (alarms, misses) = (0, 0)
    var (healthy, defective) = (Accumulation(), Accumulation())
    for _ in 0..<samples {
      let good = Self.calls(test, failing: 0.02, &stream)
      if good.isDefective { alarms += 1 }
      healthy.add(Double(good.requests))
      let bad = Self.calls(test, failing: 0.06, &stream)
      if !bad.isDefective { misses += 1 }
      defective.add(Double(bad.requests))
    }
    let n = Double(samples)
    func bound(_ probability: Double) -> Double {
      probability + 4 * (probability * (1 - probability) / n).squareRoot()
    }
    #expect(Double(alarms) / n < bound(0.05 / 0.9))
    #expect(Double(misses) / n < bound(0.1 / 0.95))
    #expect(Double(alarms + misses) / n < bound(0.15))
    // Steps overshoot the boundaries a little, so that decisions take as long as the approximation or longer.
    #expect(healthy.mean > test.meanRequestsIfHealthy - 4 * healthy.standardError)
    #expect(healthy.mean < 1.3 * test.meanRequestsIfHealthy)
    #expect(defective.mean > test.meanRequestsIfDefective - 4 * defective.standardError)
    #expect(defective.mean < 1.3 * test.meanRequestsIfDefective)
  }

  /// Robbins (1970): without an effect the mixture ever reaches 1/α with probability at most α, looked at after each value.
  @Test func theMixtureOfAMeanSeldomAlarmsHoweverOftenOneLooks() {
    let test = MixtureSequentialTest(mixtureVariance: 0.05)
    var stream = Self.stream(700)
    let (samples, length) = (400, 1_000)
    var alarms = 0
    var fixedAlarms = 0
    for _ in 0..<samples {
      var sum = 0.0
      var (isAlarmed, wouldAlarm) = (false, false)
      for count in 1...length {
        sum += stream.normal()
        let n = Double(count)
        let ratio = test.logRatio(effect: sum / n, variance: 1 / n)
        if MixtureSequentialTest.probability(logRatio: ratio) <= 0.05 { isAlarmed = true }
        // A test of fixed size, looked at each time.
        if count >= 10, sum.magnitude > 1.96 * n.squareRoot() { wouldAlarm = true }
      }
      if isAlarmed { alarms += 1 }
      if wouldAlarm { fixedAlarms += 1 }
    }
    let error = (0.05 * 0.95 / Double(samples)).squareRoot()
    #expect(Double(alarms) / Double(samples) < 0.05 + 4 * error)
    #expect(Double(fixedAlarms) / Double(samples) > 0.3)
  }

  /// The bound holds asymptotically, so that the first look comes after some failures are to be expected.
  @Test func theMixtureOfTwoSharesSeldomAlarmsHoweverOftenOneLooks() {
    let test = MixtureSequentialTest(mixtureVariance: 0.0004)
    var stream = Self.stream(800)
    let (samples, looks) = (1_000, 100)
    var (alarms, found) = (0, 0)
    for sample in 0..<2 * samples {
      let isDefective = sample >= samples
      var (stable, candidate, requests) = (0, 0, 0)
      for _ in 0..<looks {
        stable += stream.binomial(trials: 400, probability: 0.05)
        candidate += stream.binomial(trials: 400, probability: isDefective ? 0.06 : 0.05)
        requests += 400
        let pair = TwoProportions(
          successes: candidate, of: requests, against: stable, of: requests)
        let ratio = test.logRatio(effect: pair.difference, variance: pair.variance)
        guard MixtureSequentialTest.probability(logRatio: ratio) <= 0.05 else { continue }
        if isDefective { found += 1 } else { alarms += 1 }
        break
      }
    }
    let error = (0.05 * 0.95 / Double(samples)).squareRoot()
    #expect(Double(alarms) / Double(samples) < 0.05 + 4 * error)
    #expect(Double(found) / Double(samples) > 0.95)
  }

  /// Holm (1979): of ten comparisons without a difference even one is found with probability at most α.
  @Test func holmSeldomFindsAnythingWhereNothingIs() {
    var stream = Self.stream(900)
    let samples = 4_000
    let alarms = (0..<samples).count { _ in
      MultipleComparisons.holm((0..<10).map { _ in stream.nextUnit() }).contains { $0 <= 0.05 }
    }
    // The least of ten independent ones is below α/10: 1 - (1 - α/10)¹⁰.
    Self.expect(alarms, of: samples, near: 0.04889)
  }
}
