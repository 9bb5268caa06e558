import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// The random part of a replication, which all strategies share.
struct ModelWorldTests {
  private static let risk = ReleaseRisk(
    defectProbability: .percent(17),
    catalog: [
      ReleaseRisk.Defect(name: "often", kind: "errors", weight: 3, effect: .failing(0.2)),
      ReleaseRisk.Defect(name: "seldom", kind: "errors", weight: 1, effect: .failing(0.02)),
    ])

  @Test func defectsComeAsOftenAsTheScenarioSays() {
    let count = 20_000
    var found = [0, 0]
    for replication in 0..<count {
      let world = World(seed: 11, replication: replication, risk: Self.risk)
      if let index = world.defectIndex { found[index] += 1 }
    }
    // Within 4 standard deviations of 17% and of three quarters of it.
    #expect(abs(Double(found[0] + found[1]) / Double(count) - 0.17) < 4 * 0.00266)
    #expect(abs(Double(found[0]) / Double(count) - 0.1275) < 4 * 0.00236)
  }

  @Test func aForcedDefectIsThereWhateverTheDrawSays() {
    for replication in 0..<50 {
      func index(_ forced: ForcedDefect) -> Int? {
        World(seed: 1, replication: replication, risk: Self.risk, forced: forced).defectIndex
      }
      #expect(index(.none) == nil)
      #expect(index(.named("often")) == 0)
      #expect(index(.named("seldom")) == 1)
    }
  }

  @Test func theKthStartOfAVersionTakesTheSameTimeWhateverTheStrategy() {
    // All ten start at once in both; the last to be ready decides.
    let scenario = plainScenario(strategies: [
      BlueGreen.plain(), RollingUpdate(maxSurge: .share(.whole), maxUnavailable: .count(0)),
    ]) { $0.service.startup = .uniform(from: .seconds(5), to: .seconds(60)) }
    let experiment = Experiment(scenario: scenario)
    var durations: Set<Double> = []
    for replication in 0..<5 {
      let both = (0..<2).map {
        experiment.play(strategyIndex: $0, replication: replication).run.metrics[.trafficComplete]
      }
      #expect(both[0] == both[1])
      durations.insert(both[0] ?? 0)
    }
    #expect(durations.count == 5, "another replication is another world")
  }

  @Test func versionsAndCountsHaveDrawsOfTheirOwn() {
    let world = World(seed: 1, replication: 0, risk: Self.risk)
    let law = SpanDistribution.uniform(from: .zero, to: .hours(1))
    let spans = (0..<20).flatMap { count in
      ReleaseVersion.allCases.map { world.span(law, WorldPurpose.startup, $0, count) }
    }
    #expect(Set(spans).count == 40)
    #expect(world.span(law, WorldPurpose.startup, .candidate, 3) == spans[7])
  }
}
