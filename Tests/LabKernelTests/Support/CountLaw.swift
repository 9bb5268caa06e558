import Foundation

/// The probabilities of a law of counts, made from the ratios of neighbouring ones alone.
///
/// Neither factorials nor logarithms of them are used, so that the law is independent of what the samplers use.
struct CountLaw {
  let mean: Double
  let deviation: Double
  let skewness: Double
  /// The probability of a count divided by that of the count before it.
  let ratio: (Double) -> Double
  /// The greatest count.
  let most: Double

  /// How many events fall into an interval.
  static func poisson(_ mean: Double) -> CountLaw {
    CountLaw(
      mean: mean, deviation: mean.squareRoot(), skewness: 1 / mean.squareRoot(),
      ratio: { mean / $0 }, most: .infinity)
  }

  /// How many of a number of trials succeed; `failing` is one less the probability, given for its digits.
  static func binomial(_ trials: Double, _ p: Double, failing q: Double) -> CountLaw {
    let deviation = (trials * p * q).squareRoot()
    return CountLaw(
      mean: trials * p, deviation: deviation, skewness: (q - p) / deviation,
      ratio: { (trials - $0 + 1) / $0 * (p / q) }, most: trials)
  }

  /// Whether the counts that matter are few enough to be listed.
  var isListed: Bool { deviation < 2_000 }

  /// The counts within fourteen deviations and some more, with their probabilities.
  func list() -> (first: Int, probabilities: [Double]) {
    let reach = 14 * deviation + 40
    let low = max(0, (mean - reach).rounded(.down))
    let high = min(most, (mean + reach).rounded(.up))
    let mode = min(max(mean.rounded(.down), low), high)
    var weights = [Double](repeating: 0, count: Int(high - low) + 1)
    weights[Int(mode - low)] = 1
    for count in stride(from: mode + 1, through: high, by: 1) {
      weights[Int(count - low)] = weights[Int(count - low) - 1] * ratio(count)
    }
    for count in stride(from: mode, to: low, by: -1) {
      weights[Int(count - low) - 1] = weights[Int(count - low)] / ratio(count)
    }
    let total = weights.sorted().reduce(0, +)
    return (Int(low), weights.map { $0 / total })
  }

  /// The probability of at most so many for a law of large deviation (Edgeworth 1905, with one correction).
  ///
  /// Off by about the inverse of the squared deviation, which is here below a millionth.
  func cumulative(_ count: Double) -> Double {
    let z = (count + 0.5 - mean) / deviation
    let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
    return 0.5 * erfc(-z / 2.0.squareRoot()) - density * skewness * (z * z - 1) / 6
  }
}
