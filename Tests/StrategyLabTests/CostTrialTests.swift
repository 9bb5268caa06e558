import LabStrategies
import LabUnits
import Testing

@testable import StrategyLab

/// Bills of releases without chance, against sums by hand.
struct CostTrialTests {
  /// Dollars for one replica for an hour, half a core and half a gibibyte.
  private static let replicaHour = 0.5 * 0.031611 + 0.5 * 0.004237

  private static func plan(
    _ strategies: [any ReleaseStrategy], replicas: Int = 4, threads: Int = 2,
    _ adjust: (inout Scenario) -> Void = { _ in }
  ) throws -> CostPlan {
    let scenario = plainScenario(replicas: replicas, strategies: strategies) {
      $0.experiment.replications = 3
      adjust(&$0)
    }
    return try #require(CostTrial(scenario: scenario, prices: []).plan(threads: threads))
  }

  private static func amount(_ cause: CostCause, of plan: CostPlan) throws -> Double {
    let bill = try #require(plan.bills.first)
    return try #require(bill.lines.first { $0.cause == cause }).amount.all.mean
  }

  @Test(arguments: [
    // A start-up of 20 s, 10 min of checks and 5 min of hold, for each of 4 replicas; and so on.
    (20, 600, 300, 4, 3680.0), (120, 0, 3600, 20, 74_400.0), (120, 600, 300, 20, 20_400.0),
  ])
  func aSecondFleetCostsItsOverlap(
    _ startup: Int, _ checks: Int, _ hold: Int, _ replicas: Int, _ replicaSeconds: Double
  ) throws {
    let plan = try Self.plan(
      [BlueGreen.plain(checks: .seconds(checks), hold: .seconds(hold))], replicas: replicas
    ) {
      $0.service.startup = .fixed(.seconds(startup))
      $0.experiment.horizon = .hours(2)
    }
    let bill = try #require(plan.bills.first)
    let expected = replicaSeconds / 3600 * Self.replicaHour
    #expect(abs(bill.invoice.all.mean - expected) < 1e-9)
    #expect(bill.invoice.all.halfWidth < 1e-12)
    #expect(abs(plan.steadyCost - Double(replicas) * 2 * Self.replicaHour) < 1e-9)
  }

  /// The overlap of 20 replicas at $0.096/h: 3,720 s cost $1.984, and 1,020 s $0.544.
  @Test(arguments: [(0, 3600, 1.984), (600, 300, 0.544)])
  func publishedOverlapsComeToTheCent(_ checks: Int, _ hold: Int, _ dollars: Double) throws {
    let plan = try Self.plan(
      [BlueGreen.plain(checks: .seconds(checks), hold: .seconds(hold))], replicas: 20
    ) {
      $0.service.startup = .fixed(.seconds(120))
      $0.cluster.prices.corePerHour = 0.192
      $0.cluster.prices.gibibytePerHour = 0
      $0.experiment.horizon = .hours(2)
    }
    #expect(abs(try Self.amount(.processor, of: plan) - dollars) < 1e-9)
    #expect(try Self.amount(.memory, of: plan) == 0)
  }

  @Test func aRollingUpdateCostsItsSurge() throws {
    // One more at a time, each for a start-up of 20 s and, its predecessor draining, for 10 s more.
    let plan = try Self.plan([RollingUpdate(maxSurge: .count(1), maxUnavailable: .count(0))]) {
      $0.service.drain = .fixed(.seconds(10))
    }
    // The next one starts when the last is ready, while its predecessor drains.
    let replicaSeconds = 4.0 * 20 + 4 * 10
    #expect(
      abs(
        try #require(plan.bills.first).invoice.all.mean - replicaSeconds / 3600 * Self.replicaHour)
        < 1e-9)
  }

  @Test func recreateCostsNothingMoreAndItsDrainLess() throws {
    let plan = try Self.plan([Recreate()]) { $0.service.drain = .fixed(.seconds(10)) }
    // Who drains or starts is paid for, and nobody is missing.
    #expect(abs(try #require(plan.bills.first).invoice.all.mean) < 1e-9)
  }

  @Test func nodesAreBilledWholeAndStayTenMinutes() throws {
    // A second fleet of four needs two nodes of two places, which come after 70 s and stay for ten minutes.
    let plan = try Self.plan([BlueGreen.plain(hold: .seconds(100))]) {
      $0.cluster.prices.billing = .nodes
      $0.cluster.nodeCapacity = ComputeResources(milliCores: 1000, memoryBytes: 16 << 30)
      $0.cluster.nodeCount = 2
    }
    // A start-up of 20 s, a hold of 100 s, and ten minutes in which the nodes of the first fleet are empty.
    let bill = try #require(plan.bills.first)
    #expect(bill.lines.map(\.cause) == [.nodes])
    let nodeSeconds = bill.invoice.all.mean / 0.194236 * 3600
    #expect(abs(nodeSeconds - 2 * 720) < 1e-6, "\(nodeSeconds)")
  }

  @Test func everyDollarOfTheComparisonStandsOnALine() throws {
    for number in 0..<10 {
      var scenario = ScenarioGenerator.scenario(number)
      scenario.experiment.detail = .flow
      scenario.experiment.replications = 6
      let plan = try #require(CostTrial(scenario: scenario, prices: []).plan(threads: 2))
      let experiment = Experiment(scenario: scenario)
      for (index, bill) in plan.bills.enumerated() {
        let runs = (0..<6).map { experiment.result(strategyIndex: index, replication: $0) }
        func mean(_ metric: Metric) -> Double {
          runs.reduce(0) { $0 + ($1.metrics[metric] ?? 0) } / 6
        }
        let scale = max(1, abs(mean(.totalCost)))
        #expect(abs(bill.total.all.mean - mean(.totalCost)) < 1e-9 * scale)
        #expect(abs(bill.invoice.all.mean - mean(.extraInfrastructureCost)) < 1e-9 * scale)
        let lines = bill.lines.reduce(0) { $0 + $1.amount.all.mean }
        #expect(abs(lines - bill.total.all.mean) < 1e-9 * scale)
        #expect(
          bill.lines.map(\.cause).allSatisfy { cause in
            scenario.cluster.prices.billing == .nodes
              ? ![.processor, .memory, .sidecars].contains(cause) : cause != .nodes
          })
      }
    }
  }

  @Test func aSidecarHasALineOfItsOwn() throws {
    let plan = try Self.plan([BlueGreen.plain(hold: .seconds(340))]) {
      $0.service.sidecar = ServiceModel.Sidecar(
        request: ComputeResources(milliCores: 100, memoryBytes: 128 << 20),
        latency: .zero)
    }
    // Four replicas for 360 s.
    #expect(abs(try Self.amount(.processor, of: plan) - 0.4 * 0.5 * 0.031611) < 1e-9)
    #expect(abs(try Self.amount(.memory, of: plan) - 0.4 * 0.5 * 0.004237) < 1e-9)
    let sidecar = 0.1 * 0.031611 + 0.125 * 0.004237
    #expect(abs(try Self.amount(.sidecars, of: plan) - 0.4 * sidecar) < 1e-9)
  }

  @Test func goodAndDefectiveReleasesSumToAll() throws {
    let plan = try Self.plan([RollingUpdate(maxSurge: .count(1), maxUnavailable: .count(0))]) {
      $0.release = certain(.failing(0.5))
      $0.release.defectProbability = .percent(40)
      $0.experiment.replications = 50
    }
    let bill = try #require(plan.bills.first)
    #expect(plan.defective > 5 && plan.defective < 45)
    let share = Double(plan.defective) / 50
    let sum = (1 - share) * (bill.total.good ?? 0) + share * (bill.total.defective ?? 0)
    #expect(abs(sum - bill.total.all.mean) < 1e-9)
    #expect((bill.total.defective ?? 0) > (bill.total.good ?? 0))
  }

  @Test func theBillIsTheSameOnAnyNumberOfThreads() throws {
    func totals(_ threads: Int) throws -> [StudentInterval] {
      try Self.plan(
        [Recreate(), RollingUpdate(maxSurge: .count(2), maxUnavailable: .count(1))],
        replicas: 10, threads: threads
      ) {
        $0.experiment.replications = 30
        $0.service.startup = .exponential(mean: .seconds(30))
      }.bills.map(\.total.all)
    }
    #expect(try totals(4) == totals(1))
  }
}
