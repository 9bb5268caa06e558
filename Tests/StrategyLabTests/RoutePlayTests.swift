import Testing

@testable import StrategyLab

@Suite struct RoutePlayTests {
  /// Quantiles of the binomial law: R 4.3, `qbinom(c(0.025, 0.975), n, p)`.
  @Test(arguments: [
    (82, 0.1, 3...14), (82, 0.9, 68...79), (100, 0.5, 40...60), (100, 0.1, 5...16), (100, 0, 0...0),
    (100, 1, 100...100), (0, 0.5, 0...0),
  ])
  func ordinaryCountsLieBetweenTheQuantiles(
    _ trials: Int, _ share: Double, _ range: ClosedRange<Int>
  ) {
    #expect(OrdinaryCount.range(trials: trials, probability: share) == range)
  }

  @Test func theArticlesLoopIsOrdinary() {
    #expect(OrdinaryCount.probability(of: 10, trials: 82, probability: 0.1) > 0.5)
    #expect(OrdinaryCount.probability(of: 40, trials: 82, probability: 0.1) < 1e-6)
  }

  @Test func aFewPercentOfRequestsAreMostOfTheUsers() {
    let share = OrdinaryCount.usersMeeting(share: 0.05, requests: 20)
    #expect((share - 0.641_514).magnitude < 1e-6)
  }

  @Test func everyRequestIsCountedOnce() {
    let versions = [("a", 0.9), ("b", 0.07), ("c", 0.03)].map {
      RoutePlay.Version($0.0, share: $0.1)
    }
    for seed in 0..<50 {
      let play = RoutePlay(
        versions, requests: 1_000, requestsPerUser: 20, isSticky: false, users: 10,
        seed: UInt64(seed))
      #expect(play.rows.reduce(0) { $0 + $1.count } == 1_000)
      #expect(play.rows.allSatisfy { ($0.usersMet ?? 0) <= 10 })
    }
  }

  @Test func stickyUsersMeetAVersionAsOftenAsARequestDoes() {
    let versions = [RoutePlay.Version("a", share: 0.95), RoutePlay.Version("b", share: 0.05)]
    let play = RoutePlay(
      versions, requests: 10, requestsPerUser: 20, isSticky: true, users: 0, seed: 1)
    #expect((play.rows[1].users - 0.05).magnitude < 1e-12)
  }
}
