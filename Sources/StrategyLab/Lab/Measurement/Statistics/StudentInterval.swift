/// The interval that holds the mean of a population, from a sample of it.
///
/// "Student" (1908), "The Probable Error of a Mean", Biometrika 6(1), 1-25, doi:10.1093/biomet/6.1.1.
/// The values are taken as independent; the mean of many replications is near enough to normal.
public struct StudentInterval: Sendable, Hashable {
  /// The number of values.
  public var count: Int
  /// Their mean.
  public var mean: Double
  /// Their standard deviation (divisor `count - 1`), 0 for a single value.
  public var standardDeviation: Double
  /// Half of the interval's length, 0 for a single value.
  public var halfWidth: Double

  /// The lower end; equal to the mean for a single value, which says nothing about its spread.
  public var low: Double { mean - halfWidth }

  /// The upper end; equal to the mean for a single value.
  public var high: Double { mean + halfWidth }

  /// The interval of the mean of some values; nil without values.
  ///
  /// - Parameters:
  ///   - values: The values.
  ///   - confidence: The probability with which such intervals hold the mean, above 0 and below 1.
  public init?(_ values: some Collection<Double>, confidence: Double = 0.95) {
    var factors = StudentFactors(confidence: confidence)
    self.init(values, factors: &factors)
  }

  /// The interval of the mean of some values, with the factors of many such intervals at hand.
  init?(_ values: some Collection<Double>, factors: inout StudentFactors) {
    guard let first = values.first else { return nil }
    count = values.count
    // Sums of distances from the first value: equal values have exactly no spread.
    var sum = 0.0
    for value in values { sum += value - first }
    mean = first + sum / Double(count)
    var squares = 0.0
    for value in values { squares += (value - mean) * (value - mean) }
    standardDeviation = count > 1 ? (squares / Double(count - 1)).squareRoot() : 0
    halfWidth =
      standardDeviation == 0
      ? 0 : factors.factor(count: count) * standardDeviation / Double(count).squareRoot()
  }
}

/// The factors of Student's intervals at one confidence, each found once for a number of values.
struct StudentFactors {
  private let tail: Double
  private var known: [Int: Double] = [:]

  /// The factors at a confidence.
  init(confidence: Double) {
    precondition(confidence > 0 && confidence < 1, "a confidence must be within 0 and 1")
    tail = (1 - confidence) / 2
  }

  /// How many standard errors the half-width is long.
  mutating func factor(count: Int) -> Double {
    if let factor = known[count] { return factor }
    let factor = StudentDistribution.criticalValue(
      upperTail: tail, degreesOfFreedom: Double(count - 1))
    known[count] = factor
    return factor
  }
}
