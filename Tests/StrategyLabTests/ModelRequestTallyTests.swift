import LabKernel
import Testing

@testable import StrategyLab

/// Whole requests drawn from their means.
struct ModelRequestTallyTests {
  private static func stream(_ entity: Int) -> RandomStream {
    RandomStream(seed: 3, replication: 0, purpose: WorldPurpose.requests, entity: entity)
  }

  private static let means = RequestMeans(
    fast: 700, slow: 50, failedAnyway: 3, failedByDefect: 40, lost: 2, shortfall: 5)

  @Test func everyRequestHasOneFate() {
    for entity in 0..<200 {
      var stream = Self.stream(entity)
      let tally = RequestTally(Self.means, from: &stream)
      #expect(tally.failed >= tally.failedAnyway + tally.shortfall)
      #expect(tally.total >= tally.failed + tally.slow)
      let counts = tally.counts
      #expect(counts.total == tally.total)
      #expect(counts.failed == tally.failed)
      #expect(counts.slow == tally.slow)
    }
  }

  @Test func manyTalliesHaveTheirMeans() {
    var sum = RequestTally()
    let draws = 2000
    for entity in 0..<draws {
      var stream = Self.stream(entity)
      sum.add(RequestTally(Self.means, from: &stream))
    }
    // Sums of Poisson draws, within 4.5 standard deviations.
    let expected: [(Int, Double)] = [
      (sum.total, 800), (sum.failed, 50), (sum.slow, 50), (sum.failedAnyway, 3),
      (sum.shortfall, 5),
    ]
    for (count, mean) in expected {
      let most = 4.5 * (mean * Double(draws)).squareRoot()
      #expect(abs(Double(count) - mean * Double(draws)) < most)
    }
  }

  @Test func nothingGivesNothing() {
    var stream = Self.stream(0)
    let tally = RequestTally(RequestMeans(), from: &stream)
    #expect(tally.total == 0)
    #expect(RequestMeans().isEmpty)
    #expect(!RequestMeans(shortfall: 0.1).isEmpty)
  }
}
