import LabUnits
import Testing

@testable import StrategyLab

struct ComparisonRaceTests {
  /// Two strategies whose difference has a given mean in standard errors.
  static func record(score: Double, replications: Int, seed: UInt64 = 1) -> ExperimentRecord {
    var draws = TestDraws(seed: 9)
    var differences = (0..<replications).map { _ in draws.unit() + draws.unit() + draws.unit() }
    let mean = differences.reduce(0, +) / Double(replications)
    var squares = 0.0
    for value in differences { squares += (value - mean) * (value - mean) }
    let error = (squares / Double(replications)).squareRoot() / Double(replications).squareRoot()
    for index in differences.indices { differences[index] += score * error - mean }
    let runs = differences.enumerated().flatMap { replication, difference in
      [
        ComparisonFixture.run(0, replication, people: 10),
        ComparisonFixture.run(1, replication, people: 10 + difference),
      ]
    }
    return ComparisonFixture.record(names: ["a", "b"], runs: runs, seed: seed)
  }

  /// With many replications the race is decided by the normal distribution: Φ(0) = 50%, Φ(1) = 84.1%, Φ(2) = 97.7%.
  @Test(arguments: [(0.0, 0.5), (1, 0.841345), (2, 0.977250)], [300])
  func probabilitiesFollowTheStandardError(score: (Double, Double), replications: Int) {
    let table = ReplicationTable(Self.record(score: score.0, replications: replications))
    let found = ExpectedCostRace(table, seed: 3).probabilities
    // Four standard errors of 2,000 draws.
    let tolerance = 4 * (score.1 * (1 - score.1) / 2_000).squareRoot()
    #expect((found[0] - score.1).magnitude < tolerance)
    #expect(agree(found[0] + found[1], 1, relative: 1e-12))
  }

  @Test func manyReplicationsRaceInBlocks() {
    let table = ReplicationTable(Self.record(score: 1, replications: 2_999))
    let found = ExpectedCostRace(table, seed: 3).probabilities
    #expect((found[0] - 0.841345).magnitude < 0.033)
  }

  @Test func theSeedDecidesTheDraws() {
    let record = Self.record(score: 0.5, replications: 100)
    let table = ReplicationTable(record)
    let first = ExpectedCostRace(table, seed: 1).probabilities
    #expect(ExpectedCostRace(table, seed: 1).probabilities == first)
    #expect(ExpectedCostRace(table, seed: 2).probabilities != first)
  }

  @Test func aStrategyThatWasNotPlayedTakesNoPart() {
    var record = Self.record(score: 1, replications: 10)
    record.header.strategies.append(
      ExperimentRecord.Strategy(name: "c", kind: "c", outline: []))
    #expect(ExpectedCostRace(ReplicationTable(record), seed: 1).probabilities[2] == 0)
  }

  @Test func precisionIsTheHalfWidthOverTheMean() {
    // Half-width of 99, 100, 101: 4.302653 × 1 / √3.
    let costs: [Double] = [99, 100, 101]
    #expect(MeanPrecision.isReached(costs: costs, precision: Share(millionths: 24_842)))
    #expect(!MeanPrecision.isReached(costs: costs, precision: Share(millionths: 24_841)))
    #expect(MeanPrecision.isReached(costs: [0, 0], precision: .percent(1)))
    #expect(!MeanPrecision.isReached(costs: [1], precision: .whole))
  }

  @Test func precisionIsReachedWhenEveryStrategyHasIt() {
    var runs = (0..<3).map { ComparisonFixture.run(0, $0, people: 99 + Double($0)) }
    let five = Share.percent(5)
    func isReached(strategies: Int, upTo replications: Int) -> Bool {
      RunCollection(strategies: strategies, replications: 10, known: runs)
        .isPreciseEnough(upTo: replications, five)
    }
    #expect(isReached(strategies: 1, upTo: 3))
    #expect(!isReached(strategies: 2, upTo: 3))
    runs += (0..<3).map { ComparisonFixture.run(1, $0, people: -99 - Double($0)) }
    #expect(isReached(strategies: 2, upTo: 3))
    #expect(missing() == [])
    runs += [ComparisonFixture.run(1, 3, people: 500)]
    #expect(!isReached(strategies: 2, upTo: 4))
    #expect(missing() == [1])

    func missing() -> [Int] {
      Comparison(record: ComparisonFixture.record(names: ["a", "b"], runs: runs))
        .strategiesMissing(precision: five)
    }
  }
}
