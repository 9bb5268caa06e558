extension SpanSampler {
  /// The span that a random word draws by one of the laws that are not decided on the spot.
  @inlinable
  @inline(never)
  func otherNanoseconds(_ word: UInt64, more: () -> UInt64) -> Double {
    switch method {
    case .uniform: return max(0, shape + scale * Ziggurat.unit(word))
    case .weibull:
      let exponential = Ziggurat.exponential(word, more: more)
      return scale * Elementary.exponential(Elementary.logarithm(exponential) * shape)
    case .pareto:
      // scale / u^(1 / shape), because the logarithm of 1 / u is exponential.
      return scale * Elementary.exponential(Ziggurat.exponential(word, more: more) * shape)
    case .empirical:
      let index = word.multipliedFullWidth(by: UInt64(values.count)).high
      return values[Int(truncatingIfNeeded: index)]
    case .gamma: return gamma(word, more: more)
    case .smallGamma:
      let power = Elementary.exponential(-Ziggurat.exponential(more(), more: more) * boost)
      return gamma(word, more: more) * power
    case .fixed, .exponential, .lognormal:
      preconditionFailure("decided on the spot")
    }
  }

  /// A gamma quantity of a shape of at least 1 (Marsaglia and Tsang 2000, doi:10.1145/358407.358414).
  @inlinable
  func gamma(_ word: UInt64, more: () -> UInt64) -> Double {
    var word = word
    while true {
      let x = Ziggurat.normal(word, more: more)
      let root = 1 + slope * x
      if root > 0 {
        let v = root * root * root
        // The rejection compares the logarithm of a uniform quantity, which is minus an exponential one.
        let exponential = Ziggurat.exponential(more(), more: more)
        let bound = 0.5 * x * x + shape * (1 - v + Elementary.logarithm(v))
        if -exponential < bound { return scale * v }
      }
      word = more()
    }
  }
}
