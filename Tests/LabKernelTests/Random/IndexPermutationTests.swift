import LabKernel
import Testing

@Test(
  arguments: [1, 2, 3, 4, 5, 7, 8, 9, 100, 1000, 4096, 4097] as [UInt64], [0, 1, .max] as [UInt64])
func permutationReachesEveryPlaceOnce(count: UInt64, key: UInt64) {
  let order = IndexPermutation(count: count, key: key)
  var isTaken = [Bool](repeating: false, count: Int(count))
  for index in 0..<count {
    let place = Int(order(index))
    #expect(!isTaken[place])
    isTaken[place] = true
  }
  #expect(isTaken.allSatisfy { $0 })
}

/// The inverse of a bijection of 2⁶⁴ cannot be listed; that of a few thousand neighbours must be apart.
@Test(arguments: [.max, 1 << 40 + 1, 1 << 33] as [UInt64])
func largePermutationKeepsNeighboursApart(count: UInt64) {
  let order = IndexPermutation(count: count, key: 42)
  let places = (0..<5000 as Range<UInt64>).map { order($0) }
  #expect(Set(places).count == 5000)
  #expect(places.allSatisfy { $0 < count })
  // Evenly over the whole range.
  let shares = places.map { Int(Double($0) / Double(count) * 20) }
  GoodnessOfFit.expectProbabilities(of: shares, in: 0...19) { _ in 0.05 }
}

/// Over many keys the first two indices take every pair of places equally often.
@Test(arguments: [6, 11] as [UInt64])
func keysShuffleEvenly(count: UInt64) {
  let pairs = (0..<60_000 as Range<UInt64>).map { key in
    let order = IndexPermutation(count: count, key: key)
    let (first, second) = (Int(order(0)), Int(order(1)))
    return first * Int(count - 1) + (second > first ? second - 1 : second)
  }
  let number = Int(count * (count - 1))
  GoodnessOfFit.expectProbabilities(of: pairs, in: 0...number - 1) { _ in 1 / Double(number) }
}
