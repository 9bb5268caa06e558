import LabUnits

extension SpanDistribution {
  /// The span that a draw is at most with the given probability, in whole nanoseconds and never negative.
  ///
  ///     SpanDistribution.uniform(from: .seconds(10), to: .seconds(20)).quantile(0.5)   // 15 s
  ///
  /// Closed forms where there are some; the gamma law is searched for by halves, to a billionth of itself.
  ///
  /// - Parameter probability: Above 0 and below 1.
  /// - Returns: the span, rounded to the nearest nanosecond.
  /// - Precondition: parameters are in the ranges of ``family``; an empirical law has a value.
  public func quantile(_ probability: Double) -> Span {
    precondition(probability > 0 && probability < 1, "a quantile lies between 0 and 1")
    switch self {
    case .fixed(let span): return max(span, .zero)
    case .uniform(let from, let to):
      return Self.span(from.seconds + (to.seconds - from.seconds) * probability)
    case .exponential(let mean):
      return Self.span(-mean.seconds * Elementary.logarithm(1 - probability))
    case .lognormal(let median, let percentile95):
      let deviation = Self.logDeviation(median, percentile95)
      return Self.span(
        median.seconds * Elementary.exponential(deviation * Elementary.normalQuantile(probability)))
    case .weibull(let scale, let shape):
      return Self.span(
        scale.seconds * Elementary.power(-Elementary.logarithm(1 - probability), 1 / shape))
    case .pareto(let scale, let shape):
      return Self.span(
        scale.seconds * Elementary.exponential(-Elementary.logarithm(1 - probability) / shape))
    case .empirical(let spans):
      let ascending = spans.sorted()
      let index = Int((Double(spans.count) * probability).rounded(.up)) - 1
      return max(ascending[min(max(index, 0), spans.count - 1)], .zero)
    case .gamma(let mean, let variation):
      return variation > 0 ? searched(probability, from: mean.seconds) : max(mean, .zero)
    }
  }

  /// The quantile of a law that has no closed form for it.
  private func searched(_ probability: Double, from start: Double) -> Span {
    var high = max(start, 1e-9)
    while survival(high) > 1 - probability, high < 1e10 { high *= 2 }
    var low = 0.0
    while high - low > 1e-9 * high {
      let middle = (low + high) / 2
      if middle <= low || middle >= high { break }
      if survival(middle) > 1 - probability { low = middle } else { high = middle }
    }
    return Self.span(high)
  }

  /// Seconds as a span, held between none and 292 years.
  private static func span(_ seconds: Double) -> Span {
    Span(nanoseconds: Int64((min(max(seconds, 0), 9.2e9) * 1e9).rounded()))
  }
}
