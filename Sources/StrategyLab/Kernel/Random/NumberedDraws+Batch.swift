/// What numbers draw, for all numbers of a batch at once.
///
/// Who goes through numbers in their order needs whole batches, whose quantities do not wait for each other.
extension NumberedDraws {
  /// How many numbers are computed at a time.
  public static var batchCount: Int { batch }

  /// The first words of a batch of numbers, or the second ones.
  public enum Half: Sendable {
    case first, second
  }

  /// Looks at the words of a batch.
  ///
  /// - Parameters:
  ///   - number: any number of the batch.
  ///   - half: which of their words.
  ///   - body: gets the words in the order of the numbers.
  public mutating func withWords(
    _ number: UInt64, _ half: Half, _ body: (UnsafeBufferPointer<UInt64>) -> Void
  ) {
    let batch = number & ~UInt64(Self.batch - 1)
    if batch != first { fill(batch) }
    let begin = half == .first ? 0 : Self.batch
    computed.withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[begin..<begin + Self.batch]))
    }
  }

  /// Exponential quantities of mean 1, from the words of a batch.
  ///
  /// - Parameters:
  ///   - number: any number of the batch.
  ///   - half: which of their words.
  ///   - begin: the first further word that the few go on with that need one; even.
  ///   - quantities: gets one quantity a number; made as long as a batch.
  public mutating func exponentials(
    _ number: UInt64, _ half: Half, furtherFrom begin: Int, into quantities: inout [Double]
  ) {
    draw(number, half, into: &quantities) { further, words, quantities, number in
      Ziggurat.exponentials(words, into: quantities) {
        further.sequence(number &+ UInt64($0), from: begin)
      }
    }
  }

  /// Spans in nanoseconds, from the words of a batch.
  ///
  /// - Parameters:
  ///   - sampler: their law.
  ///   - number: any number of the batch.
  ///   - half: which of their words.
  ///   - begin: the first further word that those go on with that need one; even.
  ///   - spans: gets one span a number; made as long as a batch.
  public mutating func nanoseconds(
    _ sampler: SpanSampler, _ number: UInt64, _ half: Half, furtherFrom begin: Int,
    into spans: inout [Double]
  ) {
    draw(number, half, into: &spans) { further, words, spans, number in
      sampler.nanoseconds(words, into: spans) {
        further.sequence(number &+ UInt64($0), from: begin)
      }
    }
  }

  @inline(__always)
  private mutating func draw(
    _ number: UInt64, _ half: Half, into quantities: inout [Double],
    _ body: (
      FurtherWords, UnsafeBufferPointer<UInt64>, UnsafeMutableBufferPointer<Double>, UInt64
    ) -> Void
  ) {
    if quantities.count != Self.batch { quantities = Array(repeating: 0, count: Self.batch) }
    let further = furtherWords
    let begin = number & ~UInt64(Self.batch - 1)
    withWords(number, half) { words in
      quantities.withUnsafeMutableBufferPointer { body(further, words, $0, begin) }
    }
  }
}
