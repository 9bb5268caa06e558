import LabKernel

/// Two proportions held against each other, first minus second.
///
///     let test = TwoProportions(successes: 30, of: 1_000, against: 10, of: 1_000)
///     test.difference   // 0.02
///     test.pooledScore  // 3.194
public struct TwoProportions: Sendable, Hashable {
  /// Successes of the first group.
  public var firstSuccesses: Int
  /// Size of the first group.
  public var firstTrials: Int
  /// Successes of the second group.
  public var secondSuccesses: Int
  /// Size of the second group.
  public var secondTrials: Int

  /// Two proportions.
  ///
  /// - Parameters:
  ///   - firstSuccesses: 0 to `firstTrials`.
  ///   - firstTrials: At least 1.
  ///   - secondSuccesses: 0 to `secondTrials`.
  ///   - secondTrials: At least 1.
  public init(
    successes firstSuccesses: Int, of firstTrials: Int, against secondSuccesses: Int,
    of secondTrials: Int
  ) {
    precondition(firstTrials > 0 && secondTrials > 0, "both groups must have trials")
    precondition(
      (0...firstTrials).contains(firstSuccesses) && (0...secondTrials).contains(secondSuccesses),
      "successes must be within 0 and the trials")
    self.firstSuccesses = firstSuccesses
    self.firstTrials = firstTrials
    self.secondSuccesses = secondSuccesses
    self.secondTrials = secondTrials
  }

  /// The first group's share of successes.
  public var firstShare: Double { Double(firstSuccesses) / Double(firstTrials) }

  /// The second group's share of successes.
  public var secondShare: Double { Double(secondSuccesses) / Double(secondTrials) }

  /// The first share minus the second.
  public var difference: Double { firstShare - secondShare }

  /// The variance of the difference with each group's own share.
  public var variance: Double {
    firstShare * (1 - firstShare) / Double(firstTrials)
      + secondShare * (1 - secondShare) / Double(secondTrials)
  }

  /// The variance of the difference if both groups have one share in truth.
  public var pooledVariance: Double {
    let (n1, n2) = (Double(firstTrials), Double(secondTrials))
    let share = (Double(firstSuccesses) + Double(secondSuccesses)) / (n1 + n2)
    return share * (1 - share) * (1 / n1 + 1 / n2)
  }

  /// The difference in standard errors of equal shares; 0 if all trials came out alike.
  public var pooledScore: Double {
    let variance = pooledVariance
    return variance > 0 ? difference / variance.squareRoot() : 0
  }

  /// The probability of a difference at least so large in either direction if both shares are equal.
  public var twoSidedProbability: Double {
    2 * Elementary.normalCumulative(-pooledScore.magnitude)
  }

  /// The probability of a first share so much larger if both shares are equal.
  public var oneSidedProbability: Double { Elementary.normalCumulative(-pooledScore) }

  /// The interval of the difference, built from the Wilson intervals of both shares.
  ///
  /// Newcombe (1998), "Interval Estimation for the Difference Between Independent Proportions: Comparison of
  /// Eleven Methods", Statistics in Medicine 17(8), 873-890, method 10,
  /// doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
  ///
  /// - Parameter confidence: The probability with which such intervals hold the difference, above 0 and below 1.
  /// - Returns: the lower and the upper end.
  public func interval(confidence: Double = 0.95) -> (low: Double, high: Double) {
    let first = WilsonInterval(
      successes: firstSuccesses, trials: firstTrials, confidence: confidence)
    let second = WilsonInterval(
      successes: secondSuccesses, trials: secondTrials, confidence: confidence)
    func length(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
    return (
      difference - length(firstShare - first.low, second.high - secondShare),
      difference + length(first.high - firstShare, secondShare - second.low)
    )
  }
}
