import LabStrategies
import LabUnits
import Testing

@Suite struct ABTestTests {
  @Test func comparesThenPromotes() {
    let plan = Standard.abTest.plan
    #expect(plan.route == .allStable)
    #expect(
      plan.phases == [
        .provision(.candidate, .share(.percent(50))),
        .shiftTraffic(to: TrafficRoute(.cohort(.percent(50)))),
        .analyse(.comparison(falseAlarms: .percent(5)), for: .minutes(30)),
        .provision(.candidate, .share(.whole)),
        .shiftTraffic(to: .allCandidate),
        .hold(.seconds(30), analysed: false),
        .retire(.stable),
      ])
    #expect(plan.leastDuration == .seconds(1830))
    #expect(plan.needsTrafficRouting)
  }

  @Test func outlineNamesTheCohort() {
    #expect(
      Standard.abTest.outline(replicas: 5).prefix(3) == [
        "run 3 candidate replicas and wait until all are available",
        "send 50% of the users to the candidate",
        "compare the failures of both cohorts for 30m; roll back as soon as the candidate's are "
          + "more (false alarms: at most 5%)",
      ])
  }

  @Test func aWorseCohortSendsEveryoneBack() {
    var world = ToyCluster.World(replicas: 10)
    world.failure = { _, _ in .minutes(5) }
    let record = ToyCluster.play(Standard.abTest.makeController(replicas: 10), world).record
    #expect(record.routes == [TrafficRoute(.cohort(.percent(50))), .allStable])
    #expect(record.steps == "candidate 0>5, candidate 5>0")
    #expect(record.ends.map(\.end) == [.rolledBack])
    // Start-up 2 s, five minutes to the verdict, 30 s with the candidate beside.
    #expect(record.ends.map(\.time) == [.zero + .seconds(332)])
  }

  @Test func thereMustBeTwoCohortsAndATest() {
    let strategy = ABTest(
      cohort: .allCandidate, duration: .minutes(1), falseAlarms: .none, scaleDownDelay: .zero,
      abortDelay: .zero)
    #expect(
      strategy.problems(replicas: 10) == [
        StrategyProblem(
          key: "cohort", message: "a cohort of 100% leaves nothing to compare",
          hint: "write a share between 0% and 100%, such as 50%"),
        StrategyProblem(
          key: "falseAlarms", message: "a test without any false alarm can never fail a candidate",
          hint: "write a share such as 5%"),
      ])
  }
}
