import Testing

@testable import StrategyLab

@Suite struct ValidationPairedLevelsTests {
  /// Hours of sleep that ten patients gained by two drugs: "Student" (1908), table on page 20.
  private static let sleep = (
    first: [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2],
    second: [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
  )

  /// Figures of `t.test(paired = TRUE)` and `t.test` of R on its data set `sleep`.
  @Test func studentsSleepDataAreJudgedAsHeDid() throws {
    let levels = PairedLevels(flow: Self.sleep.first, request: Self.sleep.second)
    #expect(levels.pairs == 10)
    #expect(abs(try #require(levels.difference) - 1.58) < 1e-12)
    #expect(abs(try #require(levels.probability) - 0.002833) < 5e-7)
  }

  @Test func equalLevelsAgreeForCertain() {
    let levels = PairedLevels(flow: [1, 2, 3], request: [1, 2, 3])
    #expect(levels.difference == 0)
    #expect(levels.halfWidth == 0)
    #expect(levels.probability == 1)
  }

  @Test func theSameDifferenceInEveryWorldIsNoAccident() {
    let levels = PairedLevels(flow: [1, 2, 3], request: [2, 3, 4])
    #expect(levels.difference == 1)
    #expect(levels.halfWidth == 0)
    #expect(levels.probability == 0)
  }

  @Test func anotherOrderOfAdditionIsNoDifference() {
    let levels = PairedLevels(flow: [0.1 + 0.2, 1, 1], request: [0.3, 1, 1])
    #expect(levels.difference == 0)
    #expect(levels.probability == 1)
  }

  @Test func twoPairsTellNothing() {
    let levels = PairedLevels(flow: [1, 2, .nan], request: [5, 7, .nan])
    #expect(levels.difference == 4.5)
    #expect(levels.halfWidth == nil)
    #expect(levels.probability == nil)
  }

  /// McNemar's exact test: `binom.test(1, 10)` of R gives 0.02148.
  @Test func presenceInOtherWorldsIsJudgedByMcNemar() throws {
    #expect(
      abs(
        try #require(PairedLevels.presence(onlyFlow: 1, onlyRequest: 9, worlds: 30)) - 0.021484)
        < 1e-6)
    #expect(PairedLevels.presence(onlyFlow: 0, onlyRequest: 0, worlds: 30) == nil)
    #expect(PairedLevels.presence(onlyFlow: 4, onlyRequest: 4, worlds: 30) == 1)
  }

  @Test func whatOneLevelNeverHasIsMissing() {
    let nothing = Double.nan
    let levels = PairedLevels(flow: [1, 2, 3], request: [nothing, nothing, nothing])
    #expect(levels.pairs == 0)
    #expect(levels.probability == 0)
  }

  /// Thirty worlds in which a tenth of a request is expected, and none comes: no variance, and no wonder.
  @Test func aFewMissingRequestsAreLeftToChance() throws {
    let expected = (0..<30).map { 0.1 + 0.001 * Double($0 % 3) }
    let none = [Double](repeating: 0, count: 30)
    let counted = PairedLevels(flow: expected, request: none, grain: 1)
    // Three requests and a bit are expected.
    #expect(abs(try #require(counted.probability) - 0.0483) < 0.001)
    #expect(try #require(counted.uncountedProbability) < 1e-30)
    let many = PairedLevels(flow: expected.map { 1000 * $0 }, request: none, grain: 1)
    #expect(try #require(many.probability) < 1e-30)
  }

  @Test func whatIsNotMeasuredIsNoDifference() throws {
    let flow = (0..<20).map { 1 + 0.00001 * Double($0 % 2) }
    let request = flow.map { $0 * 1.0005 + ($0 > 1 ? 0.00001 : 0) }
    #expect(
      try #require(PairedLevels(flow: flow, request: request).probability) < 1e-10)
    #expect(PairedLevels(flow: flow, request: request, resolution: 0.001).probability == 1)
  }

  /// Approval of a prime minister in two surveys of 1,600 people: Agresti (2002), "Categorical Data Analysis", table
  /// 10.1, with a standard error of 0.0095.
  @Test func sharesOfTheSameWorldsHaveMatchedIntervals() throws {
    let flow = (0..<1600).map { $0 < 944 ? 1.0 : 0 }
    let request = (0..<1600).map { $0 < 794 || $0 >= 1514 ? 1.0 : 0 }
    let test = LevelTest(shares: flow, request)
    #expect(test.difference == -0.04)
    #expect(abs(try #require(test.halfWidth) / 2.5758 - 0.0095) < 0.0001)
    #expect(abs(try #require(test.probability) - 0.0000372) < 0.0000005)
  }
}
