import LabUnits

extension SpanDistribution {
  /// The probability that a span is longer than a number of seconds.
  ///
  /// Closed forms: relative error below 10⁻¹³, for gamma 10⁻¹¹ (``Elementary/upperGammaFraction(shape:_:)``).
  /// The rounding of samples to whole nanoseconds is left out.
  public func survival(_ t: Double) -> Double {
    if t < 0 { return 1 }
    switch self {
    case .fixed(let span): return span.seconds > t ? 1 : 0
    case .uniform(let from, let to):
      if t < from.seconds { return 1 }
      return t < to.seconds ? (to.seconds - t) / (to.seconds - from.seconds) : 0
    case .exponential(let mean): return Elementary.exponential(-t / mean.seconds)
    case .lognormal(let median, let percentile95):
      let deviation = Self.logDeviation(median, percentile95)
      guard deviation > 0 else { return median.seconds > t ? 1 : 0 }
      return Elementary.normalCumulative(Elementary.logarithm(median.seconds / t) / deviation)
    case .gamma(let mean, let variation):
      guard variation > 0 else { return mean.seconds > t ? 1 : 0 }
      let shape = 1 / (variation * variation)
      return Elementary.upperGammaFraction(shape: shape, shape * (t / mean.seconds))
    case .weibull(let scale, let shape):
      return Elementary.exponential(-Elementary.power(t / scale.seconds, shape))
    case .pareto(let scale, let shape):
      return t <= scale.seconds ? 1 : Elementary.power(scale.seconds / t, shape)
    case .empirical(let spans):
      return Double(spans.count { $0.seconds > t }) / Double(spans.count)
    }
  }

  /// How far a span exceeds a number of seconds in the mean, shorter spans counting as 0: E (X - t)⁺, in seconds.
  ///
  /// It is the integral of ``survival(_:)`` from `t` on, and at 0 it is the mean. All laws have a closed
  /// form, gamma and Weibull by the incomplete gamma function. The absolute error is below 10⁻¹² means;
  /// in the far tail of the lognormal and gamma laws the terms nearly cancel, so that below 10⁻¹² means
  /// few digits are left.
  public func meanExcess(over t: Double) -> Double {
    if t <= 0 { return mean - t }
    switch self {
    case .fixed(let span): return max(0, span.seconds - t)
    case .uniform(let from, let to):
      if t < from.seconds { return mean - t }
      guard t < to.seconds else { return 0 }
      return (to.seconds - t) * (to.seconds - t) / (2 * (to.seconds - from.seconds))
    case .exponential(let mean): return mean.seconds * survival(t)
    case .lognormal(let median, let percentile95):
      // The value of an option to buy at t (Black and Scholes 1973, doi:10.1086/260062).
      let deviation = Self.logDeviation(median, percentile95)
      guard deviation > 0 else { return max(0, median.seconds - t) }
      let distance = Elementary.logarithm(median.seconds / t) / deviation
      let above = mean * Elementary.normalCumulative(distance + deviation)
      return max(0, above - t * Elementary.normalCumulative(distance))
    case .gamma(let mean, let variation):
      guard variation > 0 else { return max(0, mean.seconds - t) }
      // scale ((a - x) Q(a, x) + xᵃ e⁻ˣ / Γ(a)), from Q(a + 1, x) = Q(a, x) + xᵃ e⁻ˣ / Γ(a + 1).
      let shape = 1 / (variation * variation)
      let x = shape * (t / mean.seconds)
      let beyond = (1 - x / shape) * Elementary.upperGammaFraction(shape: shape, x)
      return mean.seconds * max(0, beyond + Elementary.gammaTerm(shape: shape, x))
    case .weibull(let scale, let shape):
      // The integral of exp(-(x / scale)^k), by (x / scale)^k for the variable.
      let x = Elementary.power(t / scale.seconds, shape)
      return mean * Elementary.upperGammaFraction(shape: 1 / shape, x)
    case .pareto(let scale, let shape):
      guard shape > 1 else { return .infinity }
      return t <= scale.seconds ? mean - t : t * survival(t) / (shape - 1)
    case .empirical(let spans):
      return spans.reduce(0) { $0 + max(0, $1.seconds - t) } / Double(spans.count)
    }
  }
}
