extension Ziggurat {
  /// The quantity of a word whose point lies right of the next layer's edge.
  @inlinable
  @inline(never)
  static func exponentialBeyondEdge(_ word: UInt64, more: () -> UInt64) -> Double {
    var word = word
    // The tail beyond the lowest layer's edge has no memory: it is that edge and a quantity anew.
    var origin = 0.0
    while true {
      let layer = Int(truncatingIfNeeded: word & 255)
      let point = unit(word) * exponentialEdges[layer]
      if point < exponentialEdges[layer &+ 1] { return origin + point }
      if layer == 0 {
        origin += exponentialEdges[1]
      } else {
        let (low, high) = (exponentialHeights[layer], exponentialHeights[layer &+ 1])
        let height = low + unit(more()) * (high - low)
        if height < Elementary.exponential(-point) { return origin + point }
      }
      word = more()
    }
  }

  /// The quantity of a word whose point lies right of the next layer's edge.
  ///
  /// The tail is drawn by the method of Marsaglia (1964), "Generating a Variable from the Tail of the
  /// Normal Distribution", Technometrics 6, 101-102, doi:10.1080/00401706.1964.10490150: an
  /// exponential step x of mean 1 / r beyond the edge r, kept with probability exp(-x² / 2).
  @inlinable
  @inline(never)
  static func normalBeyondEdge(_ word: UInt64, more: () -> UInt64) -> Double {
    var word = word
    while true {
      let layer = Int(truncatingIfNeeded: word & 255)
      let point = unit(word) * normalEdges[layer]
      if point < normalEdges[layer &+ 1] { return signed(point, by: word) }
      if layer == 0 {
        while true {
          let step = exponential(more(), more: more) / normalEdges[1]
          let bound = exponential(more(), more: more)
          if 2 * bound > step * step { return signed(normalEdges[1] + step, by: word) }
        }
      }
      let (low, high) = (normalHeights[layer], normalHeights[layer &+ 1])
      let height = low + unit(more()) * (high - low)
      if height < normalDensity(point) { return signed(point, by: word) }
      word = more()
    }
  }

  /// The exponential density at the edges.
  @usableFromInline
  static let exponentialHeights = exponentialEdges.map { Elementary.exponential(-$0) }

  /// The normal density at the edges, relative to its peak.
  @usableFromInline
  static let normalHeights = normalEdges.map { normalDensity($0) }

  /// The normal density relative to its peak.
  @inlinable
  static func normalDensity(_ x: Double) -> Double {
    Elementary.exponential(-0.5 * x * x)
  }
}
