import LabKernel
import Testing

@Test func streamIsThePhiloxBlocksOfItsName() {
  let purpose = RandomPurpose(rawValue: 0x1319_8a2e)
  var stream = RandomStream(
    seed: 0x299f_31d0_a409_3822, replication: 0x0370_7344, purpose: purpose, entity: 0x85a3_08d3)
  for block in 0..<3 as Range<UInt32> {
    let (first, second) = Philox.block(
      (block, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), key: (0xa409_3822, 0x299f_31d0))
    #expect(stream.next() == first)
    #expect(stream.next() == second)
  }
}

@Test func sameNameGivesSameDraws() {
  var (one, other) = (RandomStream.testing(entity: 5), RandomStream.testing(entity: 5))
  for _ in 0..<1000 { #expect(one.next() == other.next()) }
}

@Test func copyDrawsTheSameAgain() {
  var stream = RandomStream.testing()
  _ = stream.next()
  var copy = stream
  #expect(
    [stream.next(), stream.next(), stream.next()] == [copy.next(), copy.next(), copy.next()])
}

@Test func everyPartOfTheNameChangesTheDraws() {
  let purpose = RandomPurpose(rawValue: 1)
  var streams = [
    RandomStream(seed: 1, replication: 0, purpose: purpose),
    RandomStream(seed: 2, replication: 0, purpose: purpose),
    RandomStream(seed: 1 << 32, replication: 0, purpose: purpose),
    RandomStream(seed: 1, replication: 1, purpose: purpose),
    RandomStream(seed: 1, replication: 0, purpose: RandomPurpose(rawValue: 2)),
    RandomStream(seed: 1, replication: 0, purpose: purpose, entity: 1),
  ]
  var draws: Set<UInt64> = []
  for index in streams.indices {
    for _ in 0..<100 { draws.insert(streams[index].next()) }
  }
  #expect(draws.count == 600)
}

@Test(arguments: [1, 2, 1000, 0xffff_ffff])
func streamsOfDifferentEntitiesAreUncorrelated(entity: Int) {
  var (one, other) = (RandomStream.testing(), RandomStream.testing(entity: entity))
  var (sum, lagged, previous) = (0.0, 0.0, 0.5)
  let n = 50_000
  for _ in 0..<n {
    let (x, y) = (one.nextUnit() - 0.5, other.nextUnit() - 0.5)
    sum += x * y
    lagged += (previous - 0.5) * y
    previous = x + 0.5
  }
  // A product of two centred uniform numbers has variance 1/144.
  let bound = 4 * Double(n).squareRoot() / 12
  #expect(abs(sum) < bound)
  #expect(abs(lagged) < bound)
}

@Test func firstDrawsOfManyStreamsAreUniform() {
  var sample: [Double] = []
  for entity in 0..<20_000 {
    var stream = RandomStream.testing(entity: entity)
    sample.append(stream.nextUnit())
  }
  GoodnessOfFit.expectDistribution(of: sample) { $0 }
}

@Test func unitsAreOpenOddMultiplesAndUniform() {
  var stream = RandomStream.testing()
  let sample = (0..<100_000).map { _ in stream.nextUnit() }
  for unit in sample where !(unit > 0 && unit < 1 && Int64(unit * 0x1p53) & 1 == 1) {
    Issue.record("\(unit) is not an odd multiple of 2⁻⁵³ between 0 and 1")
  }
  GoodnessOfFit.expectMoments(of: sample, mean: 0.5, variance: 1.0 / 12, kurtosis: 1.8)
  GoodnessOfFit.expectDistribution(of: sample) { $0 }
}

@Test func bitsAreBalanced() {
  var stream = RandomStream.testing()
  var ones = [Int](repeating: 0, count: 64)
  let n = 10_000
  for _ in 0..<n {
    let bits = stream.next()
    for bit in 0..<64 where bits >> UInt64(bit) & 1 == 1 { ones[bit] += 1 }
  }
  for (bit, count) in ones.enumerated() {
    #expect(abs(Double(count - n / 2)) < 4 * Double(n).squareRoot() / 2, "bit \(bit)")
  }
}
