import LabUnits
import Testing

@testable import LabKernel

/// A batch draws what its numbers draw one by one, to the bit.
@Suite struct NumberedBatchTests {
  private static let numbers = [0, 64, 6_400, 1 << 32 - 64, 1 << 40] as [UInt64]

  private static func draws(_ replication: Int = 3) -> NumberedDraws {
    NumberedDraws(seed: 0x0123_4567_89ab_cdef, replication: replication, purpose: .testing)
  }

  @Test func wordsOfABatchAreThoseOfItsNumbers() {
    var batches = Self.draws()
    var single = Self.draws()
    for begin in Self.numbers {
      for half in [NumberedDraws.Half.first, .second] {
        batches.withWords(begin + 17, half) { words in
          #expect(words.count == NumberedDraws.batchCount)
          for (place, word) in words.enumerated() {
            let pair = single.words(begin + UInt64(place))
            #expect(word == (half == .first ? pair.0 : pair.1))
          }
        }
      }
    }
  }

  /// Of 64,000 quantities some 700 need further words, and a dozen lie in the tail.
  @Test func exponentialsAreThoseOfTheNumbers() {
    var batches = Self.draws()
    var single = Self.draws()
    var quantities: [Double] = []
    for begin in stride(from: 0, to: 64_000 as UInt64, by: 64) {
      batches.exponentials(begin, .second, furtherFrom: 4, into: &quantities)
      let expected = (begin..<begin + 64).map { number in
        var further = single.furtherWords.sequence(number, from: 4)
        return Ziggurat.exponential(single.words(number).1) { further.next() }
      }
      #expect(quantities == expected, "from \(begin) on")
    }
  }

  private static let laws: [SpanDistribution] = [
    .fixed(.milliseconds(20)), .uniform(from: .zero, to: .seconds(1)),
    .exponential(mean: .milliseconds(3)),
    .lognormal(median: .milliseconds(80), percentile95: .milliseconds(200)),
    // A deviation so wide that some powers leave the normal range.
    .lognormal(median: .seconds(1), percentile95: .hours(1_000_000)),
    .gamma(mean: .seconds(1), variation: 2), .gamma(mean: .seconds(1), variation: 0.5),
    .weibull(scale: .seconds(1), shape: 0.4), .pareto(scale: .seconds(1), shape: 1.5),
    .empirical([.seconds(1), .seconds(2), .seconds(5)]),
  ]

  @Test(arguments: laws) func spansAreThoseOfTheNumbers(_ law: SpanDistribution) {
    let sampler = SpanSampler(law)
    var batches = Self.draws()
    var single = Self.draws()
    var spans: [Double] = []
    for begin in stride(from: 0, to: 6_400 as UInt64, by: 64) {
      batches.nanoseconds(sampler, begin + 5, .first, furtherFrom: 256, into: &spans)
      let expected = (begin..<begin + 64).map { number in
        var further = single.furtherWords.sequence(number, from: 256)
        return sampler.nanoseconds(single.words(number).0) { further.next() }
      }
      #expect(spans == expected, "from \(begin) on")
    }
  }

  @Test func lanesOfTheExponentialHaveItsBits() {
    let edges: [Double] = [
      0, -0.0, 1, -1, 0.34657359, -0.34657359, 707.99, -707.99, 708, -708, 709.9, -746, 1e308,
      -1e308, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, 1e-20,
    ]
    var stream = RandomStream(seed: 1, replication: 0, purpose: .testing, entity: 0)
    var numbers: [Double] = []
    for edge in edges { numbers += [edge, 1, edge, -2] }
    for range in [1.0, 30, 800] {
      for _ in 0..<4_000 { numbers.append((stream.nextUnit() - 0.5) * range) }
    }
    for begin in stride(from: 0, to: numbers.count, by: 4) {
      let four = SIMD4(numbers[begin..<begin + 4])
      let powers = Elementary.exponentials(four)
      let differ = (0..<4).filter { lane in
        let alone = Elementary.exponential(four[lane])
        return powers[lane].bitPattern != alone.bitPattern && !(powers[lane].isNaN && alone.isNaN)
      }
      #expect(differ.isEmpty, "exp \(four)")
    }
  }
}
