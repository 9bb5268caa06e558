import LabUnits
import Testing

@testable import StrategyLab

@Suite struct ValidationReferenceTests {
  private static let effort = ReferenceCheck.Effort(seeds: 3, replications: 5, requests: 3_000)

  @Test(arguments: ReferenceSystem.all.indices)
  func everySystemMeetsItsClosedForms(_ index: Int) throws {
    let trial = ReferenceTrial(
      systems: [ReferenceSystem.all[index]], seed: 1, effort: Self.effort)
    let check = try #require(trial.check(threads: 2))
    #expect(check.rows.count == trial.systems[0].measures.count)
    #expect(check.isPassed, "\(check.rows)")
  }

  @Test func systemsAreNamedOnce() {
    let names = ReferenceSystem.all.map { "\($0.name), \($0.setting)" }
    #expect(Set(names).count == names.count)
  }

  @Test func samplesDoNotDependOnTheThreads() throws {
    let trial = ReferenceTrial(
      systems: Array(ReferenceSystem.all.prefix(2)), seed: 5,
      effort: ReferenceCheck.Effort(seeds: 2, replications: 3, requests: 100))
    let one = try #require(trial.check(threads: 1))
    #expect(one == trial.check(threads: 3))
    #expect(trial.check(threads: 1, shouldStop: { true }) == nil)
  }

  /// A system whose plays miss its closed form by a hundredth, which a single seed can hardly see.
  @Test func aSmallBiasIsSeenByAllSeedsTogether() {
    let system = ReferenceSystem(
      name: "biased", setting: "", measures: [.seconds("mean wait", 1)]
    ) { _, _, _ in [] }
    var draws = TestDraws(seed: 3)
    let effort = ReferenceCheck.Effort(seeds: 30, replications: 20, requests: 1)
    let values = (0..<600).map { _ in [1.02 + 0.2 * (draws.unit() - 0.5)] }
    let check = ReferenceCheck(systems: [system], samples: [values], seed: 1, effort: effort)
    #expect(check.rows[0].misses <= 3)
    #expect(check.rows[0].verdict == .differ)
    #expect(!check.isPassed)
  }

  /// 45 measures of 30 seeds are 1,350 intervals: 1.35 misses are expected, P(X ≥ 6) = 0.0027, P(X ≥ 5) = 0.012.
  @Test func chanceAllowsAFewMisses() {
    let row = ReferenceCheck.Row(
      system: "M/M/1", setting: "", measure: "mean wait", unit: "seconds", expected: 1, mean: 1,
      halfWidth: 0.1, misses: 0, probability: 1)
    var check = ReferenceCheck(
      seed: 1, effort: .init(seeds: 30, replications: 20, requests: 1),
      rows: Array(repeating: row, count: 45))
    #expect(check.mostMisses == 5)
    #expect(check.isPassed)
    check.rows[0].misses = 6
    #expect(!check.isPassed)
    #expect(abs(check.missProbability - 0.002665) < 0.000001)
  }

  /// Two in the queue, from Kleinrock (1975), section 3.2: an M/M/1 at load 0.8 has a mean wait of 4 services.
  @Test func theFirstSystemIsTheTextbooks() {
    let measures = ReferenceSystem.all[0].measures
    #expect(measures.map(\.name).first == "mean wait")
    #expect(abs(measures[0].expected - 0.4) < 1e-12)
    #expect(abs(measures[3].expected - 0.5) < 1e-9)
    #expect(abs(measures[4].expected - 0.01) < 1e-9)
  }
}
