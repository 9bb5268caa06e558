import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// What must not get better when something gets worse, in the same worlds.
struct ModelMonotonicityTests {
  private static func mean(_ metric: Metric, _ scenario: Scenario, count: Int = 10) -> Double {
    let experiment = Experiment(scenario: scenario)
    let values = (0..<count).map {
      experiment.result(strategyIndex: 0, replication: $0).metrics[metric] ?? 0
    }
    return values.reduce(0, +) / Double(count)
  }

  private static func isAscending(_ values: [Double]) -> Bool {
    zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }
  }

  private static let strategies: [any ReleaseStrategy] = [
    Recreate(), BlueGreen.plain(hold: .minutes(20)), Canary.endless(weight: .percent(20)),
    RollingUpdate(maxSurge: .count(2), maxUnavailable: .count(0)),
  ]

  @Test(arguments: 0..<4) func moreFailuresHarmNoFewerUsers(_ index: Int) {
    let harmed = [0, 0.01, 0.05, 0.2, 0.5, 1].map { probability in
      Self.mean(
        .harmedUsers,
        plainScenario(strategies: [Self.strategies[index]]) {
          $0.release = certain(.failing(probability))
          $0.service.startup = .exponential(mean: .seconds(20))
        })
    }
    #expect(Self.isAscending(harmed), "\(harmed)")
    // Recreate harms by its outage alone.
    #expect((harmed[0] > 0) == (index == 0))
    #expect((harmed.last ?? 0) > 0.1)
  }

  @Test func aLongerHoldTakesNoFewerReplicaSeconds() {
    let extra = [0, 1, 10, 30, 59, 61, 300].map { minutes in
      Self.mean(
        .extraReplicaSeconds,
        plainScenario(strategies: [BlueGreen.plain(hold: .minutes(minutes))]) {
          $0.service.startup = .exponential(mean: .seconds(60))
        })
    }
    #expect(Self.isAscending(extra))
    #expect(extra[5] == extra[6], "nothing is paid beyond the horizon")
  }

  @Test(arguments: UserModel.Stickiness.allCases)
  func aHigherWeightExposesNoFewerUsers(_ stickiness: UserModel.Stickiness) {
    let exposed = [1, 5, 10, 25, 50, 90, 100].map { percent in
      Self.mean(
        .exposedUsers,
        plainScenario(strategies: [Canary.endless(weight: .percent(percent))]) {
          $0.users.stickiness = stickiness
        }, count: 1)
    }
    #expect(Self.isAscending(exposed), "\(exposed)")
    #expect(exposed[0] < exposed[6])
  }

  @Test func aSlowerStartMakesALongerOutage() {
    let downtime = [0, 10, 60, 600, 7200].map { seconds in
      Self.mean(
        .downtime,
        plainScenario(strategies: [Recreate()]) { $0.service.startup = .fixed(.seconds(seconds)) },
        count: 1)
    }
    #expect(downtime == [0, 10, 60, 600, 3600])
  }

  @Test func fewerReplicasAnswerNoFaster() {
    let p99 = [40, 20, 10, 8, 7].map { replicas in
      Self.mean(
        .latencyP99,
        plainScenario(
          replicas: replicas, rate: 1000, strategies: [Canary.endless(weight: .percent(1))]),
        count: 1)
    }
    #expect(Self.isAscending(p99), "\(p99)")
  }
}
