/// Count, mean, variance and range of a series of numbers, in one pass and little memory.
///
///     var waits = Accumulation()
///     for wait in [1.0, 2, 6] { waits.add(wait) }
///     waits.mean      // 3
///     waits.variance  // 7
///
/// The mean moves by a fraction of each number's difference from it, which keeps its digits where a sum
/// of squares would lose them (Welford 1962, doi:10.1080/00401706.1962.10490022). The result is
/// reproducible to the bit for numbers in the same order; in another order its last digits differ.
public struct Accumulation: Sendable, Hashable {
  /// How many numbers there were.
  public private(set) var count = 0
  /// The arithmetic mean; 0 before the first number.
  public private(set) var mean = 0.0
  /// The smallest number; infinity before the first.
  public private(set) var minimum = Double.infinity
  /// The largest number; minus infinity before the first.
  public private(set) var maximum = -Double.infinity
  /// The sum of squared differences from the mean.
  private var squares = 0.0

  /// No numbers yet.
  public init() {}

  /// The variance of the population that the numbers are a sample of; 0 below two numbers.
  public var variance: Double { count > 1 ? squares / Double(count - 1) : 0 }

  /// The standard deviation of a mean of so many independent numbers; 0 below two numbers.
  public var standardError: Double {
    count > 1 ? (variance / Double(count)).squareRoot() : 0
  }

  /// Takes in one number.
  public mutating func add(_ number: Double) {
    count += 1
    let difference = number - mean
    mean += difference / Double(count)
    squares += difference * (number - mean)
    minimum = min(minimum, number)
    maximum = max(maximum, number)
  }
}
