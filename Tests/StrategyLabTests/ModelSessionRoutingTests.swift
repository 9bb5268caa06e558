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
    // Of the sessions that ran when stable stopped, 3,000 of 36,000, nine in ten send another request.
    #expect(abs((outcomes[1][.sessionVersionFlips] ?? 0) - 2700.0 / 36_000) < 1e-9)
  }

  @Test func blueGreenChangesTheVersionOfEachRunningSessionOnce() {
    for stickiness in UserModel.Stickiness.allCases {
      let run = playOnce(
        plainScenario(strategies: [BlueGreen.plain()]) { $0.users.stickiness = stickiness }
      ).run
      #expect(abs((run.metrics[.sessionVersionFlips] ?? 0) - 2700.0 / 36_000) < 1e-9)
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
    #expect(abs(flips(.user) - 1350.0 / 36_000) < 1e-9)
    #expect(flips(.session) == 0)
  }

  @Test(arguments: UserModel.Stickiness.allCases)
  func aFailureAfterAChangeOfVersionIsTheRequestItselfAndNoFurtherOne(
    _ stickiness: UserModel.Stickiness
  ) {
    let scenario = plainScenario(
      rate: 1000, strategies: [Canary.endless(weight: .percent(50))]
    ) {
      $0.release = certain(Self.incompatible())
      $0.service.workers = 1000
      $0.users.stickiness = stickiness
      $0.users.population = 100_000
    }
    let metrics = playOnce(scenario).run.metrics
    let total = metrics[.requestsTotal] ?? 0
    // 3.6 million arrive, with a standard deviation of 1,897.
    #expect(abs(total - 3.6e6) < 4 * 1897)
    #expect((metrics[.requestsFailed] ?? 0) <= total)
    if stickiness == .none {
      // Nine of ten requests follow another, half of them on the other version.
      #expect(abs((metrics[.requestsFailed] ?? 0) / total - 0.45) < 0.01)
    }
  }

  @Test func afterASwitchItIsTheCandidateThatFailsTheSessionsItTookOver() {
    let scenario = plainScenario(strategies: [BlueGreen.plain(hold: .minutes(30))]) {
      $0.release = certain(Self.incompatible())
      $0.users.stickiness = .user
      $0.service.startup = .fixed(.zero)
    }
    let metrics = playOnce(scenario).run.metrics
    // 2,700 sessions that run at the switch send another request; it fails, and every request goes to the candidate.
    #expect(abs((metrics[.requestsFailed] ?? 0) - 2700) < 4 * 52)
    #expect(metrics[.requestsCandidate] == metrics[.requestsTotal])
  }

  @Test func asManyUsersAreHarmedAsSessionsThatChangedVersion() {
    let scenario = plainScenario(strategies: [BlueGreen.plain()]) {
      $0.release = certain(Self.incompatible())
      $0.users.stickiness = .session
      $0.users.population = 1_000_000_000
    }
    // 2,700 sessions of as good as as many different users of a billion; they are active, and those of 36,000 new ones.
    let harmed = playOnce(scenario).run.metrics[.harmedUsers] ?? 0
    #expect(abs(harmed - 2700.0 / 38_700) < 1e-4)
  }

  @Test(arguments: [UserModel.Stickiness.none, .session])
  func aRequestThatIsLostHarmsItsUserWhateverSticks(_ stickiness: UserModel.Stickiness) {
    let scenario = plainScenario(strategies: [Recreate()]) {
      $0.users.stickiness = stickiness
      $0.users.population = 1_000_000_000
      $0.service.startup = .fixed(.zero)
      $0.service.terminationGrace = .zero
      $0.service.serviceTime = .fixed(.milliseconds(500))
    }
    // 100 a second x 0.5 s are in work when every replica is killed.
    let metrics = playOnce(scenario).run.metrics
    let harmed = (metrics[.harmedUsers] ?? 0) * 38_700
    #expect(abs(harmed - 50) < 2, "\(harmed) users for 50 requests")
  }
}
