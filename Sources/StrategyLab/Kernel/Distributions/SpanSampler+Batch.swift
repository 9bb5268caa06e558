extension SpanSampler {
  /// The spans that many words draw, in nanoseconds.
  ///
  /// The same as one ``nanoseconds(_:more:)`` after the other, and for the laws of most services several
  /// times as fast: lanes of four numbers share the arithmetic.
  ///
  /// - Parameters:
  ///   - words: the words; a multiple of four.
  ///   - spans: room for as many spans.
  ///   - more: gives the words that the one at a place goes on with.
  func nanoseconds(
    _ words: UnsafeBufferPointer<UInt64>, into spans: UnsafeMutableBufferPointer<Double>,
    more: (Int) -> FurtherWords.Sequence
  ) {
    precondition(words.count == spans.count && words.count % 4 == 0, "as many spans as words")
    switch method {
    case .fixed:
      for place in spans.indices { spans[place] = scale }
    case .exponential:
      Ziggurat.exponentials(words, into: spans, more: more)
      for place in spans.indices { spans[place] = scale * spans[place] }
    case .lognormal:
      Ziggurat.normals(words, into: spans, more: more)
      for place in stride(from: 0, to: spans.count, by: 4) {
        let normal = SIMD4(
          spans[place], spans[place + 1], spans[place + 2], spans[place + 3])
        let span = scale * Elementary.exponentials(shape * normal)
        for lane in 0..<4 { spans[place + lane] = span[lane] }
      }
    default:
      for place in words.indices {
        var further = more(place)
        spans[place] = otherNanoseconds(words[place]) { further.next() }
      }
    }
  }
}
