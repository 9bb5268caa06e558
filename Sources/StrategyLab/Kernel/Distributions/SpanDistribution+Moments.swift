import LabUnits

extension SpanDistribution {
  /// The mean, in seconds; infinite for a Pareto law of shape 1 or less.
  public var mean: Double {
    switch self {
    case .fixed(let span): return span.seconds
    case .uniform(let from, let to): return (from.seconds + to.seconds) / 2
    case .exponential(let mean), .gamma(let mean, _): return mean.seconds
    case .lognormal(let median, let percentile95):
      let deviation = Self.logDeviation(median, percentile95)
      return median.seconds * Elementary.exponential(deviation * deviation / 2)
    case .weibull(let scale, let shape):
      return scale.seconds * Elementary.exponential(Elementary.logGamma(1 + 1 / shape))
    case .pareto(let scale, let shape):
      return shape > 1 ? scale.seconds * (shape / (shape - 1)) : .infinity
    case .empirical(let spans):
      return spans.reduce(0) { $0 + $1.seconds } / Double(spans.count)
    }
  }

  /// The variance, in square seconds; infinite for a Pareto law of shape 2 or less.
  public var variance: Double {
    switch self {
    case .fixed: return 0
    case .uniform(let from, let to):
      let width = to.seconds - from.seconds
      return width * width / 12
    case .empirical(let spans):
      let mean = self.mean
      let squares = spans.reduce(0) { $0 + ($1.seconds - mean) * ($1.seconds - mean) }
      return squares / Double(spans.count)
    case .exponential, .gamma, .lognormal, .weibull, .pareto:
      return mean * mean * squaredVariation
    }
  }

  /// The variance divided by the square of the mean: 0 when fixed, 1 when exponential.
  ///
  /// It is what queueing formulas ask of a law beyond its mean. A law that is always zero has 0, and a Pareto law of
  /// shape 2 or less infinity: queues with such services wait for ever in the mean.
  public var squaredVariation: Double {
    switch self {
    case .fixed: return 0
    case .exponential: return 1
    case .gamma(_, let variation): return variation * variation
    case .lognormal(let median, let percentile95):
      let deviation = Self.logDeviation(median, percentile95)
      return Elementary.exponentialMinusOne(deviation * deviation)
    case .weibull(_, let shape):
      // Γ(1 + 2/k) / Γ(1 + 1/k)² - 1.
      let log = Elementary.logGamma(1 + 2 / shape) - 2 * Elementary.logGamma(1 + 1 / shape)
      return Elementary.exponentialMinusOne(log)
    case .pareto(_, let shape): return shape > 2 ? 1 / (shape * (shape - 2)) : .infinity
    case .uniform, .empirical:
      let mean = self.mean
      return mean == 0 ? 0 : variance / (mean * mean)
    }
  }

  /// The deviation of the logarithm of a lognormal law.
  static func logDeviation(_ median: Span, _ percentile95: Span) -> Double {
    Elementary.lognormalDeviation(
      median: Double(median.nanoseconds), percentile95: Double(percentile95.nanoseconds))
  }
}
