extension RandomStream {
  /// A Poisson count: how many events of a constant rate fall into an interval.
  ///
  ///     stream.poisson(mean: rate * interval.seconds)
  ///
  /// Below a mean of 10 by inversion, one draw, none for a mean of 0; from there by transformed rejection with squeeze
  /// (PTRS: Hörmann 1993, "The Transformed Rejection Method for Generating Poisson Random Variables",
  /// doi:10.1016/0167-6687(93)90997-4), whose cost does not grow with the mean. The density is evaluated
  /// in Loader's form, so that also counts of 10¹⁵ follow their law.
  ///
  /// - Parameter mean: The expected count, from 0 to 9e15.
  /// - Returns: a count of 0 or more.
  public mutating func poisson(mean: Double) -> Int {
    precondition(mean >= 0 && mean <= 9e15, "a Poisson mean lies between 0 and 9e15")
    return mean < 10 ? poissonByInversion(mean) : poissonByRejection(mean)
  }

  private mutating func poissonByInversion(_ mean: Double) -> Int {
    if mean == 0 { return 0 }
    var remaining = nextUnit()
    // e⁻ᵐ is at least 1 - m, so that mostly no exponential is needed where the mean is small.
    if remaining < 1 - mean - 0x1p-50 { return 0 }
    var probability = Elementary.exponential(-mean)
    var count = 0
    while remaining > probability {
      remaining -= probability
      count += 1
      probability *= mean / Double(count)
      // What is left now is rounding: no later count is likelier than half the least draw.
      if probability < 0x1p-54 && Double(count) > mean { break }
    }
    return count
  }

  private mutating func poissonByRejection(_ mean: Double) -> Int {
    let b = 0.931 + 2.53 * mean.squareRoot()
    let a = -0.059 + 0.02483 * b
    let quickAcceptance = 0.9277 - 3.6224 / (b - 2)
    while true {
      let u = nextUnit() - 0.5
      let v = nextUnit()
      let edge = 0.5 - u.magnitude
      let count = ((2 * a / edge + b) * u + mean + 0.43).rounded(.down)
      if edge >= 0.07 && v <= quickAcceptance { return Int(count) }
      if count < 0 || count > 9.2e18 || (edge < 0.013 && v > edge) { continue }
      let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
      let hat = v * inverseAlpha / (a / (edge * edge) + b)
      if Elementary.logarithm(hat) <= Elementary.logPoisson(count, mean: mean) {
        return Int(count)
      }
    }
  }

  /// A binomial count: how many of a number of trials succeed.
  ///
  ///     stream.binomial(trials: requests, probability: failureProbability)
  ///
  /// Below 10 expected successes by inversion, one draw; from there by transformed rejection with squeeze
  /// (BTRS: Hörmann 1993, "The Generation of Binomial Random Variates",
  /// doi:10.1080/00949659308811496). A probability above one half counts the failures instead.
  ///
  /// - Parameters:
  ///   - trials: How many trials, from 0 to 9e15.
  ///   - probability: The probability that a trial succeeds, from 0 to 1.
  /// - Returns: a count from 0 to `trials`; without a draw where it is certain.
  public mutating func binomial(trials: Int, probability: Double) -> Int {
    precondition(trials >= 0 && trials <= 9_000_000_000_000_000, "trials lie between 0 and 9e15")
    precondition(probability >= 0 && probability <= 1, "a probability lies between 0 and 1")
    if trials == 0 || probability == 0 { return 0 }
    if probability == 1 { return trials }
    if probability > 0.5 {
      return trials - binomial(trials: trials, probability: 1 - probability)
    }
    return Double(trials) * probability < 10
      ? binomialByInversion(trials, probability) : binomialByRejection(trials, probability)
  }

  private mutating func binomialByInversion(_ trials: Int, _ p: Double) -> Int {
    let n = Double(trials)
    let odds = p / (1 - p)
    var remaining = nextUnit()
    var probability = Elementary.exponential(n * Elementary.logarithmOnePlus(-p))
    var count = 0
    while remaining > probability && count < trials {
      remaining -= probability
      count += 1
      probability *= odds * (n - Double(count - 1)) / Double(count)
      // As in the Poisson law: the rest is rounding.
      if probability < 0x1p-54 && Double(count) > n * p { break }
    }
    return count
  }

  private mutating func binomialByRejection(_ trials: Int, _ p: Double) -> Int {
    let n = Double(trials)
    let deviation = (n * p * (1 - p)).squareRoot()
    let b = 1.15 + 2.53 * deviation
    let a = -0.0873 + 0.0248 * b + 0.01 * p
    let quickAcceptance = 0.92 - 4.2 / b
    while true {
      let u = nextUnit() - 0.5
      let v = nextUnit()
      let edge = 0.5 - u.magnitude
      let count = ((2 * a / edge + b) * u + n * p + 0.5).rounded(.down)
      if edge >= 0.07 && v <= quickAcceptance { return Int(count) }
      if count < 0 || count > n { continue }
      let alpha = (2.83 + 5.1 / b) * deviation
      let hat = Elementary.logarithm(v * alpha / (a / (edge * edge) + b))
      let mode = ((n + 1) * p).rounded(.down)
      let relativeToMode =
        Elementary.logBinomial(count, of: n, p) - Elementary.logBinomial(mode, of: n, p)
      if hat <= relativeToMode { return Int(count) }
    }
  }
}
