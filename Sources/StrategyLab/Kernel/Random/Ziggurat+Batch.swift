extension Ziggurat {
  /// Exponential quantities of mean 1, one for each of many words.
  ///
  /// The same as one ``exponential(_:more:)`` after the other. The tables are looked up once for all, and the
  /// quantities do not wait for each other.
  ///
  /// - Parameters:
  ///   - words: the words.
  ///   - quantities: room for as many quantities.
  ///   - more: gives the words that the one at a place goes on with.
  static func exponentials(
    _ words: UnsafeBufferPointer<UInt64>, into quantities: UnsafeMutableBufferPointer<Double>,
    more: (Int) -> FurtherWords.Sequence
  ) {
    exponentialEdges.withUnsafeBufferPointer { edges in
      for place in words.indices {
        let word = words[place]
        let layer = Int(truncatingIfNeeded: word & 255)
        let point = unit(word) * edges[layer]
        quantities[place] = point
        if point < edges[layer &+ 1] { continue }
        var further = more(place)
        quantities[place] = exponentialBeyondEdge(word) { further.next() }
      }
    }
  }

  /// Standard normal quantities, one for each of many words.
  ///
  /// The same as one ``normal(_:more:)`` after the other.
  ///
  /// - Parameters:
  ///   - words: the words.
  ///   - quantities: room for as many quantities.
  ///   - more: gives the words that the one at a place goes on with.
  static func normals(
    _ words: UnsafeBufferPointer<UInt64>, into quantities: UnsafeMutableBufferPointer<Double>,
    more: (Int) -> FurtherWords.Sequence
  ) {
    normalEdges.withUnsafeBufferPointer { edges in
      for place in words.indices {
        let word = words[place]
        let layer = Int(truncatingIfNeeded: word & 255)
        let point = unit(word) * edges[layer]
        quantities[place] = signed(point, by: word)
        if point < edges[layer &+ 1] { continue }
        var further = more(place)
        quantities[place] = normalBeyondEdge(word) { further.next() }
      }
    }
  }
}
