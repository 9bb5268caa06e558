import LabKernel
import LabUnits
import Testing

@testable import StrategyLab

/// How many distinct users meet the candidate, and how many are hurt, against closed forms.
struct ModelUserExposureTests {
  /// Users each of whose requests is a session of its own.
  private static func users(
    _ activity: UserModel.Activity, population: Int = 1000, requests: Double = 20_000,
    affected: Double = 1, requestsPerSession: Double = 1
  ) -> UserExposure {
    let model = UserModel(
      population: population, activity: activity, requestsPerSession: requestsPerSession,
      sessionDuration: .minutes(5), stickiness: .user)
    return UserExposure(
      users: model, totalRequests: requests, rateAtStart: requests / 3600, horizon: 3600,
      affected: affected)
  }

  private static func hurting(_ probability: Double) -> UserExposure.Odds {
    var odds = UserExposure.Odds()
    odds.hurt = probability
    return odds
  }

  @Test(arguments: [(0.05, 0.6415140775914581), (0.5, 0.9999990463256836), (1.0, 1.0)])
  func withTheSameNumberOfRequestsItIsOneMinusMissingEveryOne(
    _ weight: Double, _ expected: Double
  ) {
    // However many requests a session has.
    var users = Self.users(.fixed, requestsPerSession: 10)
    users.pass(seconds: 3600, requests: 20_000, odds: .init(), marked: 0, others: .anew(weight))
    #expect(abs(users.exposedFraction - expected) < 1e-12)
    #expect(users.harmedFraction == 0)
  }

  @Test func aFractionOfARequestIsOneThatSomeUsersSend() {
    var users = Self.users(.fixed, requests: 1500)
    users.pass(seconds: 3600, requests: 1500, odds: .init(), marked: 0, others: .anew(0.2))
    // Half of the users send one request and half send two; a request misses with 0.8.
    #expect(abs(users.exposedFraction - (1 - (0.5 * 0.8 + 0.5 * 0.64))) < 1e-12)
  }

  @Test(arguments: [(1.0, 0.5, 1.0 / 3), (2.0, 2.0, 0.75), (0.5, 4.0, 2.0 / 3)])
  func unequalUsersFollowTheGammaMixture(_ shape: Double, _ each: Double, _ expected: Double) {
    // 1 - (1 + m/a)^-a; (2, 2): 1 - 2^-2; (0.5, 4): 1 - 9^-0.5.
    var users = Self.users(.gamma(shape: shape))
    users.pass(
      seconds: 60, requests: each * 4000, odds: .init(), marked: 0, others: .anew(0.25))
    #expect(abs(users.exposedFraction - expected) < 1e-12)
  }

  @Test func unequalUsersWithALargeShapeAreAPoissonProcess() {
    var users = Self.users(.gamma(shape: 1e6))
    users.pass(seconds: 60, requests: 1000, odds: .init(), marked: 0, others: .anew(1))
    #expect(abs(users.exposedFraction - 0.6321205588285577) < 1e-6)
  }

  @Test func aCohortIsExposedUpToItsWeightAndOnlyGrows() {
    var users = Self.users(.gamma(shape: 1))
    var last = 0.0
    for weight in [0.1, 0.3, 0.2, 0.05, 0.5, 1] {
      users.pass(seconds: 60, requests: 1e9, odds: .init(), marked: weight, others: .anew(0))
      #expect(users.exposedFraction >= last)
      last = users.exposedFraction
      #expect(last <= max(weight, 0.5) + 1e-12)
    }
    #expect(abs(last - 1) < 1e-5)
  }

  @Test func theSameCohortTwiceIsMetTwiceAsOften() {
    var twice = Self.users(.gamma(shape: 1))
    for _ in 0..<2 {
      twice.pass(seconds: 60, requests: 500, odds: .init(), marked: 0.25, others: .anew(0))
    }
    // 0.25 of the users, each with one event on average: 1 - 1/2.
    #expect(abs(twice.exposedFraction - 0.125) < 1e-12)
    twice.pass(seconds: 60, requests: 1000, odds: .init(), marked: 0.75, others: .anew(0))
    #expect(abs(twice.exposedFraction - (0.25 * 2 / 3 + 0.5 * 0.5)) < 1e-12)
  }

  @Test func takingTheWeightBackExposesNobodyMore() {
    var users = Self.users(.gamma(shape: 1))
    users.pass(seconds: 60, requests: 2000, odds: Self.hurting(0.5), marked: 0.3, others: .anew(0))
    let exposed = users.exposedFraction
    let harmed = users.harmedFraction
    users.pass(seconds: 60, requests: 1e9, odds: Self.hurting(1), marked: 0, others: .anew(0))
    #expect(users.exposedFraction == exposed)
    #expect(users.harmedFraction == harmed)
    #expect(abs(harmed - 0.3 * 0.5) < 1e-12)
  }

  @Test func onlyTheAffectedSegmentIsHarmed() {
    var users = Self.users(.gamma(shape: 1), affected: 0.05)
    users.pass(seconds: 60, requests: 1e9, odds: Self.hurting(1), marked: 0, others: .anew(1))
    #expect(abs(users.harmedFraction - 0.05) < 1e-6)
    #expect(users.exposedFraction > 0.99999)
    users.hurt(1000, rate: 1)
    // What hurts for another cause spares nobody's segment: 1 - 1/2 of the others.
    #expect(abs(users.harmedFraction - (0.05 + 0.95 * 0.5)) < 1e-6)
    #expect(abs(users.harmedByDefectFraction - 0.05) < 1e-6)
  }

  @Test func activeUsersAreThoseWithARequest() {
    #expect(abs(Self.users(.gamma(shape: 1), requests: 1000).activeFraction - 0.5) < 1e-12)
    #expect(Self.users(.fixed).activeFraction == 1)
    #expect(abs(Self.users(.fixed, requests: 250).activeFraction - 0.25) < 1e-12)
  }

  @Test func sessionsThatRunAtTheStartCountIfTheySendAnotherRequest() {
    // 10 requests a session, 300 s: 10,000 requests in an hour are 1,000 sessions, and 83.3 run, of which 9 in 10 go on.
    let users = Self.users(.gamma(shape: 1), requests: 10_000, requestsPerSession: 10)
    let each = 1 + 0.9 * 300 / 3600
    #expect(abs(users.activeFraction - each / (1 + each)) < 1e-12)
  }

  @Test func aSessionIsMetOnceHoweverManyRequestsItHas() {
    // All requests to the candidate, for ever: whoever has a session.
    var users = Self.users(.gamma(shape: 1), requests: 10_000, requestsPerSession: 10)
    users.pass(seconds: 3600, requests: 10_000, odds: .init(), marked: 0, others: .anew(1))
    #expect(abs(users.exposedFraction - users.activeFraction) < 1e-4)
    // In the long run a session of geometrically many requests is met with w n / (1 + w (n - 1)).
    var few = Self.users(.gamma(shape: 1), requests: 1e8, requestsPerSession: 10)
    few.pass(seconds: 1e8, requests: 0, odds: .init(), marked: 0, others: .anew(0.1))
    few.pass(seconds: 3600, requests: 10_000, odds: .init(), marked: 0, others: .anew(0.1))
    let met = 1000 * 0.1 * 10 / (1 + 0.9)
    #expect(abs(few.exposedFraction - met / (1000 + met)) < 1e-9)
  }

  @Test func piecesOfTimeAddUpToTheWhole() {
    var whole = Self.users(.gamma(shape: 1), requests: 5000, requestsPerSession: 10)
    var pieces = whole
    let odds = Self.hurting(0.1)
    whole.pass(seconds: 600, requests: 1000, odds: odds, marked: 0.1, others: .anew(0.2))
    for _ in 0..<60 {
      pieces.pass(seconds: 10, requests: 1000.0 / 60, odds: odds, marked: 0.1, others: .anew(0.2))
    }
    #expect(abs(whole.exposedFraction - pieces.exposedFraction) < 1e-12)
    #expect(abs(whole.harmedFraction - pieces.harmedFraction) < 1e-12)
  }

  @Test func wholePowersAreExact() {
    #expect(UserExposure.integerPower(0.5, 10) == 0.0009765625)
    #expect(UserExposure.integerPower(0.3, 0) == 1)
    #expect(UserExposure.integerPower(0, 5) == 0)
  }
}
