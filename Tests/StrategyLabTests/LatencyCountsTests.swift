import Testing

@testable import StrategyLab

@Suite struct LatencyCountsTests {
  @Test func quantilesAreExactToThreeDigits() throws {
    var counts = LatencyCounts(highest: 10_000_000_000)
    for latency in 1...100_000 { counts.add(Int64(latency) * 37_000) }
    for share in [0.9, 0.5, 0.1, 0.01, 0.001] {
      let exact = (1 - share) * 100_000 * 37e-6
      let found = try #require(counts.latency(exceededBy: share))
      #expect(abs(found / exact - 1) < 0.0011, "\(share): \(found), \(exact)")
    }
    #expect(counts.total == 100_000)
  }

  @Test func anythingAboveTheBoundCountsAsTheBound() throws {
    var counts = LatencyCounts(highest: 2_000_000_000)
    counts.add(.max)
    counts.add(-5)
    #expect(abs(try #require(counts.latency(exceededBy: 0.1)) / 2 - 1) < 0.001)
    #expect(counts.latency(exceededBy: 0.9) == 0)
  }

  @Test func nothingHasNoQuantile() {
    #expect(LatencyCounts(highest: 1).latency(exceededBy: 0.5) == nil)
  }
}
