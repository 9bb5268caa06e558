import LabKernel
import LabUnits
import Testing

@testable import StrategyLab

@Suite struct WorldPaceTests {
  @Test func positionsAreThoseOfVanDerCorputMirrored() {
    let positions = (0..<7).map(WorldPace.evenPosition)
    #expect(positions == [0.5, 0.75, 0.25, 0.875, 0.375, 0.625, 0.125])
  }

  @Test(arguments: [1, 2, 5, 40, 1000, 65_535])
  func everyPartOfTheLawGetsItsShare(_ count: Int) {
    let positions = (0..<count).map(WorldPace.evenPosition)
    #expect(positions.allSatisfy { $0 > 0 && $0 < 1 })
    for part in [0.1, 0.5, 0.9] {
      let below = Double(positions.count { $0 < part })
      // The discrepancy of the sequence: (log2 n + 1) at the most.
      #expect(abs(below - part * Double(count)) <= 17)
    }
  }

  /// The median of the greatest of n uniform draws is the n-th root of a half.
  @Test(arguments: [(4, 0.841), (8, 0.917), (40, 0.983), (1000, 0.99931)])
  func theSlowestStandsWhereTheSlowestOfAsManyDrawsDoes(_ count: Int, _ median: Double) throws {
    let slowest = try #require((0..<count).map(WorldPace.evenPosition).max())
    #expect(abs(slowest - median) < 0.04)
  }

  @Test func anInstantWorldTakesNoTime() {
    let law = SpanDistribution.fixed(.seconds(20))
    #expect(World(pace: .instant).span(law, WorldPurpose.startup, .stable, 0) == .zero)
    #expect(World(pace: .even).span(law, WorldPurpose.startup, .stable, 0) == .seconds(20))
  }
}
