import LabKernel
import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

@Suite struct ProjectionTests {
  private func plan(_ scenario: Scenario) throws -> Projection {
    try #require(Projection.all(of: scenario).first)
  }

  private static let rolling = RollingUpdate(
    maxSurge: .share(.percent(25)), maxUnavailable: .share(.percent(25)))

  /// 20 s of start-up, 60 s of checks, 300 s of holding; the routers follow at once.
  @Test func aBlueGreenReleaseOfFixedTimesHasAClosedForm() throws {
    let strategy = BlueGreen.plain(checks: .seconds(60), hold: .seconds(300))
    let summary = try plan(plainScenario(strategies: [strategy])).summary
    #expect(summary.outcome == .promoted)
    #expect(summary.typicalFinish == .seconds(380))
    #expect(summary.earliestFinish == .seconds(360))
    #expect(summary.trafficComplete == .seconds(80))
    #expect(summary.atRest == .seconds(380))
    #expect(summary.peakReplicas == 20)
    #expect(summary.peakCores == 10)
    #expect(summary.mixedVersion == .zero)
    let back = try #require(summary.rollback)
    #expect(back.ordered == .zero + .seconds(80))
    #expect(back.traffic == .zero)
    #expect(back.whole == .zero)
  }

  @Test func recreateSaysForHowLongNobodyAnswers() throws {
    let plan = try plan(
      plainScenario(strategies: [Recreate()]) { $0.service.drain = .fixed(.seconds(5)) })
    #expect(plan.summary.typicalFinish == .seconds(25))
    #expect(plan.summary.downtime == .seconds(25))
    #expect(plan.warnings.map(\.code) == [.nobodyAnswers])
    #expect(plan.warnings[0].sentence == "nobody answers for 25 s")
  }

  /// What a plan calls typical lies close to the median of a hundred random releases.
  @Test(arguments: [0, 1, 2])
  func theTypicalFinishIsCloseToTheMedianOfRandomReleases(_ index: Int) throws {
    let steps = [5, 25, 50].map { Canary.Step(weight: .percent($0), pause: .minutes(1)) }
    let scenario = plainScenario(
      replicas: 40,
      strategies: [
        Self.rolling, BlueGreen.plain(),
        Canary(
          steps: steps, routing: .weighted, maxSurge: .count(1), maxUnavailable: .count(0),
          analysis: false, scaleDownDelay: .zero, abortDelay: .zero),
      ]
    ) {
      $0.service.startup = .lognormal(median: .seconds(25), percentile95: .seconds(45))
      $0.service.drain = .exponential(mean: .seconds(2))
    }
    let experiment = Experiment(scenario: scenario)
    let drawn = (0..<101).compactMap {
      experiment.result(strategyIndex: index, replication: $0).metrics[.releaseDuration]
    }.sorted()
    try #require(drawn.count == 101)
    let typical = try #require(Projection.all(of: scenario)[index].summary.typicalFinish).seconds
    #expect(drawn[10] <= typical && typical <= drawn[90])
    #expect(abs(typical - drawn[50]) < 0.1 * drawn[50])
  }

  @Test func aThousandReplicasAreToldInTwelveRows() throws {
    let plan = try plan(
      plainScenario(replicas: 1000, strategies: [Self.rolling]) {
        $0.service.startup = .lognormal(median: .seconds(25), percentile95: .seconds(45))
        $0.cluster.controllerRate = 20
        $0.cluster.controllerBurst = 30
      })
    #expect(!plan.isStepwise)
    #expect((6...12).contains(plan.rows.count))
    #expect(plan.everyRow.count > 100)
    #expect(plan.summary.peakReplicas <= 1250)
    check(plan)
  }

  @Test func everyPlanHangsTogether() {
    for strategies in [
      [Recreate()] as [any ReleaseStrategy], [Self.rolling],
      [BlueGreen.plain(checks: .seconds(60), hold: .seconds(30))],
    ] {
      for replicas in [1, 2, 3, 40] {
        let plans = Projection.all(of: plainScenario(replicas: replicas, strategies: strategies))
        plans.forEach(check)
      }
    }
  }

  /// Full quotas, short horizons, slow nodes, sticky sessions: a plan of anything hangs together.
  @Test(arguments: 0..<24) func everyRandomScenarioHasAPlan(_ number: Int) {
    for plan in Projection.all(of: ScenarioGenerator.scenario(number)) {
      #expect(plan.summary.outcome != .rolledBack, "\(plan.strategyName) of \(number)")
      #expect((plan.summary.outcome == .stalled) == (plan.summary.typicalFinish == nil))
      #expect(
        plan.summary.outcome == .promoted
          || plan.warnings.contains { $0.code == .neverFinishes })
      if let (earliest, typical) = zip(plan.summary.earliestFinish, plan.summary.typicalFinish) {
        #expect(earliest <= typical, "\(plan.strategyName) of \(number)")
      }
      check(plan)
    }
  }

  private func zip(_ left: Span?, _ right: Span?) -> (Span, Span)? {
    guard let left, let right else { return nil }
    return (left, right)
  }

  @Test func twoPlansOfAScenarioAreTheSame() {
    let scenario = plainScenario(strategies: [Self.rolling]) {
      $0.service.startup = .exponential(mean: .seconds(20))
    }
    #expect(Projection.all(of: scenario) == Projection.all(of: scenario))
  }

  /// Neither a defect nor an alarm, and no quiet or overloaded hour, changes a plan.
  @Test func aPlanIsThatOfAGoodRelease() {
    let steps = [Canary.Step(weight: .percent(10), pause: .minutes(2))]
    let canary = Canary(
      steps: steps, routing: .weighted, maxSurge: .count(1), maxUnavailable: .count(0),
      analysis: true, scaleDownDelay: .zero, abortDelay: .zero)
    let calm = plainScenario(strategies: [canary])
    let wild = plainScenario(rate: 100_000, strategies: [canary]) {
      $0.release = certain(.failing(1))
      $0.service.baselineFailures = .percent(50)
      $0.monitoring.progressDeadline = .seconds(1)
    }
    #expect(Projection.all(of: calm).map(\.rows) == Projection.all(of: wild).map(\.rows))
  }

  /// Rows follow each other without a gap, peaks never fall, and the greatest total is the peak.
  private func check(_ plan: Projection) {
    for rows in [plan.rows, plan.everyRow] {
      #expect(rows.first?.begin == .zero)
      for (row, next) in Swift.zip(rows, rows.dropFirst()) {
        #expect(row.end == next.begin)
        #expect(row.peak <= next.peak)
      }
      for row in rows {
        #expect(row.total <= row.peak)
        #expect((0...1).contains(row.trueWeight))
      }
      #expect(rows.last?.peak == plan.summary.peakReplicas)
      guard plan.summary.outcome == .promoted else { continue }
      #expect(rows.last?.candidate.ready == plan.replicas)
    }
    #expect(plan.rows.last?.end.map { $0 - .zero } == plan.summary.atRest)
  }
}
