import LabUnits

extension SpanDistribution {
  /// A span drawn by this law, in whole nanoseconds and never negative.
  ///
  ///     let boot = SpanDistribution.lognormal(median: .seconds(20), percentile95: .seconds(45))
  ///     let delay = boot.sample(from: &stream)
  ///
  /// Every law but the gamma one takes the same number of draws each time: none if fixed, otherwise one,
  /// and, an empirical one apart, a greater draw never gives a smaller (exponential, Weibull and Pareto: never a
  /// greater) span. So streams stay in step when only a parameter changes.
  ///
  /// - Precondition: parameters are in the ranges of ``family``; an empirical law has a value.
  public func sample(from stream: inout RandomStream) -> Span {
    switch self {
    case .fixed(let span): return max(span, .zero)
    case .uniform(let from, let to):
      let width = Double(to.nanoseconds - from.nanoseconds)
      return Span(roundingNanoseconds: Double(from.nanoseconds) + width * stream.nextUnit())
    case .exponential(let mean):
      return Span(roundingNanoseconds: stream.exponential(mean: Double(mean.nanoseconds)))
    case .lognormal(let median, let percentile95):
      return Span(
        roundingNanoseconds: stream.lognormal(
          median: Double(median.nanoseconds), percentile95: Double(percentile95.nanoseconds)))
    case .gamma(let mean, let variation):
      guard variation > 0 else { return max(mean, .zero) }
      let squared = variation * variation
      return Span(
        roundingNanoseconds: stream.gamma(
          shape: 1 / squared, scale: Double(mean.nanoseconds) * squared))
    case .weibull(let scale, let shape):
      return Span(
        roundingNanoseconds: stream.weibull(scale: Double(scale.nanoseconds), shape: shape))
    case .pareto(let scale, let shape):
      return Span(
        roundingNanoseconds: stream.pareto(scale: Double(scale.nanoseconds), shape: shape))
    case .empirical(let spans):
      return max(spans[stream.index(below: spans.count)], .zero)
    }
  }
}

extension Span {
  /// The span nearest to a number of nanoseconds, held between none and 292 years.
  init(roundingNanoseconds value: Double) {
    self.init(nanoseconds: Int64(min(max(value, 0), 9.2e18) + 0.5))
  }
}
