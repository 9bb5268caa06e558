import LabKernel
import Testing

private let weightLists: [[Double]] = [
  [1], [1, 1], [3, 1], [0, 2, 0, 5], [1, 2, 3, 4, 5, 6, 7], [1e-6, 1, 1e6], [1e308, 1e307],
  (1...100).map { 1 / Double($0) }, [1e-300, 1e-300, 2e-300],
]

@Test(arguments: weightLists)
func aliasTableDrawsByWeight(weights: [Double]) {
  let table = AliasTable(weights: weights)
  var stream = RandomStream.testing()
  let draws = (0..<100_000).map { _ in table.index(stream.next()) }
  let sum = weights.reduce(0) { $0 + $1 / 10 }
  GoodnessOfFit.expectProbabilities(of: draws, in: 0...weights.count - 1) { weights[$0] / 10 / sum }
  #expect(table.count == weights.count)
  #expect(draws.allSatisfy { weights[$0] > 0 })
}

/// A million even words are nearly an integral: every index has its share to a millionth or so.
@Test func aliasTableDividesTheWordsByWeight() {
  let weights = [0.1, 0, 0.35, 0.05, 0.2, 0.3]
  let table = AliasTable(weights: weights)
  var counts = [Int](repeating: 0, count: weights.count)
  for step in 0..<1_000_000 as Range<UInt64> {
    counts[table.index(step * (UInt64.max / 1_000_000))] += 1
  }
  for (count, weight) in zip(counts, weights) {
    #expect(abs(Double(count) / 1e6 - weight) < 2e-5)
  }
}
