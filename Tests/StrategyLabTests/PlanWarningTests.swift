import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

@Suite struct PlanWarningTests {
  private func plan(
    replicas: Int = 10, horizon: Span = .hours(1), _ strategy: any ReleaseStrategy,
    adjust: (inout Scenario) -> Void = { _ in }
  ) throws -> Projection {
    let scenario = plainScenario(
      replicas: replicas, horizon: horizon, strategies: [strategy], adjust: adjust)
    return try #require(Projection.all(of: scenario).first)
  }

  private func canary(pauses: [Span], analysis: Bool = true) -> Canary {
    let steps = pauses.enumerated().map { index, pause in
      Canary.Step(weight: .percent(10 * (index + 1)), pause: pause)
    }
    return Canary(
      steps: steps, routing: .weighted, maxSurge: .count(1), maxUnavailable: .count(0),
      analysis: analysis, scaleDownDelay: .zero, abortDelay: .zero)
  }

  private static let everyMinute = MonitorRule.threshold(
    ThresholdRule(
      of: .failures, maximum: .percent(1), interval: .minutes(1), failureLimit: 0,
      minimumRequests: 1))

  /// 10% of three replicas is 33% or nothing.
  @Test func threeReplicasCannotExpressATenth() throws {
    let strategy = SteppedStrategy(steps: [
      .init(weight: .percent(10), replicas: 1, pause: .minutes(5)),
      .init(weight: .percent(66), replicas: 2, pause: .minutes(5)),
      .init(weight: .allCandidate, replicas: 3, pause: .zero),
    ])
    let plan = try plan(replicas: 3, strategy)
    #expect(plan.isStepwise)
    #expect(plan.warnings.map(\.code) == [.weightNotExpressible])
    #expect(
      plan.warnings[0].sentence
        == "3 replicas cannot express what the steps ask for: step 1 wants 10% and gets 33.3%")
    #expect(plan.summary.missedWeights.map(\.step) == [1])
    let pause = plan.rows[1]
    #expect(pause.title == "pause 5m" && pause.number == 2)
    #expect(pause.begin == .zero + .seconds(20) && pause.end == .zero + .seconds(320))
    #expect(abs(pause.trueWeight - 1.0 / 3) < 1e-9)
    #expect(pause.stable.ready == 2 && pause.candidate.ready == 1)
  }

  /// Endpoints are known a second after the replicas are ready, so the step itself ends with nothing.
  @Test func theWeightThatIsHeldCountsAndNotTheOneOnTheWay() throws {
    let strategy = SteppedStrategy(steps: [
      .init(weight: .percent(10), replicas: 1, pause: .minutes(5)),
      .init(weight: .allCandidate, replicas: 3, pause: .minutes(1)),
    ])
    let plan = try plan(replicas: 3, strategy) {
      $0.service.endpointPropagation = .seconds(1)
    }
    #expect(plan.rows.map(\.trueWeight).map { ($0 * 100).rounded() } == [0, 33, 100, 100])
    #expect(plan.warnings.map(\.code) == [.weightNotExpressible])
    #expect(plan.summary.missedWeights.map { ($0.held * 100).rounded() } == [33])
  }

  /// 1 of 9 passes for 10%, 1 of 3 does not; 2 of 10 is not 15%.
  @Test(arguments: [(3, 10, true), (9, 10, false), (10, 15, true), (40, 5, false), (100, 1, false)])
  func aWeightIsExpressedWhenItIsClose(_ replicas: Int, _ percent: Int, _ isMissed: Bool) throws {
    let count = max(1, (replicas * percent + 50) / 100)
    let strategy = SteppedStrategy(steps: [
      .init(weight: .percent(percent), replicas: count, pause: .minutes(5)),
      .init(weight: .allCandidate, replicas: replicas, pause: .minutes(1)),
    ])
    let plan = try plan(replicas: replicas, strategy)
    #expect(plan.summary.missedWeights.isEmpty != isMissed)
  }

  @Test func anEndpointThatIsKnownTooLateIsSaidToNeedAPreStop() throws {
    let rolling = RollingUpdate(maxSurge: .count(1), maxUnavailable: .count(0))
    let late = try plan(replicas: 1, rolling) { $0.service.endpointPropagation = .seconds(1) }
    #expect(late.warnings.map(\.code) == [.nobodyAnswers])
    #expect(
      late.warnings[0].hint == "replicas stop before routers know of it; write preStop: 1s or more")
    let prepared = try plan(replicas: 1, rolling) {
      $0.service.endpointPropagation = .seconds(1)
      $0.service.preStop = .seconds(1)
    }
    #expect(prepared.warnings.isEmpty)
    let bold = RollingUpdate(maxSurge: .count(1), maxUnavailable: .count(1))
    #expect(try plan(replicas: 1, bold).warnings.map(\.hint) == ["write maxUnavailable: 0"])
  }

  /// Two steps that want the same are one: the route of the first may settle in the second.
  @Test func aWeightThatIsAskedForTwiceIsHeldToItsEnd() throws {
    let strategy = SteppedStrategy(
      steps: [
        .init(weight: .percent(20), replicas: 2, pause: .zero),
        .init(weight: .percent(20), replicas: 3, pause: .minutes(1)),
        .init(weight: .allCandidate, replicas: 10, pause: .zero),
      ], isRouted: true)
    let plan = try plan(strategy) { $0.cluster.routePropagation = .seconds(3) }
    #expect(plan.warnings.isEmpty)
  }

  @Test func aWeightThatIsAskedForTwiceIsMissedOnce() throws {
    let strategy = SteppedStrategy(steps: [
      .init(weight: .percent(10), replicas: 1, pause: .zero),
      .init(weight: .percent(10), replicas: 1, pause: .minutes(1)),
      .init(weight: .allCandidate, replicas: 3, pause: .zero),
    ])
    #expect(try plan(replicas: 3, strategy).summary.missedWeights.map(\.step) == [1])
  }

  /// The state of a step is what the next one finds, before that one has ordered anything.
  @Test func aStepEndsAsTheNextOneFindsIt() throws {
    let strategy = SteppedStrategy(
      steps: [
        .init(weight: .percent(20), replicas: 2, pause: .minutes(1)),
        .init(weight: .allCandidate, replicas: 10, pause: .minutes(1)),
      ], isRouted: true)
    let plan = try plan(strategy)
    #expect(plan.rows.map(\.candidate.ready) == [2, 2, 10, 10])
    #expect(plan.rows.map(\.candidate.starting) == [0, 0, 0, 0])
    #expect(plan.rows.map(\.peak) == [12, 12, 20, 20])
    #expect(plan.rows.map(\.wantedWeight) == [.percent(20), nil, .allCandidate, nil])
    #expect(plan.rows.map(\.trueWeight) == [0.2, 0.2, 1, 1])
    #expect(plan.warnings.isEmpty)
  }

  @Test func stickySessionsDoNotReachTheirWeightInAShortStep() throws {
    let strategy = SteppedStrategy(
      steps: [
        .init(weight: .percent(20), replicas: 2, pause: .minutes(1)),
        .init(weight: .allCandidate, replicas: 10, pause: .minutes(1)),
      ], isRouted: true)
    let plan = try plan(strategy) {
      $0.users.stickiness = .session
      $0.users.sessionDuration = .minutes(10)
    }
    #expect(plan.warnings.map(\.code) == [.weightNotReached])
    #expect(plan.warnings[0].hint == "sessions stay on their version for 10m; write longer pauses")
  }

  @Test func aPersonIsSupposedToComeAfterTheStepsOwnTime() throws {
    let strategy = SteppedStrategy(
      steps: [
        .init(weight: .percent(20), replicas: 2, pause: .minutes(5), waitsForPerson: true),
        .init(weight: .allCandidate, replicas: 10, pause: .minutes(1)),
      ], isRouted: true)
    let plan = try plan(strategy)
    #expect(plan.warnings.map(\.code) == [.waitsForPerson])
    #expect(
      plan.warnings[0].sentence
        == "the plan supposes that a person lets the release go on: step 2, 'pause 5m' after 5 min")
  }

  @Test func aStrategySaysItselfWhatWillSurprise() throws {
    let plan = try plan(SteppedStrategy(steps: []))
    #expect(plan.warnings.map(\.code) == [.parameters])
    #expect(plan.warnings[0].sentence == "steps: there are none")
  }

  @Test(arguments: [
    ([Span.seconds(30)], "the watched pause is 30s"),
    ([Span.seconds(30), .minutes(2)], "1 of 2 watched pauses is shorter, 30s"),
    (
      [Span.seconds(30), .seconds(45), .minutes(2)],
      "2 of 3 watched pauses are shorter, the shortest 30s"
    ),
  ])
  func anAnalysisMustMeasureWithinItsPause(_ pauses: [Span], _ found: String) throws {
    let plan = try plan(canary(pauses: pauses)) { $0.monitoring.analysis = [Self.everyMinute] }
    #expect(plan.warnings.map(\.code) == [.analysisSlowerThanStep])
    #expect(
      plan.warnings[0].sentence
        == "the analysis needs 60s to measure once, and \(found): the release goes on unjudged")
  }

  @Test func nobodyIsWarnedOfPausesThatAreLongEnoughOrNotWatched() throws {
    let enough = try plan(canary(pauses: [.minutes(1)])) {
      $0.monitoring.analysis = [Self.everyMinute]
    }
    #expect(enough.warnings.isEmpty)
    let unwatched = try plan(canary(pauses: [.seconds(5)], analysis: false)) {
      $0.monitoring.analysis = [Self.everyMinute]
    }
    #expect(unwatched.warnings.isEmpty)
  }

  @Test func aWatchedStepWithoutAPauseIsJudgedByNobody() throws {
    let plan = try plan(canary(pauses: [.minutes(1), .zero]))
    #expect(plan.warnings.map(\.code) == [.parameters])
    #expect(
      plan.warnings[0].sentence
        == "steps[1].pause: step 2 ends as soon as its weight is reached, and nothing judges it")
  }

  /// A surge of one over two replicas needs a third place.
  @Test func aFullQuotaIsAStandstillWithARemedyThatWasTried() throws {
    let rolling = RollingUpdate(maxSurge: .count(1), maxUnavailable: .count(0))
    let plan = try plan(replicas: 2, rolling) { $0.cluster.quota.replicas = 2 }
    #expect(plan.summary.outcome == .stalled)
    #expect(plan.summary.typicalFinish == nil && plan.summary.earliestFinish == nil)
    #expect(plan.rows.last?.end == nil)
    #expect(plan.warnings.map(\.code) == [.neverFinishes])
    #expect(plan.warnings[0].severity == .serious)
    #expect(
      plan.warnings[0].sentence
        == "the release never finishes: 1 candidate replica waits for room in the quota: 2 of 2 replicas are in use; it needs 3 places at once, and there are 2"
    )
    #expect(
      plan.warnings[0].hint
        == "3 places would do, without downtime; maxSurge: 0 and maxUnavailable: 1 would finish as things are, without downtime"
    )
  }

  @Test func aFullClusterIsAStandstillToo() throws {
    let plan = try plan(replicas: 8, BlueGreen.plain()) {
      $0.cluster.nodeCount = 1
      $0.cluster.nodeMaximum = 1
    }
    #expect(plan.warnings.map(\.code) == [.neverFinishes])
    #expect(plan.warnings[0].sentence.hasSuffix("it needs 16 places at once, and there are 8"))
    #expect(
      plan.warnings[0].hint.hasPrefix("16 places would do, without downtime; a rolling update with")
    )
  }

  @Test func nodesThatAreBoughtAreANote() throws {
    let plan = try plan(replicas: 8, BlueGreen.plain()) { $0.cluster.nodeCount = 1 }
    #expect(plan.summary.typicalFinish == .seconds(90))
    #expect(plan.warnings.map(\.code) == [.waitsForPlaces])
    #expect(
      plan.warnings[0].sentence
        == "up to 8 replicas wait for a place on the way, and the cluster grows from 1 to 2 nodes")
  }

  @Test func aHorizonShorterThanThePlanIsFound() throws {
    let plan = try plan(
      horizon: .minutes(10), BlueGreen.plain(checks: .minutes(5), hold: .minutes(5)))
    #expect(plan.summary.typicalFinish == .seconds(620))
    #expect(plan.warnings.map(\.code) == [.horizonTooShort])
    #expect(plan.warnings[0].hint == "write a horizon of at least 1h")
  }
}
