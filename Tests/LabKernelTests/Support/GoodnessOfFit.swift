import Foundation
import LabKernel
import Testing

extension RandomPurpose {
  /// The purpose under which all tests draw.
  static let testing = RandomPurpose(rawValue: 0x7e57)
}

extension RandomStream {
  /// A stream of the tests' fixed seed.
  static func testing(entity: Int = 0) -> RandomStream {
    RandomStream(seed: 20_260_730, replication: 0, purpose: .testing, entity: entity)
  }
}

/// Holds a sample against the law that it should follow.
///
/// Seeds are fixed, so a bound is not a chance of failing but the evidence that is asked for: a deviation
/// beyond four standard errors, or a statistic with a tail probability of 1 in 10,000.
enum GoodnessOfFit {
  /// Expects the sample's mean and variance within four standard errors of the law's.
  static func expectMoments(
    of sample: [Double], mean: Double, variance: Double, kurtosis: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var tally = Accumulation()
    for value in sample { tally.add(value) }
    let n = Double(sample.count)
    let meanBound = 4 * (variance / n).squareRoot() + 1e-14 * abs(mean)
    #expect(abs(tally.mean - mean) <= meanBound, "mean", sourceLocation: sourceLocation)
    // The last term is for a fair coin, whose variance is nearly that of its mean.
    let varianceBound = 4 * variance * ((kurtosis - 1) / n).squareRoot() + 16 * variance / n
    #expect(
      abs(tally.variance - variance) <= varianceBound, "variance", sourceLocation: sourceLocation)
  }

  /// Expects the largest gap between the sample's and the law's distribution below Kolmogorov's bound.
  static func expectDistribution(
    of sample: [Double], _ cumulative: (Double) -> Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let n = Double(sample.count)
    var gap = 0.0
    for (index, value) in sample.sorted().enumerated() {
      let expected = cumulative(value)
      gap = max(gap, expected - Double(index) / n, Double(index + 1) / n - expected)
    }
    // 2 exp(-2 d²) = 10⁻⁴ at d = 2.225.
    #expect(gap * n.squareRoot() < 2.225, "largest gap", sourceLocation: sourceLocation)
  }

  /// Expects the counts of a sample near the law's probabilities, by Pearson's chi-square.
  ///
  /// Neighbouring counts share a bin until ten of the sample are expected in it.
  static func expectProbabilities(
    of sample: [Int], in range: ClosedRange<Int>, _ probability: (Int) -> Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let n = Double(sample.count)
    var observed = [Int](repeating: 0, count: range.count + 1)
    for value in sample {
      observed[range.contains(value) ? value - range.lowerBound : range.count] += 1
    }
    var statistic = 0.0
    var bins = 0
    var (expectedInBin, observedInBin, expectedSoFar) = (0.0, 0.0, 0.0)
    func close() {
      statistic += (observedInBin - expectedInBin) * (observedInBin - expectedInBin) / expectedInBin
      bins += 1
      (expectedInBin, observedInBin) = (0, 0)
    }
    for value in range {
      expectedInBin += n * probability(value)
      observedInBin += Double(observed[value - range.lowerBound])
      expectedSoFar += n * probability(value)
      if expectedInBin >= 10 && n - expectedSoFar >= 10 { close() }
    }
    expectedInBin += max(0, n - expectedSoFar)
    observedInBin += Double(observed[range.count])
    close()
    guard bins > 1 else {
      #expect(abs(observedInBin - expectedInBin) < 1, sourceLocation: sourceLocation)
      return
    }
    // Wilson and Hilferty (1931): the cube root of chi-square over its degrees is nearly normal.
    let degrees = Double(bins - 1)
    let spread = 2 / (9 * degrees)
    let score = (cbrt(statistic / degrees) - (1 - spread)) / spread.squareRoot()
    #expect(score < 3.72, "chi-square", sourceLocation: sourceLocation)
  }
}

extension GoodnessOfFit {
  /// How many draws the tests over the whole range of parameters take; `scripts/check-samplers` asks for a million.
  static let draws =
    ProcessInfo.processInfo.environment["STRATEGYLAB_DRAWS"].flatMap { Int($0) } ?? 20_000

  /// The tail probability below which a sampler over its whole range is held to be wrong.
  ///
  /// With about a hundred and fifty statistics, all of them together stay above it 9,998 times in 10,000.
  static let significance = 1e-6

  /// Expects a sample to follow a law by Kolmogorov's statistic, at a thousand points or at each value if they are few.
  ///
  /// Equal values are a jump of the law, of whose two ends each is held against its own side of the sample: the
  /// probability of less than the value, and that of at most the value.
  static func expectKolmogorov(
    of sample: [Double], below: (Double) -> Double, upTo: (Double) -> Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let sorted = sample.sorted()
    let n = Double(sorted.count)
    var gap = 0.0
    var index = 0
    let stride = max(1, sorted.count / 1_000)
    while index < sorted.count {
      let value = sorted[index]
      var first = index
      while first > 0, sorted[first - 1] == value { first -= 1 }
      var end = index + 1
      while end < sorted.count, sorted[end] == value { end += 1 }
      gap = max(gap, (below(value) - Double(first) / n).magnitude)
      gap = max(gap, (upTo(value) - Double(end) / n).magnitude)
      index = max(end, index + stride)
    }
    // 2 exp(-2 d²) is the tail probability of the scaled gap d.
    let bound = (log(2 / significance) / 2).squareRoot()
    #expect(
      gap * n.squareRoot() < bound, "scaled gap \(gap * n.squareRoot())",
      sourceLocation: sourceLocation)
  }

  /// Expects a sample of a continuous law to follow it.
  static func expectKolmogorov(
    of sample: [Double], _ cumulative: (Double) -> Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    expectKolmogorov(
      of: sample, below: cumulative, upTo: cumulative, sourceLocation: sourceLocation)
  }

  /// Expects counts to follow a law by Pearson's chi-square, cells joined until ten counts are expected in each.
  ///
  /// The probabilities are those of a first count and of the ones that follow, nearly all there is.
  static func expectPearson(
    of sample: [Int], from first: Int, _ probabilities: [Double],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let n = Double(sample.count)
    var observed = [Double](repeating: 0, count: probabilities.count)
    var outside = 0.0
    for count in sample {
      let place = count - first
      if observed.indices.contains(place) { observed[place] += 1 } else { outside += 1 }
    }
    // What the law leaves outside is far below one count in a million samples.
    #expect(outside == 0, "counts outside of the law", sourceLocation: sourceLocation)
    var cells: [(expected: Double, observed: Double)] = []
    var cell = (expected: 0.0, observed: 0.0)
    for (probability, count) in zip(probabilities, observed) {
      cell.expected += n * probability
      cell.observed += count
      if cell.expected >= 10 {
        cells.append(cell)
        cell = (0, 0)
      }
    }
    if let last = cells.popLast() {
      cells.append((last.expected + cell.expected, last.observed + cell.observed))
    } else {
      cells.append(cell)
    }
    guard cells.count > 1 else {
      // All in one cell: only a count that should not be there could tell.
      return
    }
    let statistic = cells.reduce(0) {
      $0 + ($1.observed - $1.expected) * ($1.observed - $1.expected) / $1.expected
    }
    let tail = Elementary.upperGammaFraction(
      shape: Double(cells.count - 1) / 2, statistic / 2)
    #expect(
      tail > significance, "chi-square \(statistic) of \(cells.count) cells",
      sourceLocation: sourceLocation)
  }
}

/// The 64-bit FNV-1a hash of a sequence of words, byte by byte from the low end.
struct Digest {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ word: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) {
      value = (value ^ (word >> UInt64(shift) & 0xff)) &* 0x100_0000_01b3
    }
  }

  /// Sixteen hexadecimal digits.
  var hexadecimal: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
