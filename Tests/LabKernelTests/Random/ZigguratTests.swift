import Foundation
import LabKernel
import Testing

private func sample(
  _ count: Int, entity: Int, _ law: (UInt64, () -> UInt64) -> Double
) -> [Double] {
  var stream = RandomStream.testing(entity: entity)
  var more = RandomStream.testing(entity: entity + 1)
  return (0..<count).map { _ in law(stream.next()) { more.next() } }
}

/// A law, its raw moments from the first to the eighth, and its distribution.
struct ZigguratLaw: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let moments: [Double]
  let cumulative: @Sendable (Double) -> Double
  let sample: @Sendable (Int) -> [Double]
}

private let zigguratLaws = [
  ZigguratLaw(
    testDescription: "exponential", moments: [1, 2, 6, 24, 120, 720, 5040, 40320],
    cumulative: { -expm1(-$0) },
    sample: { sample($0, entity: 10) { Ziggurat.exponential($0, more: $1) } }),
  ZigguratLaw(
    testDescription: "normal", moments: [0, 1, 0, 3, 0, 15, 0, 105],
    cumulative: { 0.5 * erfc(-$0 / 2.0.squareRoot()) },
    sample: { sample($0, entity: 20) { Ziggurat.normal($0, more: $1) } }),
]

@Test(arguments: zigguratLaws)
func zigguratFollowsItsLaw(_ law: ZigguratLaw) {
  let sample = law.sample(1_000_000)
  var sums = [0.0, 0, 0, 0]
  for value in sample {
    var power = 1.0
    for k in 0..<4 {
      power *= value
      sums[k] += power
    }
  }
  for k in 1...4 {
    // Four standard errors: the variance of a power is the moment of twice the order less the square.
    let moment = law.moments[k - 1]
    let error = ((law.moments[2 * k - 1] - moment * moment) / 1e6).squareRoot()
    #expect(abs(sums[k - 1] / 1e6 - moment) < 4 * error, "moment \(k)")
  }
  GoodnessOfFit.expectDistribution(of: Array(sample.prefix(200_000)), law.cumulative)
  // A thousand intervals of the same probability.
  let places = sample.map { min(999, Int(law.cumulative($0) * 1000)) }
  GoodnessOfFit.expectProbabilities(of: places, in: 0...999) { _ in 0.001 }
}

/// Of a million, 454 exceed the lowest edge of the exponential layers and 258 lie beyond that of the normal ones.
@Test(arguments: zigguratLaws)
func zigguratTailHasItsShare(_ law: ZigguratLaw) {
  let isNormal = law.testDescription == "normal"
  let sample = law.sample(1_000_000)
  for edge in isNormal ? [3.0, 3.6541528853610088, 4] : [5.0, 7.697117470131050, 9] {
    let probability = (1 - law.cumulative(edge)) * (isNormal ? 2 : 1)
    let expected = 1e6 * probability
    let count = Double(sample.count { abs($0) > edge })
    #expect(abs(count - expected) < 4 * (expected * (1 - probability)).squareRoot(), "\(edge)")
  }
  let signs = sample.count { $0 < 0 }
  #expect(isNormal ? abs(signs - 500_000) < 2000 : signs == 0)
}

/// Neighbours in the sequence of words, and layer and point of one word, are independent.
@Test(arguments: zigguratLaws)
func zigguratQuantitiesAreIndependent(_ law: ZigguratLaw) {
  let places = law.sample(400_000).map { min(19, Int(law.cumulative($0) * 20)) }
  let pairs = stride(from: 0, to: places.count, by: 2).map { 20 * places[$0] + places[$0 + 1] }
  GoodnessOfFit.expectProbabilities(of: pairs, in: 0...399) { _ in 1.0 / 400 }
}

/// The edges, found by drawing the greatest point of each layer: a word without slow path gives point × edge.
private func edges(_ law: (UInt64, () -> UInt64) -> Double) -> [Double] {
  // Half of the width is inside of every layer's safe part but for the highest two.
  (0..<254 as Range<UInt64>).map { layer in
    2 * law(1 << 63 | layer) { preconditionFailure("half of a layer is under the curve") }
  }
}

/// All layers have the same area, and the lowest with the tail has it too.
@Test func layersHaveTheSameArea() {
  let exponential = edges { Ziggurat.exponential($0, more: $1) }
  let normal = edges { Ziggurat.normal($0, more: $1) }
  for (edges, density, tail) in [
    (exponential, { exp(-$0) }, exp(-exponential[1])),
    (
      normal, { exp(-$0 * $0 / 2) },
      (Double.pi / 2).squareRoot() * erfc(normal[1] / 2.0.squareRoot())
    ),
  ] as [([Double], (Double) -> Double, Double)] {
    let area = edges[1] * density(edges[1]) + tail
    #expect(abs(edges[0] * density(edges[1]) / area - 1) < 1e-14)
    for layer in 1..<253 {
      let height = density(edges[layer + 1]) - density(edges[layer])
      #expect(abs(edges[layer] * height / area - 1) < 1e-12, "layer \(layer)")
    }
  }
}

@Test func signHasItsOwnBit() {
  let word: UInt64 = 0x1234_5678_9abc_d017
  let none: () -> UInt64 = { preconditionFailure("the point is under the curve") }
  let positive = Ziggurat.normal(word & ~256, more: none)
  #expect(positive > 0 && Ziggurat.normal(word | 256, more: none) == -positive)
}

/// A change here changes the results of every experiment that plays requests.
@Test(arguments: [("exponential", "35a8b15114e5fb25"), ("normal", "4d02ce8f9dbbae5f")])
func zigguratQuantitiesAreTheGoldenOnes(law: String, golden: String) {
  var digest = Digest()
  let values =
    law == "normal"
    ? sample(10_000, entity: 40) { Ziggurat.normal($0, more: $1) }
    : sample(10_000, entity: 40) { Ziggurat.exponential($0, more: $1) }
  for value in values { digest.add(value.bitPattern) }
  #expect(digest.hexadecimal == golden)
}
