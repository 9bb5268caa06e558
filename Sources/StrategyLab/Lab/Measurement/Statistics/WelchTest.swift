/// The test of two means whose populations may vary differently.
///
/// Welch (1947), "The Generalization of 'Student's' Problem when Several Different Population Variances are
/// Involved", Biometrika 34(1-2), 28-35, doi:10.1093/biomet/34.1-2.28; degrees of freedom after Satterthwaite
/// (1946), doi:10.2307/3002019.
public struct WelchTest: Sendable, Hashable {
  /// The difference of the means, first minus second.
  public let difference: Double
  /// The standard error of the difference, above 0.
  public let standardError: Double
  /// The degrees of freedom of Student's distribution, whole or not.
  public let degreesOfFreedom: Double

  /// The test of two samples; nil if one has fewer than two values, or if neither varies.
  ///
  /// - Parameters:
  ///   - first: One sample.
  ///   - second: The other.
  public init?(_ first: some Collection<Double>, _ second: some Collection<Double>) {
    guard first.count > 1, second.count > 1, let one = StudentInterval(first),
      let other = StudentInterval(second)
    else { return nil }
    func part(_ interval: StudentInterval) -> Double {
      interval.standardDeviation * interval.standardDeviation / Double(interval.count)
    }
    let (a, b) = (part(one), part(other))
    guard a + b > 0 else { return nil }
    difference = one.mean - other.mean
    standardError = (a + b).squareRoot()
    // As shares of the sum, whose squares neither vanish nor exceed all numbers.
    let (p, q) = (a / (a + b), b / (a + b))
    degreesOfFreedom = 1 / (p * p / Double(one.count - 1) + q * q / Double(other.count - 1))
  }

  /// The difference in standard errors.
  public var statistic: Double { difference / standardError }

  /// The probability of a difference at least so large in either direction if the means are equal.
  public var twoSidedProbability: Double {
    min(
      1,
      2
        * StudentDistribution.upperTail(
          statistic.magnitude, degreesOfFreedom: degreesOfFreedom))
  }

  /// The interval of the difference.
  ///
  /// - Parameter confidence: The probability with which such intervals hold it, above 0 and below 1.
  /// - Returns: the lower and the upper end.
  public func interval(confidence: Double = 0.95) -> (low: Double, high: Double) {
    let reach = halfWidth(confidence: confidence)
    return (difference - reach, difference + reach)
  }

  /// Half of the length of the difference's interval.
  ///
  /// - Parameter confidence: The probability with which such intervals hold the difference, above 0 and below 1.
  /// - Returns: half of the length, above 0.
  public func halfWidth(confidence: Double) -> Double {
    standardError
      * StudentDistribution.criticalValue(
        upperTail: (1 - confidence) / 2, degreesOfFreedom: degreesOfFreedom)
  }
}
