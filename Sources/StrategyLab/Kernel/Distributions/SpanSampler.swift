import LabUnits

/// A ``SpanDistribution`` made ready to be drawn from: what can be computed once is computed.
///
///     let service = SpanSampler(.lognormal(median: .milliseconds(20), percentile95: .milliseconds(80)))
///     let length = service.nanoseconds(word) { stream.next() }
///
/// It follows the same law as ``SpanDistribution/sample(from:)`` but draws other spans from the same words:
/// by ``Ziggurat`` instead of by inversion, which is several times as fast and not monotone in the word.
@frozen
public struct SpanSampler: Sendable {
  /// How the law is drawn.
  @frozen
  @usableFromInline
  enum Method: UInt8, Sendable {
    case fixed, uniform, exponential, lognormal, gamma, smallGamma, weibull, pareto, empirical
  }

  @usableFromInline let method: Method
  /// What the quantity is multiplied by, or a fixed span.
  @usableFromInline let scale: Double
  /// Lower bound of a uniform law; deviation of the logarithm; exponent; d of a gamma law.
  @usableFromInline let shape: Double
  /// c of a gamma law.
  @usableFromInline let slope: Double
  /// The exponent of the power that a gamma law of a shape below 1 is multiplied by.
  @usableFromInline let boost: Double
  @usableFromInline let values: [Double]

  /// The sampler of a law.
  ///
  /// - Precondition: parameters are in the ranges of ``SpanDistribution/family``; an empirical law has a value.
  public init(_ distribution: SpanDistribution) {
    switch distribution {
    case .fixed(let span):
      self.init(.fixed, scale: max(0, Double(span.nanoseconds)))
    case .uniform(let from, let to):
      self.init(
        .uniform, scale: Double(to.nanoseconds - from.nanoseconds), shape: Double(from.nanoseconds))
    case .exponential(let mean):
      self.init(.exponential, scale: Double(mean.nanoseconds))
    case .lognormal(let median, let percentile95):
      self.init(
        .lognormal, scale: Double(median.nanoseconds),
        shape: SpanDistribution.logDeviation(median, percentile95))
    case .gamma(let mean, let variation) where variation > 0:
      let squared = variation * variation
      self.init(gammaShape: 1 / squared, scale: Double(mean.nanoseconds) * squared)
    case .gamma(let mean, _):
      self.init(.fixed, scale: max(0, Double(mean.nanoseconds)))
    case .weibull(let scale, let shape):
      self.init(.weibull, scale: Double(scale.nanoseconds), shape: 1 / shape)
    case .pareto(let scale, let shape):
      self.init(.pareto, scale: Double(scale.nanoseconds), shape: 1 / shape)
    case .empirical(let spans):
      precondition(!spans.isEmpty, "an empirical law has a value")
      self.init(.empirical, values: spans.map { max(0, Double($0.nanoseconds)) })
    }
  }

  /// The constants of the method that ``RandomStream/gamma(shape:scale:)`` describes.
  private init(gammaShape: Double, scale: Double) {
    let d = (gammaShape < 1 ? gammaShape + 1 : gammaShape) - 1.0 / 3
    self.init(
      gammaShape < 1 ? .smallGamma : .gamma, scale: d * scale, shape: d,
      slope: 1 / (9 * d).squareRoot(), boost: 1 / gammaShape)
  }

  private init(
    _ method: Method, scale: Double = 0, shape: Double = 0, slope: Double = 0, boost: Double = 0,
    values: [Double] = []
  ) {
    self.method = method
    self.scale = scale
    self.shape = shape
    self.slope = slope
    self.boost = boost
    self.values = values
  }

  /// The span that a random word draws, in nanoseconds.
  ///
  /// - Parameters:
  ///   - word: 64 random bits.
  ///   - more: Gives further words; called seldom, but for every quantity of a gamma law.
  /// - Returns: a number of nanoseconds, 0 or more, not rounded.
  @inlinable
  @inline(__always)
  public func nanoseconds(_ word: UInt64, more: () -> UInt64) -> Double {
    switch method {
    case .fixed: return scale
    case .exponential: return scale * Ziggurat.exponential(word, more: more)
    case .lognormal:
      return scale * Elementary.exponential(shape * Ziggurat.normal(word, more: more))
    default: return otherNanoseconds(word, more: more)
    }
  }
}
