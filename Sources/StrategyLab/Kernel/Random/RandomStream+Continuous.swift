extension RandomStream {
  /// An exponential quantity of the given mean: the wait for something that has no memory.
  ///
  /// By inversion, so that one draw makes one quantity and a longer mean a longer wait.
  @inlinable
  public mutating func exponential(mean: Double) -> Double {
    -mean * Elementary.logarithm(nextUnit())
  }

  /// A standard normal quantity.
  ///
  /// By inversion (``Elementary/normalQuantile(_:)``) and not by a ziggurat: one draw makes one quantity,
  /// always, which keeps streams in step and quantities monotone in the draw, where common random
  /// numbers need it. It reaches ±8.1 standard deviations.
  @inlinable
  public mutating func normal() -> Double {
    Elementary.normalQuantile(nextUnit())
  }

  /// A normal quantity of the given mean and standard deviation.
  @inlinable
  public mutating func normal(mean: Double, deviation: Double) -> Double {
    mean + deviation * normal()
  }

  /// A lognormal quantity, given by the two quantiles that people measure.
  ///
  /// Its logarithm is normal with mean log(median) and deviation log(percentile95 / median) / 1.645.
  ///
  /// - Parameters:
  ///   - median: What half of the quantities stay below; above 0.
  ///   - percentile95: What 95% stay below; at least the median, and equal to it for no spread at all.
  /// - Returns: a quantity above 0; one draw, also when there is no spread.
  public mutating func lognormal(median: Double, percentile95: Double) -> Double {
    let deviation = Elementary.lognormalDeviation(median: median, percentile95: percentile95)
    return median * Elementary.exponential(deviation * normal())
  }

  /// A Weibull quantity: exceeds t with probability exp(-(t / scale)^shape).
  ///
  /// - Parameters:
  ///   - scale: What 63.2% of the quantities stay below.
  ///   - shape: Below 1 a heavy tail, 1 the exponential law, above 1 wear-out.
  /// - Returns: a quantity of 0 or more, by inversion of one draw.
  public mutating func weibull(scale: Double, shape: Double) -> Double {
    // Not `power`, which is three times slower: a relative error of 10⁻¹³ / shape is far below a draw's step.
    scale * Elementary.exponential(Elementary.logarithm(exponential(mean: 1)) / shape)
  }

  /// A Pareto quantity: exceeds t with probability (scale / t)^shape.
  ///
  /// - Parameters:
  ///   - scale: The least quantity.
  ///   - shape: Above 0; up to 1 the mean is infinite, up to 2 the variance.
  /// - Returns: a quantity of `scale` or more, by inversion of one draw: scale / u^(1/shape).
  public mutating func pareto(scale: Double, shape: Double) -> Double {
    scale * Elementary.exponential(exponential(mean: 1) / shape)
  }

  /// A gamma quantity: the sum of `shape` exponential ones of mean `scale`, for any shape above 0.
  ///
  /// By rejection from the cube of a normal quantity; below shape 1 from shape + 1 with a power of a
  /// uniform one (Marsaglia and Tsang 2000, "A Simple Method for Generating Gamma Variables",
  /// doi:10.1145/358407.358414). Takes two draws in most cases, and one more below shape 1.
  ///
  /// - Parameters:
  ///   - shape: The mean squared divided by the variance, above 0.
  ///   - scale: The variance divided by the mean.
  /// - Returns: a quantity of 0 or more; below shape 0.01 many are too small for a double, and are 0.
  public mutating func gamma(shape: Double, scale: Double) -> Double {
    precondition(shape > 0, "a gamma shape is above 0")
    guard shape >= 1 else {
      let boost = Elementary.exponential(-exponential(mean: 1) / shape)
      return gamma(shape: shape + 1, scale: scale) * boost
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      let u = nextUnit()
      // The squeeze spares most logarithms.
      if u < 1 - 0.0331 * (x * x) * (x * x) { return d * v * scale }
      let bound = 0.5 * x * x + d * (1 - v + Elementary.logarithm(v))
      if Elementary.logarithm(u) < bound { return d * v * scale }
    }
  }
}

extension Elementary {
  /// The deviation of the logarithm of a lognormal quantity with the given median and 95th percentile.
  static func lognormalDeviation(median: Double, percentile95: Double) -> Double {
    guard percentile95 > median else { return 0 }
    // The divisor is the normal law's 95th percentile.
    return logarithm(percentile95 / median) / 1.6448536269514722
  }
}
