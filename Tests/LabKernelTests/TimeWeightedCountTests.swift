import LabKernel
import LabUnits
import Testing

private func at(_ nanoseconds: Int64) -> Instant { Instant(nanoseconds: nanoseconds) }

@Test func integralIsExact() {
  var count = TimeWeightedCount(value: 4, at: at(10))
  #expect(count.integral(until: at(10)) == 0)
  #expect(count.integral(until: at(15)) == 20)
  count.set(7, at: at(20))
  count.set(1, at: at(30))
  count.add(2, at: at(31))
  #expect(count.integral(until: at(40)) == 4 * 10 + 7 * 10 + 1 + 3 * 9)
  #expect(count.value == 3 && count.lastSet == at(31))
}

@Test func peakIsTheFirstLargestCount() {
  var count = TimeWeightedCount(value: 4, at: .zero)
  #expect(count.peak == 4 && count.peakAt == .zero)
  count.set(6, at: at(5))
  count.set(2, at: at(6))
  count.set(6, at: at(9))
  #expect(count.peak == 6 && count.peakAt == at(5))
  count.set(7, at: at(9))
  count.set(6, at: at(9))
  #expect(count.peak == 7 && count.peakAt == at(9))
}

@Test func aNegativeCountCountsAgainstTheIntegral() {
  var count = TimeWeightedCount(value: -2, at: .zero)
  count.set(2, at: at(10))
  #expect(count.integral(until: at(20)) == 0)
}

@Test func aLongRunOfManyDoesNotOverflow() {
  let count = TimeWeightedCount(value: .max, at: .zero)
  #expect(count.integral(until: .distantFuture) == Int128(Int.max) * Int128(Int64.max))
}

@Test func orderOfRandomChangesIsTheSumOfItsPieces() {
  var stream = RandomStream.testing()
  var count = TimeWeightedCount(value: 0, at: .zero)
  var (now, sum) = (Int64(0), Int128(0))
  for _ in 0..<1000 {
    let elapsed = Int64(stream.index(below: 1000))
    sum += Int128(count.value) * Int128(elapsed)
    now += elapsed
    count.set(stream.index(below: 50), at: at(now))
  }
  #expect(count.integral(until: at(now)) == sum)
}
