import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// A marked cohort that goes to the candidate, beside a share of everybody else.
struct ModelCohortTests {
  /// Both versions whole, and one route until the horizon.
  struct Routed: PhasedStrategy {
    static let kind = "routed"
    static let summary = "Sends traffic one way."
    static let parameters: [Parameter] = []
    var routes: [TrafficRoute]
    init(_ routes: TrafficRoute...) { self.routes = routes }
    init(_ values: ParameterValues) { preconditionFailure("made by tests alone") }
    func problems(replicas: Int) -> [StrategyProblem] { [] }
    var plan: ReleasePlan {
      .sideBySide(
        [.provision(.candidate, .share(.whole))]
          + routes.flatMap {
            [.shiftTraffic(to: $0), .hold(.minutes(30), analysed: false)]
          } + [.hold(.hours(24), analysed: false)], abortDelay: .zero)
    }
  }

  private static func metrics(
    _ routes: Routed, _ stickiness: UserModel.Stickiness, rate: Double = 10_000 * 20 / 3600.0,
    effect: DefectEffect? = nil, activity: UserModel.Activity = .fixed
  ) -> MetricValues {
    playOnce(
      plainScenario(rate: rate, strategies: [routes]) {
        $0.users.activity = activity
        $0.users.stickiness = stickiness
        $0.service.startup = .fixed(.zero)
        if let effect { $0.release = certain(effect) }
      }
    ).run.metrics
  }

  private static let cohort = TrafficRoute(.cohort(.percent(5), others: .percent(10)))

  /// Everybody sends 20 requests, of the other 95% 1 - 0.9^20 with one to the candidate.
  ///
  /// Or everybody has two sessions of ten, and 15% a third, for 1,500 of the sessions that ran before go on. Of 21,500 sessions
  /// 2,000 go to the candidate, which leaves 1 - 2/21.5 as the chance to miss with one of them.
  private static let exposed: [(UserModel.Stickiness, Double)] = [
    (.none, 0.8845021781389591), (.user, 0.145), (.session, 0.2294278491202032),
  ]

  @Test(arguments: exposed)
  func theCohortIsExposedAndOfTheOthersWhoFallsInTheWeight(
    _ stickiness: UserModel.Stickiness, _ expected: Double
  ) {
    let exposed = Self.metrics(Routed(Self.cohort), stickiness)[.exposedUsers] ?? 0
    #expect(abs(exposed - expected) < 1e-12)
  }

  @Test func harmFollowsTheRequestsThatMeetTheDefect() {
    let harmed = Self.metrics(Routed(Self.cohort), .none, effect: .failing(0.5))[.harmedUsers] ?? 0
    // 0.05 (1 - 0.5^20) + 0.95 (1 - 0.95^20).
    let expected = 0.05 * (1 - 9.5367431640625e-7) + 0.95 * (1 - 0.35848592240854216)
    #expect(abs(harmed - expected) < 1e-9)
    let byUser = Self.metrics(Routed(Self.cohort), .user, effect: .failing(1))[.harmedUsers] ?? 0
    #expect(abs(byUser - 0.145) < 1e-12)
  }

  @Test func requestsAreDividedByTheSumOfBothShares() {
    for stickiness in UserModel.Stickiness.allCases {
      let metrics = Self.metrics(Routed(Self.cohort), stickiness, rate: 1000)
      let share = (metrics[.requestsCandidate] ?? 0) / (metrics[.requestsTotal] ?? 1)
      // Nine in ten requests are later ones, which come to the weight with the mean of a session, 300 s.
      let expected = stickiness == .session ? 0.05 + 0.095 * (1 - 0.9 * 300 / 3600) : 0.145
      #expect(abs(share - expected) < 0.002, "\(stickiness)")
    }
  }

  @Test func onlyTheCohortAndRequestsRoutedAnewChangeVersion() {
    func flips(_ stickiness: UserModel.Stickiness) -> Double {
      Self.metrics(Routed(Self.cohort), stickiness, rate: 100)[.sessionVersionFlips] ?? -1
    }
    // 3,000 of 36,000 sessions run when the cohort is marked, and nine in ten send another request.
    #expect(abs(flips(.session) - 0.05 * 2700 / 36_000) < 1e-9)
    #expect(abs(flips(.user) - 0.145 * 2700 / 36_000) < 1e-9)
    // Nine gaps a session, 2 x 0.1 x 0.9 of them between versions for 95% of the sessions.
    #expect(abs(flips(.none) - (0.95 * 9 * 0.18 + 0.05 * 2700 / 36_000)) < 0.02)
  }

  @Test func aCohortIsMarkedOutOfWhatWasThereBefore() {
    let routes = Routed(TrafficRoute(.weighted(.percent(50))), Self.cohort)
    let metrics = Self.metrics(routes, .session, rate: 100)
    // Half of the cohort's running sessions are the candidate's already; the rest of them moves, nobody else.
    let moved = 0.05 * (1 - 0.49876) * 2700 / 36_000
    #expect(abs((metrics[.sessionVersionFlips] ?? 0) - moved) < 1e-6)
  }

  @Test(arguments: UserModel.Stickiness.allCases)
  func withoutOthersItIsTheCohortAlone(_ stickiness: UserModel.Stickiness) {
    let marked = TrafficRoute(.cohort(.percent(5), others: .allStable))
    let metrics = Self.metrics(
      Routed(marked), stickiness, effect: .failing(0.3), activity: .gamma(shape: 1))
    if stickiness == .user {
      // A hash below a weight and a mark are the same.
      let weighted = Self.metrics(
        Routed(TrafficRoute(.weighted(.percent(5)))), .user, effect: .failing(0.3),
        activity: .gamma(shape: 1))
      #expect(metrics == weighted)
    }
    #expect((metrics[.exposedUsers] ?? 1) < 0.0501)
    #expect(abs((metrics[.sessionVersionFlips] ?? 0) - 0.05 * 0.9 / 12) < 1e-9)
  }

  @Test func everybodyElseToTheCandidateIsEverybody() {
    let all = TrafficRoute(.cohort(.percent(5), others: .allCandidate))
    for stickiness in UserModel.Stickiness.allCases {
      let metrics = Self.metrics(Routed(all), stickiness)
      #expect(metrics[.requestsCandidate] == metrics[.requestsTotal])
      #expect(metrics[.exposedUsers] == 1)
    }
  }

  @Test func aUserAboveTheWeightIsMetByNobodyElse() {
    let model = UserModel(
      population: 1000, activity: .gamma(shape: 1), requestsPerSession: 1,
      sessionDuration: .minutes(5), stickiness: .none)
    var users = UserExposure(
      users: model, totalRequests: 20_000, rateAtStart: 5, horizon: 3600, affected: 1)
    var odds = UserExposure.Odds()
    odds.hurt = 1
    users.pass(seconds: 60, requests: 1000, odds: odds, marked: 0, others: .anew(1))
    // One request of each on average: half of the users have one.
    #expect(abs(users.exposedFraction - 0.5) < 1e-12)
    #expect(abs(users.harmedFraction - 0.5) < 1e-12)
    users.pass(seconds: 60, requests: 1e12, odds: .init(), marked: 0.25, others: .anew(0))
    #expect(abs(users.exposedFraction - 0.625) < 1e-6)
  }
}
