import LabKernel
import LabUnits
import Testing

@testable import StrategyLab

/// How many distinct users meet the candidate, and how many are hurt, against closed forms.
struct ModelUserExposureTests {
  private static func users(
    _ activity: UserModel.Activity, population: Int = 1000, events: Double = 20_000,
    affected: Double = 1
  ) -> UserExposure {
    let model = UserModel(
      population: population, activity: activity, requestsPerSession: 10,
      sessionDuration: .minutes(5), stickiness: .user)
    return UserExposure(users: model, totalEvents: events, affected: affected)
  }

  @Test(arguments: [(0.05, 0.6415140775914581), (0.5, 0.9999990463256836), (1.0, 1.0)])
  func withTheSameNumberOfRequestsItIsOneMinusMissingEveryOne(
    _ weight: Double, _ expected: Double
  ) {
    var users = Self.users(.fixed)
    users.meetEvenly(candidateEvents: 20_000 * weight, hurt: 0)
    #expect(abs(users.exposedFraction - expected) < 1e-12)
    #expect(users.harmedFraction == 0)
  }

  @Test func aFractionOfARequestIsOneThatSomeUsersSend() {
    var users = Self.users(.fixed, events: 1500)
    users.meetEvenly(candidateEvents: 300, hurt: 0)
    // Half of the users send one request and half send two; a request misses with 0.8.
    #expect(abs(users.exposedFraction - (1 - (0.5 * 0.8 + 0.5 * 0.64))) < 1e-12)
  }

  @Test(arguments: [(1.0, 0.5, 1.0 / 3), (2.0, 2.0, 0.75), (0.5, 4.0, 2.0 / 3)])
  func unequalUsersFollowTheGammaMixture(_ shape: Double, _ each: Double, _ expected: Double) {
    // 1 - (1 + m/a)^-a; (2, 2): 1 - 2^-2; (0.5, 4): 1 - 9^-0.5.
    var users = Self.users(.gamma(shape: shape))
    users.meetEvenly(candidateEvents: each * 1000, hurt: 0)
    #expect(abs(users.exposedFraction - expected) < 1e-12)
  }

  @Test func unequalUsersWithALargeShapeAreAPoissonProcess() {
    var users = Self.users(.gamma(shape: 1e6))
    users.meetEvenly(candidateEvents: 1000, hurt: 0)
    #expect(abs(users.exposedFraction - 0.6321205588285577) < 1e-6)
  }

  @Test func aCohortIsExposedUpToItsWeightAndOnlyGrows() {
    var users = Self.users(.gamma(shape: 1))
    var last = 0.0
    for weight in [0.1, 0.3, 0.2, 0.05, 0.5, 1] {
      users.meetBelow(weight: weight, events: 1e9, hurtProbability: 0)
      #expect(users.exposedFraction >= last)
      last = users.exposedFraction
      #expect(last <= max(weight, 0.5) + 1e-12)
    }
    #expect(abs(last - 1) < 1e-5)
  }

  @Test func theSameCohortTwiceIsMetTwiceAsOften() {
    var twice = Self.users(.gamma(shape: 1))
    twice.meetBelow(weight: 0.25, events: 500, hurtProbability: 0)
    twice.meetBelow(weight: 0.25, events: 500, hurtProbability: 0)
    // 0.25 of the users, each with one event on average: 1 - 1/2.
    #expect(abs(twice.exposedFraction - 0.125) < 1e-12)
    twice.meetBelow(weight: 0.75, events: 1000, hurtProbability: 0)
    #expect(abs(twice.exposedFraction - (0.25 * 2 / 3 + 0.5 * 0.5)) < 1e-12)
  }

  @Test func takingTheWeightBackExposesNobodyMore() {
    var users = Self.users(.gamma(shape: 1))
    users.meetBelow(weight: 0.3, events: 2000, hurtProbability: 0.5)
    let exposed = users.exposedFraction
    let harmed = users.harmedFraction
    users.meetBelow(weight: 0, events: 1e9, hurtProbability: 1)
    #expect(users.exposedFraction == exposed)
    #expect(users.harmedFraction == harmed)
    #expect(abs(harmed - 0.3 * 0.5) < 1e-12)
  }

  @Test func onlyTheAffectedSegmentIsHarmed() {
    var users = Self.users(.gamma(shape: 1), affected: 0.05)
    // An average user is hurt with 5% of 100%; so the segment is hurt for certain.
    users.meetEvenly(candidateEvents: 1e9, hurt: 1e9 * 0.05)
    #expect(abs(users.harmedFraction - 0.05) < 1e-6)
    #expect(users.exposedFraction > 0.99999)
    users.hurt(1000)
    // What hurts for another cause spares nobody's segment: 1 - 1/2 of the others.
    #expect(abs(users.harmedFraction - (0.05 + 0.95 * 0.5)) < 1e-6)
    #expect(abs(users.harmedByDefectFraction - 0.05) < 1e-6)
  }

  @Test func activeUsersAreThoseWithARequest() {
    #expect(abs(Self.users(.gamma(shape: 1), events: 1000).activeFraction - 0.5) < 1e-12)
    #expect(Self.users(.fixed).activeFraction == 1)
    #expect(abs(Self.users(.fixed, events: 250).activeFraction - 0.25) < 1e-12)
  }

  @Test func wholePowersAreExact() {
    #expect(UserExposure.integerPower(0.5, 10) == 0.0009765625)
    #expect(UserExposure.integerPower(0.3, 0) == 1)
    #expect(UserExposure.integerPower(0, 5) == 0)
  }
}
