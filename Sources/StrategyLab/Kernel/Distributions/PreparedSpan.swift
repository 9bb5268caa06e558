import LabUnits

/// A ``SpanDistribution`` made ready to be drawn from by inversion.
///
/// It draws the same spans from the same streams as ``SpanDistribution/sample(from:)``, to the last nanosecond; what all
/// draws of a law have in common is worked out once. ``SpanSampler`` is faster, and draws others.
public struct PreparedSpan: Sendable {
  /// The law.
  public let distribution: SpanDistribution
  private let law: Law

  /// The laws that are drawn often, as plain numbers.
  private enum Law: BitwiseCopyable, Sendable {
    case fixed(Span)
    case exponential(mean: Double)
    case lognormal(median: Double, deviation: Double)
    case other
  }

  /// A law made ready.
  ///
  /// - Precondition: as of ``SpanDistribution/sample(from:)``.
  public init(_ distribution: SpanDistribution) {
    self.distribution = distribution
    switch distribution {
    case .fixed(let span): law = .fixed(span)
    case .exponential(let mean): law = .exponential(mean: Double(mean.nanoseconds))
    case .lognormal(let median, let percentile95):
      let (median, percentile95) = (Double(median.nanoseconds), Double(percentile95.nanoseconds))
      law = .lognormal(
        median: median,
        deviation: Elementary.lognormalDeviation(median: median, percentile95: percentile95))
    default: law = .other
    }
  }

  /// The span that is always drawn; nil where there is a choice.
  public var fixed: Span? { if case .fixed(let span) = law { span } else { nil } }

  /// A span from a stream.
  public func sample(from stream: inout RandomStream) -> Span {
    switch law {
    case .fixed(let span): return max(span, .zero)
    case .exponential(let mean):
      return Span(roundingNanoseconds: stream.exponential(mean: mean))
    case .lognormal(let median, let deviation):
      return Span(
        roundingNanoseconds: median * Elementary.exponential(deviation * stream.normal()))
    case .other: return distribution.sample(from: &stream)
    }
  }
}
