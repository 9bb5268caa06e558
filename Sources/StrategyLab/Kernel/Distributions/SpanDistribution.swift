import LabUnits

/// A law by which lengths of time are drawn: start-up, drain, provisioning, reaction, service.
public enum SpanDistribution: Sendable, Hashable {
  /// Always the same.
  case fixed(Span)
  /// Evenly between two spans.
  case uniform(from: Span, to: Span)
  /// Exponential of the given mean.
  case exponential(mean: Span)
  /// Lognormal, given by the two quantiles that people measure.
  case lognormal(median: Span, percentile95: Span)
  /// Gamma of the given mean and coefficient of variation.
  case gamma(mean: Span, variation: Double)
  /// Weibull of the given scale and shape.
  case weibull(scale: Span, shape: Double)
  /// Pareto of the given least value and shape: longer than t with probability (scale / t)^shape.
  case pareto(scale: Span, shape: Double)
  /// One of the given spans, each equally likely.
  case empirical([Span])
}
