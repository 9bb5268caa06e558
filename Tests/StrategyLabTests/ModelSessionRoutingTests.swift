import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// Requests whose session or user sticks to a version, and what a change of version does to them.
struct ModelSessionRoutingTests {
  private static func incompatible(_ probability: Double = 1) -> DefectEffect {
    var effect = DefectEffect()
    effect.versionChangeFailureProbability = probability
    return effect
  }

  @Test func recreateWithStickySessionsIsDownNoLongerThanWithout() {
    let outcomes = [UserModel.Stickiness.none, .session].map { stickiness in
      playOnce(
        plainScenario(strategies: [Recreate()]) {
          $0.users.stickiness = stickiness
          $0.service.drain = .fixed(.seconds(7))
        }
      ).run.metrics
    }
    for metrics in outcomes {
      #expect(metrics[.downtime] == 27)
      #expect(metrics[.trafficComplete] == 27)
      #expect(metrics[.mixedVersion] == 0)
      // 100 a second are turned away for 27 s, and nobody afterwards: 4 standard deviations of 2,700.
      #expect(abs((metrics[.capacityShortfall] ?? 0) - 2700) < 208)
    }
    // The sessions that ran when stable stopped, 3,000 of 36,000, change version once each.
    #expect(abs((outcomes[1][.sessionVersionFlips] ?? 0) - 3000.0 / 36_000) < 1e-9)
  }

  @Test func blueGreenChangesTheVersionOfEachRunningSessionOnce() {
    for stickiness in UserModel.Stickiness.allCases {
      let run = playOnce(
        plainScenario(strategies: [BlueGreen.plain()]) { $0.users.stickiness = stickiness }
      ).run
      #expect(abs((run.metrics[.sessionVersionFlips] ?? 0) - 3000.0 / 36_000) < 1e-9)
    }
  }

  @Test func weightedRoutingFlipsUnlessTheUserSticks() {
    func flips(_ stickiness: UserModel.Stickiness) -> Double {
      playOnce(
        plainScenario(strategies: [Canary.endless(weight: .percent(50))]) {
          $0.users.stickiness = stickiness
          $0.service.startup = .fixed(.zero)
        }
      ).run.metrics[.sessionVersionFlips] ?? -1
    }
    // Nine gaps a session, half of them between versions; the first gaps still remember stable alone.
    #expect(abs(flips(.none) - 4.5) < 0.05)
    // Half of the running sessions move when the cohort is made.
    #expect(abs(flips(.user) - 1500.0 / 36_000) < 1e-9)
    #expect(flips(.session) == 0)
  }
}
