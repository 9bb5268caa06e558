import LabKernel
import Testing

@Test(arguments: [1, 2, 3, 10, 1000])
func indicesAreEquallyLikely(bound: Int) {
  var stream = RandomStream.testing()
  let sample = (0..<50_000).map { _ in stream.index(below: bound) }
  GoodnessOfFit.expectProbabilities(of: sample, in: 0...bound - 1) { _ in 1 / Double(bound) }
}

@Test func indicesBelowAHugeBoundAreEven() {
  // Two thirds of 2⁶⁴ / 2: a biased method would show in the first half of the range.
  let bound = Int.max / 3 * 2
  var stream = RandomStream.testing()
  let sample = (0..<50_000).map { _ in Double(stream.index(below: bound)) / Double(bound) }
  GoodnessOfFit.expectDistribution(of: sample) { $0 }
}

@Test(arguments: [[1.0], [1, 1], [0, 3, 0, 1, 0], [1e-9, 1, 1e-9], [1e300, 3e300]])
func weightedIndexFollowsItsWeights(weights: [Double]) {
  var stream = RandomStream.testing()
  let sum = weights.reduce(0, +)
  let sample = (0..<50_000).map { _ in stream.weightedIndex(weights) }
  GoodnessOfFit.expectProbabilities(of: sample, in: 0...weights.count - 1) { weights[$0] / sum }
  #expect(sample.allSatisfy { weights[$0] > 0 })
}
